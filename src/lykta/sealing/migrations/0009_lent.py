from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE

# A key may be lent: then its wrap opens until a moment and not after it, by the database's own clock. Who has borrowed
# is no holder: she gives nothing on, takes from nobody, and does not see what others have been given.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION lykta_holds_case(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM sealing_memberwrap m
                   WHERE m.case_id = wanted AND m.member_id = lykta_actor() AND m.until IS NULL)
        OR EXISTS (SELECT 1 FROM sealing_wrap w JOIN sealing_ringshare s ON s.ring_id = w.ring_id
                   WHERE w.case_id = wanted AND s.member_id = lykta_actor())
$$;
CREATE OR REPLACE FUNCTION lykta_sole_cases(of_member uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT count(DISTINCT m.case_id) FROM sealing_memberwrap m
    WHERE lykta_holds_ring('house') AND m.centre_id = lykta_centre() AND m.member_id = of_member AND m.until IS NULL
      AND NOT EXISTS (SELECT 1 FROM sealing_memberwrap o
                      WHERE o.case_id = m.case_id AND o.member_id <> of_member AND o.until IS NULL)
      AND NOT EXISTS (SELECT 1 FROM sealing_wrap w JOIN sealing_ring r ON r.id = w.ring_id
                      WHERE w.case_id = m.case_id AND r.name <> 'recovery')
$$;
"""
HERS = f"{OF_CENTRE} AND member_id = lykta_actor()"
LET_IN = f"{BY_STAFF} AND case_id::text = lykta_held('case')"
SEEN = f"({HERS} AND (until IS NULL OR until > now())) OR ({LET_IN} AND lykta_holds_case(case_id))"
NARROWED = f"""
DROP POLICY staff_select_0 ON sealing_memberwrap;
CREATE POLICY staff_select_0 ON sealing_memberwrap FOR SELECT TO lykta_staff USING ({SEEN});
"""


class Migration(migrations.Migration):
    dependencies = [("sealing", "0008_paper")]
    operations = [
        migrations.AddField("memberwrap", "until", models.DateTimeField(null=True)),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(NARROWED, migrations.RunSQL.noop),
    ]
