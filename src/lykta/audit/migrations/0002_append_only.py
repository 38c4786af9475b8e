from django.db import migrations

from lykta.core.walls import OF_CENTRE, Gate, walled

# Written by the function alone. The chain follows from the role the transaction acts as, so that no door can write in
# another's; a visitor's event is coarse by construction.
RECORD = """
CREATE FUNCTION lykta_record(in_act text, in_object uuid, in_reason text, in_count int,
                             OUT centre uuid, OUT chain text, OUT seq bigint, OUT hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    acting text := current_setting('role');
    moment timestamptz;
    last bytea;
BEGIN
    IF acting = 'none' THEN acting := session_user; END IF;
    chain := replace(acting, 'lykta_', '');
    centre := lykta_centre();
    IF centre IS NULL OR chain NOT IN ('staff', 'public', 'worker', 'agency') THEN
        RAISE EXCEPTION 'the log needs a door and a centre';
    END IF;
    moment := date_trunc(CASE chain WHEN 'staff' THEN 'minute' WHEN 'agency' THEN 'minute' ELSE 'day' END,
                         clock_timestamp(), 'UTC');
    INSERT INTO audit_head AS h (centre_id, chain, seq, hash) VALUES (centre, lykta_record.chain, 1, '\\x00')
        ON CONFLICT ON CONSTRAINT audit_head_pkey DO UPDATE SET seq = h.seq + 1
        RETURNING h.seq, h.hash INTO lykta_record.seq, last;
    IF lykta_record.seq = 1 THEN last := decode(repeat('00', 32), 'hex'); END IF;
    hash := sha256(last || convert_to(concat_ws('|', centre, chain, lykta_record.seq,
        to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'), coalesce(lykta_actor()::text, ''), in_act,
        coalesce(in_object::text, ''), in_reason, in_count), 'UTF8'));
    INSERT INTO audit_event (centre_id, chain, seq, at, actor, act, object, reason, count, previous, hash)
        VALUES (centre, lykta_record.chain, lykta_record.seq, moment, lykta_actor(), in_act, in_object, in_reason,
                in_count, last, lykta_record.hash);
    UPDATE audit_head AS h SET hash = lykta_record.hash
        WHERE h.centre_id = centre AND h.chain = lykta_record.chain;
END $$;
REVOKE ALL ON FUNCTION lykta_record FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_record TO lykta_public, lykta_agency, lykta_staff, lykta_worker;

CREATE FUNCTION lykta_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
CREATE TRIGGER audit_event_rows BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION lykta_append_only();
CREATE TRIGGER audit_event_all BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION lykta_append_only();
"""

# What may stand in a row, whoever writes it: codes and no words, and in each chain only what its door does. A visitor
# is nobody, and what only staff do to a dialogue can't be said of them by another door. Times are as coarse as hashed.
BOUNDS = """
ALTER TABLE audit_event
    ADD CONSTRAINT audit_event_act CHECK (act ~ '^[a-z]+:[a-z]+:[a-z-]+$'),
    ADD CONSTRAINT audit_event_door CHECK (chain = 'staff' OR (
        act !~ '^contact:dialogue:(read|take|hand-over|answer|note|ask|close|mute|unmute)$'
        AND (chain <> 'public' OR act LIKE 'contact:%'))),
    ADD CONSTRAINT audit_event_reason CHECK (reason ~ '^[a-z_:. -]{0,40}$'),
    ADD CONSTRAINT audit_event_nobody CHECK (chain <> 'public' OR actor IS NULL),
    ADD CONSTRAINT audit_event_count CHECK (count BETWEEN 0 AND 100000),
    ADD CONSTRAINT audit_event_coarse CHECK (
        at = date_trunc(CASE WHEN chain IN ('staff', 'agency') THEN 'minute' ELSE 'day' END, at, 'UTC'));
"""

# The function runs as the owner, and the owner too is under the policies.
WRITER = "lykta_owner"
READ = f"{OF_CENTRE} AND lykta_actor() IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("core", "0001_who_acts")]
    operations = [
        walled(
            "audit_event",
            [
                Gate(WRITER, "INSERT", OF_CENTRE),
                Gate("lykta_staff", "SELECT", READ),
                Gate("lykta_worker", "SELECT", READ),
            ],
        ),
        walled(
            "audit_head",
            [
                Gate(WRITER, "SELECT", OF_CENTRE),
                Gate(WRITER, "INSERT", OF_CENTRE),
                Gate(WRITER, "UPDATE", OF_CENTRE),
                Gate("lykta_staff", "SELECT", READ),
                Gate("lykta_worker", "SELECT", READ),
            ],
        ),
        migrations.RunSQL(BOUNDS, migrations.RunSQL.noop),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
    ]
