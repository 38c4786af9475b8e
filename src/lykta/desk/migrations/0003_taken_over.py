from django.db import migrations

# As before, and what was taken over on the server, with the recovery key on paper. The worker's chain knows only days,
# in UTC; the review stands on ours.
TO_REVIEW = """
CREATE OR REPLACE FUNCTION lykta_to_review() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    its_kind text := CASE NEW.act WHEN 'cases:file:open' THEN 'opened' WHEN 'cases:file:take-over' THEN 'taken'
                     ELSE 'marked' END;
    its_moment timestamptz := CASE its_kind WHEN 'taken' THEN clock_timestamp() ELSE NEW.at END;
BEGIN
    IF its_kind = 'marked' AND EXISTS (
        SELECT 1 FROM desk_review r WHERE r.centre_id = NEW.centre_id AND r.kind = 'marked'
            AND r.member_id = NEW.actor AND r.object IS NOT DISTINCT FROM NEW.object AND r.verdict = 'in_order') THEN
        RETURN NULL;
    END IF;
    INSERT INTO desk_review (id, centre_id, kind, member_id, object, "on", seq, count, verdict)
        VALUES (gen_random_uuid(), NEW.centre_id, its_kind, NEW.actor, NEW.object,
                (its_moment AT TIME ZONE 'Europe/Stockholm')::date, NEW.seq, 1, '')
        ON CONFLICT (centre_id, kind, member_id, object, "on")
            WHERE closed_at IS NULL AND kind IN ('opened', 'marked')
        DO UPDATE SET count = desk_review.count + 1;
    RETURN NULL;
END $$;
DROP TRIGGER audit_event_to_review ON audit_event;
CREATE TRIGGER audit_event_to_review AFTER INSERT ON audit_event FOR EACH ROW
    WHEN (NEW.actor IS NOT NULL
          AND (NEW.act IN ('cases:file:open', 'cases:file:take-over') OR NEW.reason ~ '(same_|own_|protected)'))
    EXECUTE FUNCTION lykta_to_review();
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_reviews"), ("cases", "0015_take_over")]
    operations = [migrations.RunSQL(TO_REVIEW, migrations.RunSQL.noop)]
