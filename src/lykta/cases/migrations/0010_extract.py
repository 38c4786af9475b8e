import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, walled

READS = f"{BY_STAFF} AND lykta_reads(file_id)"


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_concern")]
    operations = [
        migrations.CreateModel(
            "Extract",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("part", models.UUIDField()),
                ("sealed", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="extracts", to="cases.file"
                    ),
                ),
            ],
            {
                "db_table": "cases_extract",
                "indexes": [models.Index(fields=["file", "at"], name="cases_extract_of_file")],
            },
        ),
        walled(
            "cases_extract",
            [
                Gate("lykta_staff", "SELECT", READS),
                # An opening of an hour gives no right to hand the file out.
                Gate("lykta_staff", "INSERT", f"{READS} AND by = lykta_actor() AND lykta_on_team(file_id)"),
            ],
        ),
    ]
