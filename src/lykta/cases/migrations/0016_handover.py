import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, walled

READS = f"{BY_STAFF} AND lykta_reads(file_id)"
ON_TEAM = f"{READS} AND lykta_on_team(file_id)"
# That a handover waits is known to who works with the file, also outside it: what she must do stands in one list.
AT_WORK = f"{BY_STAFF} AND lykta_sees(file_id) AND (lykta_on_team(file_id) OR lykta_has_opened(file_id))"
HEIR = "lykta_is_on_team(file_id, to_member)"
HER_LETTER = (
    "(letter_id IS NULL OR EXISTS (SELECT 1 FROM cases_note n WHERE n.id = letter_id"
    " AND n.file_id = cases_handover.file_id AND n.by = from_member))"
)


# The letter stands once it is written, and who took over says herself that she has read it.
ONCE = """
CREATE FUNCTION lykta_handover_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.letter_id IS NOT NULL AND OLD.letter_id IS DISTINCT FROM NEW.letter_id
       OR NEW.letter_id IS DISTINCT FROM OLD.letter_id AND OLD.from_member IS DISTINCT FROM lykta_actor()
       OR NEW.seen_on IS NOT NULL AND OLD.to_member IS DISTINCT FROM lykta_actor() THEN
        RAISE EXCEPTION 'not her handover' USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_handover_once BEFORE UPDATE ON cases_handover
    FOR EACH ROW EXECUTE FUNCTION lykta_handover_once();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_take_over")]
    operations = [
        migrations.CreateModel(
            "Handover",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("from_member", models.UUIDField()),
                ("to_member", models.UUIDField()),
                ("on", models.DateField()),
                ("seen_on", models.DateField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="handovers", to="cases.file"
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="handover",
                        to="cases.note",
                    ),
                ),
            ],
            {
                "db_table": "cases_handover",
                "indexes": [
                    models.Index(fields=["file"], name="cases_handover_of_file"),
                    models.Index(
                        condition=models.Q(("seen_on", None)), fields=["to_member"], name="cases_handover_unseen"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_member", models.F("to_member")), _negated=True),
                        name="handover_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seen_on", None), ("seen_on__gte", models.F("on")), _connector="OR"),
                        name="handover_seen_after",
                    ),
                ],
            },
        ),
        walled(
            "cases_handover",
            [
                Gate("lykta_staff", "SELECT", AT_WORK),
                Gate("lykta_staff", "INSERT", f"{ON_TEAM} AND {HEIR} AND letter_id IS NULL AND seen_on IS NULL"),
                # Only whom it is for says that it is read; only who leaves writes the letter.
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    f"{ON_TEAM} AND seen_on IS NULL",
                    columns=("to_member", "letter_id", "seen_on"),
                    new_rows=f"{ON_TEAM} AND {HEIR} AND {HER_LETTER}",
                ),
            ],
        ),
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
    ]
