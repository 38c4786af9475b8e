from django.db import migrations

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated, walled

OWNER = "lykta_owner"

# Who may know that a file is there, and who may read in it. The functions run as the owner, who sees through gates of
# its own, so that the policy of a table can ask about its neighbours. The same verdicts as cases.rules.may_read.
FUNCTIONS = """
CREATE FUNCTION lykta_on_team(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM cases_assignment a
                   WHERE a.file_id = wanted AND a.member_id = lykta_actor() AND a.until_on IS NULL)
$$;
CREATE FUNCTION lykta_sees_file(wanted uuid, of_wall text, is_named boolean) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT lykta_works_in(of_wall) AND (NOT is_named OR lykta_on_team(wanted)) $$;
CREATE FUNCTION lykta_has_opened(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM cases_opening o WHERE o.file_id = wanted AND o.member_id = lykta_actor()
                   AND o.at <= now() AND o.at > now() - interval '60 minutes')
$$;
CREATE FUNCTION lykta_is_fresh_file(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT NOT EXISTS (SELECT 1 FROM cases_assignment a WHERE a.file_id = wanted)
$$;
CREATE FUNCTION lykta_sees(wanted uuid) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT EXISTS (SELECT 1 FROM cases_file f WHERE f.id = wanted) $$;
CREATE FUNCTION lykta_reads(wanted uuid) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT wanted::text = lykta_held('case') AND lykta_sees(wanted)
         AND (lykta_on_team(wanted) OR lykta_has_opened(wanted)) $$;
"""

# The only way to open a file one is not assigned to, for the page and for hand-typed SQL: it can't be done unlogged.
OPEN_FILE = """
CREATE FUNCTION lykta_open_file(in_id uuid, in_file uuid, in_reason text, in_part uuid, in_sealed bytea,
                                OUT centre uuid, OUT chain text, OUT seq bigint, OUT hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE file record;
BEGIN
    SELECT f.wall, f.named INTO file FROM cases_file f WHERE f.id = in_file;
    IF NOT FOUND OR file.named OR lykta_actor() IS NULL OR NOT lykta_works_in(file.wall)
       OR EXISTS (SELECT 1 FROM cases_exclusion e WHERE e.file_id = in_file AND e.member_id = lykta_actor()) THEN
        RAISE EXCEPTION 'no such file' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO cases_opening (id, centre_id, file_id, member_id, at, reason, part, sealed)
        VALUES (in_id, lykta_centre(), in_file, lykta_actor(), clock_timestamp(), in_reason, in_part, in_sealed);
    SELECT r.centre, r.chain, r.seq, r.hash INTO lykta_open_file.centre, lykta_open_file.chain, lykta_open_file.seq,
        lykta_open_file.hash FROM lykta_record('cases:file:open', in_file, in_reason, 0) r;
END $$;
REVOKE ALL ON FUNCTION lykta_open_file FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_open_file TO lykta_staff;
"""

# Whoever is excluded can't be put on the team by any road.
TRIGGERS = """
CREATE FUNCTION lykta_nobody_excluded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cases_exclusion e WHERE e.file_id = NEW.file_id AND e.member_id = NEW.member_id) THEN
        RAISE EXCEPTION 'an excluded member' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_excluded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_assignment_excluded BEFORE INSERT OR UPDATE ON cases_assignment
    FOR EACH ROW EXECUTE FUNCTION lykta_nobody_excluded();
"""

INSIDE = f"{BY_STAFF} AND lykta_sees_file(id, wall, named)"
SEEN = f"{BY_STAFF} AND lykta_sees(file_id)"
READS = f"{BY_STAFF} AND lykta_reads(file_id)"
ON_TEAM = f"{READS} AND lykta_on_team(file_id)"
MINE = "member_id = lykta_actor()"
FIRST = f"{BY_STAFF} AND {MINE} AND lykta_is_fresh_file(file_id)"
FACTS = (
    "state", "service", "mode", "named", "part", "told_on", "last_note_on", "closed_on", "closed_reason", "note_count",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0002_walls"), ("audit", "0002_append_only")]
    operations = [
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        walled(
            "cases_file",
            [
                Gate("lykta_staff", "SELECT", INSIDE),
                Gate("lykta_staff", "INSERT", f"{BY_STAFF} AND lykta_works_in(wall)"),
                Gate("lykta_staff", "UPDATE", f"{INSIDE} AND lykta_reads(id)", columns=FACTS),
                Gate(OWNER, "SELECT", OF_CENTRE),
            ],
        ),
        walled(
            "cases_assignment",
            [
                Gate("lykta_staff", "SELECT", SEEN),
                # The first of a team is whoever opens the file; then those on the team add and end. An opening of an
                # hour must not become a place for good.
                Gate("lykta_staff", "INSERT", f"({FIRST}) OR ({ON_TEAM})"),
                Gate("lykta_staff", "UPDATE", ON_TEAM, columns=("until_on", "leads"), new_rows=SEEN),
                Gate(OWNER, "SELECT", OF_CENTRE),
            ],
        ),
        walled(
            "cases_exclusion",
            [
                Gate("lykta_staff", "SELECT", READS),
                Gate("lykta_staff", "INSERT", ON_TEAM),
                Gate(OWNER, "SELECT", OF_CENTRE),
            ],
        ),
        walled("cases_sheet", [Gate("lykta_staff", "SELECT", READS), Gate("lykta_staff", "INSERT", READS)]),
        walled("cases_note", [Gate("lykta_staff", "SELECT", READS), Gate("lykta_staff", "INSERT", READS)]),
        walled(
            "cases_opening",
            [
                Gate("lykta_staff", "SELECT", f"({BY_STAFF} AND {MINE}) OR ({READS})"),
                Gate(OWNER, "SELECT", OF_CENTRE),
                Gate(OWNER, "INSERT", OF_CENTRE),
            ],
        ),
        walled(
            "cases_token",
            [
                Gate("lykta_staff", "SELECT", f"{BY_STAFF} AND lykta_sees(file_id)"),
                Gate("lykta_staff", "INSERT", READS),
                Gate("lykta_staff", "DELETE", READS),
            ],
        ),
        gated("access_place", "cases", [Gate(OWNER, "SELECT", OF_CENTRE)]),
        migrations.RunSQL(OPEN_FILE, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
