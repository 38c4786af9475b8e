import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, walled

READS = f"{BY_STAFF} AND lykta_reads(file_id)"
MINE = f"{READS} AND by = lykta_actor()"
# That something is due in a file is known to who works with it, also outside it: what she must do stands in one list.
AT_WORK = f"{BY_STAFF} AND lykta_sees(file_id) AND (lykta_on_team(file_id) OR lykta_has_opened(file_id))"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
STEPS = ("sent_on", "receipt_on", "asked_on", "feedback_on", "dropped_on")
OF_ITS_FILE = (
    "EXISTS (SELECT 1 FROM cases_concern c WHERE c.id = cases_concern_words.concern_id"
    " AND c.file_id = cases_concern_words.file_id)"
)

# A day that is set stays; only the day feedback was last asked for moves on.
ONCE = """
CREATE FUNCTION lykta_concern_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_on IS DISTINCT FROM NEW.sent_on AND OLD.sent_on IS NOT NULL
       OR OLD.receipt_on IS DISTINCT FROM NEW.receipt_on AND OLD.receipt_on IS NOT NULL
       OR OLD.feedback_on IS DISTINCT FROM NEW.feedback_on AND OLD.feedback_on IS NOT NULL
       OR OLD.dropped_on IS DISTINCT FROM NEW.dropped_on AND OLD.dropped_on IS NOT NULL
       OR OLD.asked_on IS NOT NULL AND (NEW.asked_on IS NULL OR NEW.asked_on < OLD.asked_on) THEN
        RAISE EXCEPTION 'a step is dated once' USING ERRCODE = 'check_violation', CONSTRAINT = 'concern_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_concern_once BEFORE UPDATE ON cases_concern FOR EACH ROW EXECUTE FUNCTION lykta_concern_once();
"""


def _file(name: str) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to="cases.file")


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_one_side")]
    operations = [
        migrations.CreateModel(
            "Concern",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("by", models.UUIDField()),
                ("decided_on", models.DateField()),
                ("reported", models.BooleanField()),
                *[(step, models.DateField(null=True)) for step in STEPS],
                ("file", _file("concerns")),
            ],
            {
                "db_table": "cases_concern",
                "indexes": [models.Index(fields=["file", "decided_on"], name="cases_concern_of_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(reported=True)
                        & (models.Q(sent_on=None) | models.Q(dropped_on=None, sent_on__gte=models.F("decided_on")))
                        | models.Q(reported=False, sent_on=None, dropped_on=None),
                        name="concern_sent_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(sent_on__isnull=False)
                        & (models.Q(receipt_on=None) | models.Q(receipt_on__gte=models.F("sent_on")))
                        & (models.Q(asked_on=None) | models.Q(asked_on__gte=models.F("sent_on")))
                        & (models.Q(feedback_on=None) | models.Q(feedback_on__gte=models.F("sent_on")))
                        | models.Q(sent_on=None, receipt_on=None, asked_on=None, feedback_on=None),
                        name="concern_steps_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "ConcernWords",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("part", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("kind", models.CharField(max_length=14)),
                ("file", _file("concern_words")),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="words", to="cases.concern"
                    ),
                ),
            ],
            {
                "db_table": "cases_concern_words",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["concern", "kind"],
                        condition=models.Q(("kind", "board_asked"), _negated=True),
                        name="one_wording_of_each_step",
                    )
                ],
            },
        ),
        walled(
            "cases_concern",
            [
                Gate("lykta_staff", "SELECT", AT_WORK),
                Gate(
                    "lykta_staff",
                    "INSERT",
                    f"{MINE} AND decided_on = {TODAY} AND {' AND '.join(f'{step} IS NULL' for step in STEPS)}",
                ),
                Gate("lykta_staff", "UPDATE", READS, columns=STEPS),
            ],
        ),
        walled(
            "cases_concern_words",
            [Gate("lykta_staff", "SELECT", READS), Gate("lykta_staff", "INSERT", f"{MINE} AND {OF_ITS_FILE}")],
        ),
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
    ]
