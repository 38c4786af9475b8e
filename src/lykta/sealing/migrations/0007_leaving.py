from django.db import migrations

from lykta.core.walls import BY_STAFF, Gate, gated

OWNER = "lykta_owner"

# As before, and with it what was given to the member alone: the keys of named cases. And, for whoever lets somebody go,
# how many cases nobody else could open afterwards but with the paper.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION lykta_destroy_pair(of_member uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') THEN RETURN false; END IF;
    DELETE FROM sealing_memberwrap WHERE member_id = of_member;
    DELETE FROM sealing_staffpair WHERE member_id = of_member;
    RETURN FOUND;
END $$;
CREATE FUNCTION lykta_sole_cases(of_member uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT count(DISTINCT m.case_id) FROM sealing_memberwrap m
    WHERE lykta_holds_ring('house') AND m.centre_id = lykta_centre() AND m.member_id = of_member
      AND NOT EXISTS (SELECT 1 FROM sealing_memberwrap o WHERE o.case_id = m.case_id AND o.member_id <> of_member)
      AND NOT EXISTS (SELECT 1 FROM sealing_wrap w JOIN sealing_ring r ON r.id = w.ring_id
                      WHERE w.case_id = m.case_id AND r.name <> 'recovery')
$$;
REVOKE ALL ON FUNCTION lykta_sole_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_sole_cases TO lykta_staff;
"""


class Migration(migrations.Migration):
    dependencies = [("sealing", "0006_spares")]
    operations = [
        gated("sealing_memberwrap", "leaving", [Gate(OWNER, "DELETE", BY_STAFF)]),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
