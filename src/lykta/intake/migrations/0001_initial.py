import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated, walled

SEES = f"{BY_STAFF} AND lykta_sees(file_id)"
READS = f"{BY_STAFF} AND lykta_reads(file_id)"
MINE = f"{READS} AND by = lykta_actor()"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
# Only who may read the contact can make it part of a file: the gates of the two tables answer for that.
KNOWS_SOURCE = (
    "(kind = 'dialogue' AND EXISTS (SELECT 1 FROM contact_dialogue d WHERE d.id = source_id)"
    " OR kind = 'call' AND lykta_works_in('contact') AND EXISTS (SELECT 1 FROM contact_call c WHERE c.id = source_id))"
)
# Notes are never changed. What a contact carried into a file is taken back once, by whoever has just ended its link: a
# carried note lies under a part of its own, and what is put in its place does not. It runs as the owner, who sees
# through gates of its own, so it asks itself whether the actor may know of the file and is in it.
TAKE_BACK = f"""
CREATE FUNCTION lykta_take_back_note(in_note uuid, in_part uuid, in_sealed bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE cases_note n SET part = in_part, sealed = in_sealed
    FROM cases_file f, intake_link l
    WHERE n.id = in_note AND n.part = n.id AND in_part <> n.id AND f.id = n.file_id
      AND f.id::text = lykta_held('case') AND lykta_sees_file(f.id, f.wall, f.named)
      AND (lykta_on_team(f.id) OR lykta_has_opened(f.id))
      AND l.note_id = n.id AND l.file_id = n.file_id AND l.undone_by = lykta_actor() AND l.until_on = {TODAY};
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION lykta_take_back_note FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_take_back_note TO lykta_staff;
"""
OWNER = "lykta_owner"


def _file(name: str) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to="cases.file")


WORDS = [
    ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
    ("centre_id", models.UUIDField()),
    ("at", models.DateTimeField()),
    ("by", models.UUIDField()),
    ("part", models.UUIDField()),
    ("sealed", models.BinaryField()),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0006_listed"), ("contact", "0004_freed")]
    operations = [
        migrations.CreateModel(
            "Link",
            [
                *WORDS,
                ("file", _file("links")),
                ("kind", models.CharField(max_length=8)),
                ("source_id", models.UUIDField(db_index=True)),
                ("note_id", models.UUIDField()),
                ("made", models.BooleanField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("undone_by", models.UUIDField(null=True)),
                ("undone_reason", models.CharField(blank=True, max_length=12)),
                ("undone_part", models.UUIDField(null=True)),
                ("undone_sealed", models.BinaryField(null=True)),
            ],
            {
                "db_table": "intake_link",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["file", "source_id"], condition=models.Q(until_on=None), name="one_present_link"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(until_on=None, undone_by=None, undone_reason="", undone_sealed=None)
                        | models.Q(
                            until_on__gte=models.F("from_on"), undone_by__isnull=False, undone_sealed__isnull=False
                        )
                        & ~models.Q(undone_reason=""),
                        name="undone_link_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Triage",
            [
                *WORDS,
                ("file", _file("triages")),
                ("urgency", models.CharField(max_length=8)),
                ("taken_by", models.UUIDField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
            ],
            {
                "db_table": "intake_triage",
                "indexes": [models.Index(fields=["file", "-at"], name="intake_triage_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(taken_by=None, taken_at=None)
                        | models.Q(taken_by__isnull=False, taken_at__isnull=False),
                        name="taken_by_somebody_at_a_moment",
                    )
                ],
            },
        ),
        walled(
            "intake_link",
            [
                Gate("lykta_staff", "SELECT", SEES),
                Gate(
                    "lykta_staff",
                    "INSERT",
                    f"{MINE} AND {KNOWS_SOURCE} AND from_on = {TODAY} AND until_on IS NULL",
                ),
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    f"{READS} AND until_on IS NULL",
                    columns=("until_on", "undone_by", "undone_reason", "undone_part", "undone_sealed"),
                    new_rows=f"{READS} AND undone_by = lykta_actor() AND until_on = {TODAY}",
                ),
            ],
        ),
        walled(
            "intake_triage",
            [
                Gate("lykta_staff", "SELECT", SEES),
                Gate("lykta_staff", "INSERT", f"{MINE} AND taken_by IS NULL"),
                # Taken once, in one's own name; nothing else of it is ever changed.
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    f"{SEES} AND taken_by IS NULL",
                    columns=("taken_by", "taken_at"),
                    new_rows=f"{SEES} AND taken_by = lykta_actor()",
                ),
            ],
        ),
        gated("cases_note", "intake", [Gate(OWNER, "SELECT", OF_CENTRE), Gate(OWNER, "UPDATE", OF_CENTRE)]),
        gated("intake_link", "owner", [Gate(OWNER, "SELECT", OF_CENTRE)]),
        migrations.RunSQL(TAKE_BACK, "DROP FUNCTION lykta_take_back_note"),
    ]
