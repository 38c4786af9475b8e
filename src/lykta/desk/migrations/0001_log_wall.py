from django.db import migrations, models

from lykta.core.walls import DOOR_ROLES, OF_CENTRE, Gate, gated

# The log's tables stand below people and can't know roles; here, where both are known, their wall gets its door. The
# question is asked once for a query, not once for each of millions of rows: hence the (SELECT …).
READS_LOG = """
CREATE FUNCTION lykta_reads_log() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM people_member m
                   WHERE m.id = lykta_actor() AND m.centre_id = lykta_centre() AND m.is_active
                     AND m.role IN ('head', 'auditor', 'technician'))
$$;
"""
MAY_READ = f"{OF_CENTRE} AND (SELECT lykta_reads_log())"
NARROWED = "".join(
    f"DROP POLICY {policy} ON {table};\n"
    f"CREATE POLICY {policy} ON {table} FOR SELECT TO lykta_staff USING ({MAY_READ});\n"
    for table, policy in (
        ("audit_event", "staff_select_1"),
        ("audit_head", "staff_select_3"),
        ("audit_check", "staff_select_0"),
        ("audit_sending", "staff_select_0"),
    )
)

# References only, through the owner's gate, for those who may read the log. A room with things of its own adds them.
REFS = f"""
CREATE VIEW desk_logref WITH (security_barrier = true) AS
    SELECT id, centre_id, ref FROM contact_dialogue WHERE {MAY_READ};
REVOKE ALL ON desk_logref FROM PUBLIC, {", ".join(DOOR_ROLES)};
GRANT SELECT ON desk_logref TO lykta_staff;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("audit", "0004_reader"), ("people", "0002_walls"), ("contact", "0002_walls")]
    operations = [
        migrations.RunSQL(READS_LOG, migrations.RunSQL.noop),
        migrations.RunSQL(NARROWED, migrations.RunSQL.noop),
        gated("contact_dialogue", "log", [Gate("lykta_owner", "SELECT", MAY_READ)]),
        migrations.RunSQL(REFS, "DROP VIEW desk_logref"),
        migrations.CreateModel(
            "Ref",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("ref", models.CharField(max_length=12)),
            ],
            {"db_table": "desk_logref", "managed": False},
        ),
    ]
