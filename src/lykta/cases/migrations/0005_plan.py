import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated, walled

OWNER = "lykta_owner"
READS = f"{BY_STAFF} AND lykta_reads(file_id)"
MINE = f"{READS} AND by = lykta_actor()"
OURS = "lykta_is_on_team(file_id, owner)"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"

# Whose task it is must be on the file's team. When safe contact was last talked about is a running fact of the team's
# own files: it stands on the desk without any file being opened.
FUNCTIONS = """
CREATE FUNCTION lykta_is_on_team(wanted uuid, who uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM cases_assignment a
                   WHERE a.file_id = wanted AND a.member_id = who AND a.until_on IS NULL)
$$;
CREATE FUNCTION lykta_asked() RETURNS TABLE (file uuid, asked_on date) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT f.id, (SELECT max((s.at AT TIME ZONE 'Europe/Stockholm')::date) FROM cases_sheet s
                  WHERE s.file_id = f.id AND s.kind = 'safe_contact')
    FROM cases_file f JOIN cases_assignment a ON a.file_id = f.id
    WHERE f.state = 'open' AND a.member_id = lykta_actor() AND a.until_on IS NULL AND lykta_works_in(f.wall)
$$;
REVOKE ALL ON FUNCTION lykta_asked FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_asked TO lykta_staff;
"""


def _words(name: str) -> list[tuple[str, models.Field]]:  # type: ignore[type-arg]
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
    dependencies = [("cases", "0004_sharing")]
    operations = [
        migrations.CreateModel(
            "Entry",
            [*_words("entries"), ("thing", models.UUIDField()), ("version", models.PositiveIntegerField())],
            {
                "db_table": "cases_entry",
                "indexes": [models.Index(fields=["file"], name="cases_entry_of_file")],
                "constraints": [
                    models.UniqueConstraint(fields=["file", "thing", "version"], name="one_entry_per_version"),
                ],
            },
        ),
        migrations.CreateModel(
            "Task",
            [
                *_words("tasks"),
                ("owner", models.UUIDField()),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                ("done_by", models.UUIDField(null=True)),
            ],
            {
                "db_table": "cases_task",
                "indexes": [
                    models.Index(fields=["file"], name="cases_task_of_file"),
                    models.Index(
                        condition=models.Q(done_on=None), fields=["owner", "due_on"], name="cases_task_open_of"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(done_on=None, done_by=None)
                        | models.Q(done_on__isnull=False, done_by__isnull=False),
                        name="task_done_has_day_and_name",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        gated("cases_sheet", "asked", [Gate(OWNER, "SELECT", OF_CENTRE)]),
        walled("cases_entry", [Gate("lykta_staff", "SELECT", READS), Gate("lykta_staff", "INSERT", MINE)]),
        walled(
            "cases_task",
            [
                # Her own stand on her desk without the file being opened; the words of the others only inside it.
                Gate(
                    "lykta_staff",
                    "SELECT",
                    f"({READS}) OR ({BY_STAFF} AND owner = lykta_actor() AND lykta_sees(file_id)"
                    " AND lykta_on_team(file_id))",
                ),
                Gate("lykta_staff", "INSERT", f"{MINE} AND {OURS} AND done_on IS NULL"),
                Gate(
                    "lykta_staff",
                    "UPDATE",
                    READS,
                    columns=("owner", "due_on", "done_on", "done_by"),
                    new_rows=f"{READS} AND (({OURS} AND done_on IS NULL)"
                    f" OR (done_by = lykta_actor() AND done_on = {TODAY}))",
                ),
            ],
        ),
    ]
