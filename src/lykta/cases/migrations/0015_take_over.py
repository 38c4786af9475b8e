from django.db import migrations

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated

OWNER = "lykta_owner"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
BODY = "SECURITY DEFINER SET search_path = pg_catalog, public AS $$"

# A named file that nobody can open any more: nobody of its team who works here, inside its wall, holds the newest part
# of its key. For the command on the server, which has the recovery pair's private half from paper; without it what
# these functions give opens nothing, and what they take opens nothing.
TAKE_OVER = f"""
CREATE FUNCTION lykta_is_orphan(wanted uuid) RETURNS boolean LANGUAGE sql STABLE {BODY}
    SELECT EXISTS (SELECT 1 FROM cases_file f WHERE f.id = wanted AND f.named)
       AND NOT EXISTS (
           SELECT 1 FROM cases_file f
           JOIN cases_assignment a ON a.file_id = f.id AND a.until_on IS NULL
           JOIN sealing_memberwrap m
             ON m.case_id = f.id AND m.part = f.part AND m.member_id = a.member_id AND m.until IS NULL
           JOIN people_member w ON w.id = a.member_id AND w.is_active AND (w.leaves_on IS NULL OR w.leaves_on > {TODAY})
           JOIN access_place p ON p.member_id = a.member_id AND p.wall = f.wall AND p.from_on <= {TODAY}
                              AND (p.until_on IS NULL OR p.until_on > {TODAY})
           WHERE f.id = wanted)
$$;
CREATE FUNCTION lykta_orphans() RETURNS SETOF varchar LANGUAGE sql STABLE {BODY}
    SELECT f.ref FROM cases_file f WHERE f.named AND lykta_is_orphan(f.id) ORDER BY f.ref
$$;
CREATE FUNCTION lykta_orphan_wraps(in_ref text)
RETURNS TABLE (file uuid, newest uuid, part uuid, ring uuid, box bytea) LANGUAGE sql STABLE {BODY}
    SELECT f.id, f.part, w.part, w.ring_id, w.box FROM cases_file f
    JOIN sealing_wrap w ON w.case_id = f.id JOIN sealing_ring r ON r.id = w.ring_id AND r.name = 'recovery'
    WHERE f.ref = in_ref AND lykta_is_orphan(f.id)
$$;
CREATE FUNCTION lykta_take_over(in_file uuid, in_members uuid[], in_to uuid[], in_parts uuid[], in_boxes bytea[],
                                in_opening uuid, in_part uuid, in_sealed bytea, in_review bytea,
                                OUT centre uuid, OUT chain text, OUT seq bigint, OUT hash bytea)
LANGUAGE plpgsql {BODY}
DECLARE wall_of text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(in_file::text, 0));
    IF lykta_actor() IS NULL OR NOT lykta_is_orphan(in_file) OR cardinality(in_members) = 0 THEN
        RAISE EXCEPTION 'nothing to take over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT f.wall INTO wall_of FROM cases_file f WHERE f.id = in_file;
    IF EXISTS (SELECT 1 FROM unnest(in_members) g(who) WHERE NOT lykta_able_inside(g.who, wall_of)
               OR EXISTS (SELECT 1 FROM cases_exclusion e WHERE e.file_id = in_file AND e.member_id = g.who)) THEN
        RAISE EXCEPTION 'not able to join' USING ERRCODE = 'check_violation', CONSTRAINT = 'able_to_join';
    END IF;
    UPDATE cases_assignment a SET leads = false WHERE a.file_id = in_file AND a.until_on IS NULL AND a.leads;
    INSERT INTO cases_assignment (id, centre_id, file_id, member_id, leads, from_on)
        SELECT gen_random_uuid(), lykta_centre(), in_file, g.who, false, {TODAY} FROM unnest(in_members) g(who)
        WHERE NOT EXISTS (SELECT 1 FROM cases_assignment a
                          WHERE a.file_id = in_file AND a.member_id = g.who AND a.until_on IS NULL);
    UPDATE cases_assignment a SET leads = true
        WHERE a.file_id = in_file AND a.until_on IS NULL AND a.member_id = in_members[1];
    DELETE FROM sealing_memberwrap m WHERE m.case_id = in_file AND m.member_id = ANY(in_members);
    INSERT INTO sealing_memberwrap (id, centre_id, case_id, part, member_id, box)
        SELECT gen_random_uuid(), lykta_centre(), in_file, g.part, g.who, g.box
        FROM unnest(in_to, in_parts, in_boxes) g(who, part, box);
    INSERT INTO cases_opening (id, centre_id, file_id, member_id, at, reason, part, sealed, sealed_review)
        VALUES (in_opening, lykta_centre(), in_file, lykta_actor(), clock_timestamp(), 'taken_over', in_part, in_sealed,
                in_review);
    SELECT r.centre, r.chain, r.seq, r.hash INTO lykta_take_over.centre, lykta_take_over.chain, lykta_take_over.seq,
        lykta_take_over.hash FROM lykta_record('cases:file:take-over', in_file, '', cardinality(in_members)) r;
END $$;
REVOKE ALL ON FUNCTION lykta_is_orphan, lykta_orphans, lykta_orphan_wraps, lykta_take_over FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_orphans, lykta_orphan_wraps, lykta_take_over TO lykta_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_shut_out_of_parts"), ("people", "0011_own_address")]
    operations = [
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
        gated("cases_assignment", "taken", [Gate(OWNER, command, OF_CENTRE) for command in ("INSERT", "UPDATE")]),
        gated("sealing_memberwrap", "taken", [Gate(OWNER, "INSERT", BY_STAFF)]),
    ]
