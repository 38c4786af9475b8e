import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, walled

READS = f"{BY_STAFF} AND lykta_reads(file_id)"
MINE = f"{READS} AND by = lykta_actor()"
# That something is due in a file is known to who works with it, also outside it: what she must do stands in one list.
AT_WORK = f"{BY_STAFF} AND lykta_sees(file_id) AND (lykta_on_team(file_id) OR lykta_has_opened(file_id))"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
OF_ITS_FILE = (
    "EXISTS (SELECT 1 FROM cases_demand d WHERE d.id = cases_demand_words.demand_id"
    " AND d.file_id = cases_demand_words.file_id)"
)


def _key(name: str, to: str) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to=to)


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_merging")]
    operations = [
        migrations.CreateModel(
            "Demand",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("by", models.UUIDField()),
                ("came_on", models.DateField()),
                ("due_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("file", _key("demands", "cases.file")),
            ],
            {
                "db_table": "cases_demand",
                "indexes": [models.Index(fields=["file", "came_on"], name="cases_demand_of_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(answered_on=None, outcome="")
                        | models.Q(answered_on__gte=models.F("came_on")) & ~models.Q(outcome=""),
                        name="demand_answered_has_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(due_on__gte=models.F("came_on")), name="demand_due_after_coming"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "DemandWords",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("part", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("kind", models.CharField(max_length=8)),
                ("file", _key("demand_words", "cases.file")),
                ("demand", _key("words", "cases.demand")),
            ],
            {
                "db_table": "cases_demand_words",
                "constraints": [
                    models.UniqueConstraint(fields=["demand", "kind"], name="one_wording_of_demand_and_answer")
                ],
            },
        ),
        walled(
            "cases_demand",
            [
                Gate("lykta_staff", "SELECT", AT_WORK),
                Gate("lykta_staff", "INSERT", f"{MINE} AND came_on <= {TODAY} AND answered_on IS NULL"),
                # Answered once, on a day there has been.
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    f"{READS} AND answered_on IS NULL",
                    columns=("answered_on", "outcome"),
                    new_rows=f"{READS} AND answered_on <= {TODAY}",
                ),
            ],
        ),
        walled(
            "cases_demand_words",
            [Gate("lykta_staff", "SELECT", READS), Gate("lykta_staff", "INSERT", f"{MINE} AND {OF_ITS_FILE}")],
        ),
    ]
