from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("centre_id", models.UUIDField(primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={"db_table": "centre_installation"},
        ),
    ]
