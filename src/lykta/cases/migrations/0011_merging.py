import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, walled

OWNER = "lykta_owner"
# Who is in a file now: only who is in both is told that the two are one person's.
IN = "(lykta_sees({0}) AND (lykta_on_team({0}) OR lykta_has_opened({0})))"
IN_BOTH = f"{BY_STAFF} AND {IN.format('file_id')} AND {IN.format('other_id')}"
ON = "lykta_sees({0}) AND lykta_on_team({0})"
ON_BOTH = f"{BY_STAFF} AND {ON.format('file_id')} AND {ON.format('other_id')}"
UNDONE = ("undone_at", "undone_by", "undone_part", "undone_sealed")

# The same verdict as cases.merging_rules.merge_fault (a test asks both). One merge at a time in a centre: of two that
# cross, the second sees the first.
FUNCTIONS = """
CREATE FUNCTION lykta_is_merged(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM cases_merge m JOIN cases_file f ON f.id = m.other_id
                   WHERE m.other_id = wanted AND m.undone_at IS NULL AND lykta_sees_file(f.id, f.wall, f.named))
$$;
REVOKE ALL ON FUNCTION lykta_is_merged FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_is_merged TO lykta_staff;
CREATE FUNCTION lykta_may_merge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE lead record; part record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('cases_merge ' || NEW.centre_id, 0));
    SELECT f.wall, f.named, f.state INTO lead FROM cases_file f WHERE f.id = NEW.file_id;
    SELECT f.wall, f.named INTO part FROM cases_file f WHERE f.id = NEW.other_id;
    IF lead.wall IS DISTINCT FROM part.wall OR lead.state <> 'open' OR (part.named AND NOT lead.named)
       OR EXISTS (SELECT 1 FROM cases_merge m WHERE m.undone_at IS NULL
                  AND (m.other_id IN (NEW.file_id, NEW.other_id) OR m.file_id = NEW.other_id))
       OR EXISTS (SELECT 1 FROM cases_assignment a WHERE a.file_id = NEW.other_id AND a.until_on IS NULL
                  AND NOT EXISTS (SELECT 1 FROM cases_assignment b WHERE b.file_id = NEW.file_id
                                  AND b.member_id = a.member_id AND b.until_on IS NULL))
       OR EXISTS (SELECT 1 FROM cases_exclusion e WHERE e.file_id IN (NEW.file_id, NEW.other_id)
                  GROUP BY e.member_id HAVING count(*) = 1) THEN
        RAISE EXCEPTION 'not to be merged' USING ERRCODE = 'check_violation', CONSTRAINT = 'may_merge';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_merge_may BEFORE INSERT ON cases_merge FOR EACH ROW EXECUTE FUNCTION lykta_may_merge();
CREATE FUNCTION lykta_not_in_a_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cases_merge m WHERE m.other_id = NEW.file_id AND m.undone_at IS NULL) THEN
        RAISE EXCEPTION 'a part is only read' USING ERRCODE = 'check_violation', CONSTRAINT = 'not_in_a_part';
    END IF;
    RETURN NEW;
END $$;
"""
WRITTEN = ("cases_note", "cases_sheet", "cases_entry", "cases_exclusion")
READ_ONLY = "".join(
    f"CREATE TRIGGER {table}_not_in_a_part BEFORE INSERT ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION lykta_not_in_a_part();\n"
    for table in WRITTEN
)


def _file(name: str) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name=name, to="cases.file")


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_extract")]
    operations = [
        migrations.CreateModel(
            "Merge",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("part", models.UUIDField()),
                ("sealed", models.BinaryField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.UUIDField(null=True)),
                ("undone_part", models.UUIDField(null=True)),
                ("undone_sealed", models.BinaryField(null=True)),
                ("file", _file("parts")),
                ("other", _file("leads")),
            ],
            {
                "db_table": "cases_merge",
                "indexes": [models.Index(fields=["file"], name="cases_merge_of_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("file", models.F("other")), _negated=True), name="merge_of_two"
                    ),
                    models.UniqueConstraint(
                        fields=["other"], condition=models.Q(("undone_at", None)), name="one_standing_merge_of_a_part"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(undone_at=None, undone_by=None, undone_part=None, undone_sealed=None)
                        | models.Q(
                            undone_at__isnull=False,
                            undone_by__isnull=False,
                            undone_part__isnull=False,
                            undone_sealed__isnull=False,
                        ),
                        name="merge_undone_whole",
                    ),
                ],
            },
        ),
        walled(
            "cases_merge",
            [
                Gate("lykta_staff", "SELECT", IN_BOTH),
                # Its words are sealed under the key of the file that leads, which the transaction must be in.
                Gate(
                    "lykta_staff",
                    "INSERT",
                    f"{ON_BOTH} AND lykta_reads(file_id) AND by = lykta_actor() AND undone_at IS NULL",
                ),
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    f"{ON_BOTH} AND undone_at IS NULL",
                    columns=UNDONE,
                    new_rows=f"{ON_BOTH} AND lykta_reads(file_id) AND undone_by = lykta_actor()",
                ),
                Gate(OWNER, "SELECT", OF_CENTRE),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(READ_ONLY, migrations.RunSQL.noop),
    ]
