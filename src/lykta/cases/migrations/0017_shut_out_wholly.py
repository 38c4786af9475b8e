from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
BODY = "SECURITY DEFINER SET search_path = pg_catalog, public AS $$"
KEPT = "interval '7 days'"
MOST_A_DAY = 10

# Whoever is on the team of a part alone is taken from it, before she is shut out of it: on a team she would go on
# reading. Led she the part, another of its team does.
PARTS = f"""
CREATE OR REPLACE FUNCTION lykta_shut_out_of_parts() RETURNS trigger LANGUAGE plpgsql {BODY}
DECLARE one record; led boolean;
BEGIN
    FOR one IN SELECT m.other_id AS id, f.wall FROM cases_merge m JOIN cases_file f ON f.id = m.other_id
               WHERE m.file_id = NEW.file_id AND m.undone_at IS NULL LOOP
        UPDATE cases_assignment a SET until_on = greatest(a.from_on, {TODAY})
            WHERE a.file_id = one.id AND a.member_id = NEW.member_id AND a.until_on IS NULL RETURNING a.leads INTO led;
        IF led THEN
            UPDATE cases_assignment SET leads = true WHERE id =
                (SELECT a.id FROM cases_assignment a WHERE a.file_id = one.id AND a.until_on IS NULL
                 AND lykta_able_inside(a.member_id, one.wall) ORDER BY a.from_on, a.id LIMIT 1);
        END IF;
        INSERT INTO cases_exclusion (id, centre_id, file_id, member_id, "on", "by")
            VALUES (gen_random_uuid(), NEW.centre_id, one.id, NEW.member_id, NEW."on", NEW."by")
            ON CONFLICT DO NOTHING;
        UPDATE cases_file SET named = true WHERE id = one.id;
    END LOOP;
    RETURN NEW;
END $$;
"""

# As before, but that typed by hand too it tells nothing: what is wrong with the boxes is said whatever the number is
# of, and as many rows are written. For who is not on the file's team stands a box of chance that opens for nobody.
ASK = f"""
CREATE OR REPLACE FUNCTION lykta_ask(in_id uuid, in_ref text, in_reason text, in_sealed bytea, in_members uuid[],
                          in_boxes bytea[], OUT centre uuid, OUT chain text, OUT seq bigint, OUT hash bytea)
LANGUAGE plpgsql {BODY}
DECLARE wanted uuid;
BEGIN
    IF lykta_actor() IS NULL OR lykta_centre() IS NULL THEN
        RAISE EXCEPTION 'nobody asks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF cardinality(in_members) IS DISTINCT FROM cardinality(in_boxes)
       OR cardinality(in_members) IS DISTINCT FROM (SELECT count(DISTINCT m) FROM unnest(in_members) m)
       OR EXISTS (SELECT 1 FROM unnest(in_boxes) b WHERE b IS NULL OR length(b) > 128) THEN
        RAISE EXCEPTION 'one box for each' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(lykta_actor()::text, 2));
    IF (SELECT count(*) FROM cases_ask k
        WHERE k.member_id = lykta_actor() AND k.asked_at > now() - interval '24 hours') >= {MOST_A_DAY} THEN
        RAISE EXCEPTION 'asked too often' USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_too_often';
    END IF;
    DELETE FROM cases_ask_key y USING cases_ask k WHERE k.id = y.ask_id AND k.asked_at < now() - {KEPT};
    SELECT f.id INTO wanted FROM cases_file f WHERE f.ref = in_ref AND lykta_may_borrow(lykta_actor(), f.id);
    INSERT INTO cases_ask (id, centre_id, member_id, asked_at, ref, reason, sealed)
        VALUES (in_id, lykta_centre(), lykta_actor(), clock_timestamp(), in_ref, in_reason, in_sealed);
    INSERT INTO cases_asked (ask_id, centre_id, file_id) VALUES (in_id, lykta_centre(), wanted);
    INSERT INTO cases_ask_key (id, centre_id, ask_id, member_id, box)
        SELECT gen_random_uuid(), lykta_centre(), in_id, g.member,
            CASE WHEN g.member = lykta_actor() OR EXISTS (SELECT 1 FROM cases_assignment a WHERE a.file_id = wanted
                                                          AND a.member_id = g.member AND a.until_on IS NULL)
            THEN g.box ELSE substr(sha256(gen_random_uuid()::text::bytea) || sha256(gen_random_uuid()::text::bytea)
                                   || sha256(gen_random_uuid()::text::bytea) || sha256(gen_random_uuid()::text::bytea),
                                   1, length(g.box)) END
        FROM unnest(in_members, in_boxes) g(member, box);
    SELECT r.centre, r.chain, r.seq, r.hash INTO lykta_ask.centre, lykta_ask.chain, lykta_ask.seq,
        lykta_ask.hash FROM lykta_record('cases:glass:ask', in_id, in_reason, 0) r;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_handover")]
    operations = [
        migrations.RunSQL([PARTS, ASK], migrations.RunSQL.noop),
    ]
