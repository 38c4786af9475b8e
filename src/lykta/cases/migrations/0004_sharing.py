import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, walled

READS = f"{BY_STAFF} AND lykta_reads(file_id)"
MINE = f"{READS} AND by = lykta_actor()"


def _fields(name: str) -> list[tuple[str, models.Field]]:  # type: ignore[type-arg]
    file = models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to="cases.file")
    return [
        ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
        ("centre_id", models.UUIDField()),
        ("at", models.DateTimeField()),
        ("by", models.UUIDField()),
        ("part", models.UUIDField()),
        ("sealed", models.BinaryField()),
        ("file", file),
    ]


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_said_to_review")]
    operations = [
        migrations.CreateModel(
            "Consent",
            [
                *_fields("consents"),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
            ],
            {
                "db_table": "cases_consent",
                "indexes": [models.Index(fields=["file", "at"], name="cases_consent_of_file")],
            },
        ),
        migrations.CreateModel(
            "Disclosure",
            _fields("disclosures"),
            {
                "db_table": "cases_disclosure",
                "indexes": [models.Index(fields=["file", "at"], name="cases_disclosure_of_file")],
            },
        ),
        walled(
            "cases_consent",
            [
                Gate("lykta_staff", "SELECT", READS),
                Gate("lykta_staff", "INSERT", f"{MINE} AND withdrawn_on IS NULL"),
                # Withdrawn once, in one's own name, on the day it is; nothing else of it is ever changed.
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    f"{READS} AND withdrawn_on IS NULL",
                    columns=("withdrawn_on", "withdrawn_by"),
                    new_rows=f"{READS} AND withdrawn_by = lykta_actor()"
                    " AND withdrawn_on = (now() AT TIME ZONE 'Europe/Stockholm')::date",
                ),
            ],
        ),
        walled("cases_disclosure", [Gate("lykta_staff", "SELECT", READS), Gate("lykta_staff", "INSERT", MINE)]),
    ]
