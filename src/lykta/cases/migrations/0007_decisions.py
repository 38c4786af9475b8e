import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, walled

SEES = f"{BY_STAFF} AND lykta_sees(file_id)"
READS = f"{BY_STAFF} AND lykta_reads(file_id)"
MINE = f"{READS} AND by = lykta_actor()"
STEPS = ("stage", "answered_on", "started_on", "ended_on")


def _file(name: str) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to="cases.file")


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_listed")]
    operations = [
        migrations.CreateModel(
            "Decision",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("file", _file("decisions")),
                ("by", models.UUIDField()),
                ("service", models.CharField(max_length=12)),
                ("stage", models.CharField(default="received", max_length=10)),
                ("decided_on", models.DateField()),
                ("received_on", models.DateField()),
                ("from_on", models.DateField(null=True)),
                ("until_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("started_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
            ],
            {
                "db_table": "cases_decision",
                "indexes": [
                    models.Index(fields=["file"], name="cases_decision_of_file"),
                    models.Index(
                        condition=models.Q(stage__in=["received", "accepted"]),
                        fields=["centre_id", "decided_on"],
                        name="cases_decision_not_begun",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(stage="received", answered_on=None, started_on=None, ended_on=None)
                        | models.Q(
                            stage__in=["accepted", "declined"],
                            answered_on__isnull=False,
                            started_on=None,
                            ended_on=None,
                        )
                        | models.Q(stage="started", answered_on__isnull=False, started_on__isnull=False, ended_on=None)
                        | models.Q(stage="ended", answered_on__isnull=False, ended_on__isnull=False),
                        name="decision_stage_has_its_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "DecisionWords",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("part", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("file", _file("decision_words")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="words", to="cases.decision"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
            ],
            {
                "db_table": "cases_decisionwords",
                "indexes": [models.Index(fields=["decision"], name="cases_words_of_decision")],
            },
        ),
        walled(
            "cases_decision",
            [
                Gate("lykta_staff", "SELECT", SEES),
                Gate("lykta_staff", "INSERT", f"{MINE} AND stage = 'received'"),
                # What was declined or has ended stands as it is.
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    f"{READS} AND stage NOT IN ('declined', 'ended')",
                    columns=STEPS,
                    new_rows=f"{READS} AND stage <> 'received'",
                ),
            ],
        ),
        walled(
            "cases_decisionwords",
            [
                Gate("lykta_staff", "SELECT", READS),
                Gate(
                    "lykta_staff",
                    "INSERT",
                    f"{MINE} AND EXISTS (SELECT 1 FROM cases_decision d WHERE d.id = decision_id"
                    " AND d.file_id = cases_decisionwords.file_id)",
                ),
            ],
        ),
    ]
