from django.db import migrations, models

from lykta.core.walls import DOOR_ROLES, OF_CENTRE, Gate, gated

# The log's tables stand below people and can't know roles; here, where both are known, their wall gets its door. The
# question is asked once for a query, not once for each of millions of rows: hence the (SELECT …).
READS_LOG = """
CREATE FUNCTION lykta_reads_log() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM people_member m
                   WHERE m.id = lykta_actor() AND m.centre_id = lykta_centre() AND m.is_active
                     AND (m.leaves_on IS NULL OR m.leaves_on > (now() AT TIME ZONE 'Europe/Stockholm')::date)
                     AND (ARRAY[m.role] || m.also) && ARRAY['head', 'auditor', 'technician']::varchar[])
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

# Who works with a file sees what the log tells of it, and of nothing else.
OF_THE_FILE = f"{OF_CENTRE} AND object::text = lykta_held('case') AND lykta_reads(object)"

# References only, through the owner's gate, for those who may read the log. A room with things of its own adds them.
REFS = f"""
CREATE VIEW desk_logref WITH (security_barrier = true) AS
    SELECT id, centre_id, ref FROM contact_dialogue WHERE {MAY_READ}
    UNION ALL SELECT id, centre_id, ref FROM contact_call WHERE {MAY_READ}
    UNION ALL SELECT id, centre_id, ref FROM cases_file WHERE {MAY_READ};
REVOKE ALL ON desk_logref FROM PUBLIC, {", ".join(DOOR_ROLES)};
GRANT SELECT ON desk_logref TO lykta_staff;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("audit", "0004_reader"),
        ("people", "0006_members"),
        ("contact", "0003_calls"),
        ("cases", "0002_walls"),
    ]
    operations = [
        migrations.RunSQL(READS_LOG, migrations.RunSQL.noop),
        migrations.RunSQL(NARROWED, migrations.RunSQL.noop),
        gated("audit_event", "file", [Gate("lykta_staff", "SELECT", OF_THE_FILE)]),
        gated("contact_dialogue", "log", [Gate("lykta_owner", "SELECT", MAY_READ)]),
        gated("contact_call", "log", [Gate("lykta_owner", "SELECT", MAY_READ)]),
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
