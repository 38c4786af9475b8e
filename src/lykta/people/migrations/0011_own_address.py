from django.db import migrations, models

from lykta.core.walls import OF_CENTRE, staff_gates, walled

MINE = f"{OF_CENTRE} AND member_id = lykta_actor()"


class Migration(migrations.Migration):
    dependencies = [("people", "0010_paper")]
    operations = [
        migrations.CreateModel(
            "OwnAddress",
            [
                ("member_id", models.UUIDField(primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("box", models.BinaryField()),
            ],
            {"db_table": "people_ownaddress"},
        ),
        walled("people_ownaddress", staff_gates("SELECT", "INSERT", "UPDATE", "DELETE", rows=MINE)),
    ]
