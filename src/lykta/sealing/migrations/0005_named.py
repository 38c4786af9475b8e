import uuid

from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated, walled

OWNER = "lykta_owner"
HERS = f"{OF_CENTRE} AND member_id = lykta_actor()"

# Who may give a case's keys on, or destroy them: whoever holds one. A new case has none yet; then its first holder may.
FUNCTIONS = """
CREATE FUNCTION lykta_holds_case(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM sealing_memberwrap m WHERE m.case_id = wanted AND m.member_id = lykta_actor())
        OR EXISTS (SELECT 1 FROM sealing_wrap w JOIN sealing_ringshare s ON s.ring_id = w.ring_id
                   WHERE w.case_id = wanted AND s.member_id = lykta_actor())
$$;
CREATE FUNCTION lykta_is_keyless(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT NOT EXISTS (SELECT 1 FROM sealing_memberwrap m WHERE m.case_id = wanted)
       AND NOT EXISTS (SELECT 1 FROM sealing_wrap w JOIN sealing_ring r ON r.id = w.ring_id
                       WHERE w.case_id = wanted AND r.name <> 'recovery')
$$;
"""
LET_IN = f"{BY_STAFF} AND case_id::text = lykta_held('case')"
GIVES = f"{LET_IN} AND (lykta_holds_case(case_id) OR lykta_is_keyless(case_id))"
TAKES = f"{LET_IN} AND lykta_holds_case(case_id)"
# The recovery pair's wrap of a named case: its writer need hold no ring at all.
FOR_RECOVERY = f"{GIVES} AND EXISTS (SELECT 1 FROM sealing_ring r WHERE r.id = ring_id AND r.name = 'recovery')"


class Migration(migrations.Migration):
    dependencies = [("sealing", "0004_turning")]
    operations = [
        migrations.CreateModel(
            name="MemberWrap",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("case_id", models.UUIDField(db_index=True)),
                ("part", models.UUIDField()),
                ("member_id", models.UUIDField()),
                ("box", models.BinaryField()),
            ],
            options={
                "db_table": "sealing_memberwrap",
                "constraints": [
                    models.UniqueConstraint(fields=("case_id", "part", "member_id"), name="one_wrap_per_member")
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        walled(
            "sealing_memberwrap",
            [
                Gate("lykta_staff", "SELECT", f"({HERS}) OR ({TAKES})"),
                Gate("lykta_staff", "INSERT", GIVES),
                Gate("lykta_staff", "DELETE", f"({TAKES}) OR ({HERS})"),
                Gate("lykta_worker", "SELECT", BY_STAFF, columns=("id", "case_id", "centre_id")),
                Gate("lykta_worker", "INSERT", BY_STAFF),
                Gate("lykta_worker", "DELETE", BY_STAFF),
                Gate(OWNER, "SELECT", OF_CENTRE),
            ],
        ),
        gated(
            "sealing_wrap",
            "named",
            [
                Gate("lykta_staff", "INSERT", FOR_RECOVERY),
                Gate("lykta_staff", "SELECT", TAKES),
                Gate("lykta_staff", "DELETE", TAKES),
                Gate(OWNER, "SELECT", OF_CENTRE),
            ],
        ),
    ]
