from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, walled

# Nobody is signed in yet: whoever can name what was tried may see it counted, and nothing else.
NAMED = f"{OF_CENTRE} AND key = ANY (string_to_array(lykta_held('tried'), ','))"
OVER = f"{BY_STAFF} AND until_at <= now()"
SOON = f"{NAMED} AND until_at <= to_timestamp(moment) + interval '1 hour'"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_no_choices")]
    operations = [
        migrations.CreateModel(
            name="Try",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("centre_id", models.UUIDField()),
                ("key", models.CharField(db_index=True, max_length=64)),
                ("moment", models.FloatField()),
                ("until_at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "people_try"},
        ),
        # No row comes into an archive of changes, a copy of the database or the first minutes after a crash.
        migrations.RunSQL("ALTER TABLE people_try SET UNLOGGED", migrations.RunSQL.noop),
        walled(
            "people_try",
            [
                Gate("lykta_staff", "SELECT", NAMED),
                Gate("lykta_staff", "INSERT", SOON),
                Gate("lykta_staff", "DELETE", NAMED),
                Gate("lykta_worker", "SELECT", BY_STAFF, columns=("id", "centre_id", "until_at")),
                Gate("lykta_worker", "DELETE", OVER),
            ],
        ),
    ]
