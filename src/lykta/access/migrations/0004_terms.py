from django.db import migrations

from lykta.core.walls import BY_STAFF, Gate, gated

TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
HOUSE = f"{BY_STAFF} AND lykta_holds_ring('house') AND member_id <> lykta_actor()"

# Nobody stands on both sides of a treatment on the same day (access.rules.SIDES), and nobody twice inside one wall:
# whoever writes, and by whatever hand.
SIDES = """
ALTER TABLE access_place
    ADD CONSTRAINT place_one_side EXCLUDE USING gist (
        member_id WITH =,
        (CASE wall WHEN 'using_violence' THEN 1 ELSE 2 END) WITH <>,
        daterange(from_on, until_on) WITH &&
    ) WHERE (wall IN ('using_violence', 'exposed', 'partner')),
    ADD CONSTRAINT place_once EXCLUDE USING gist (
        member_id WITH =, wall WITH =, daterange(from_on, until_on) WITH &&);
"""

# As before, and only for who has been let in: somebody of the house has signed her key.
WORKS_IN = f"""
CREATE OR REPLACE FUNCTION lykta_works_in(wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_place p JOIN sealing_staffpair k ON k.member_id = p.member_id AND k.signature <> ''
        WHERE p.member_id = lykta_actor() AND p.centre_id = lykta_centre() AND p.wall = wanted
          AND p.from_on <= {TODAY} AND (p.until_on IS NULL OR p.until_on > {TODAY}))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_no_choices"), ("sealing", "0004_turning")]
    operations = [
        migrations.RunSQL(SIDES, migrations.RunSQL.noop),
        migrations.RunSQL(WORKS_IN, migrations.RunSQL.noop),
        gated(
            "access_place",
            "terms",
            [
                # Somebody of the house, and never for herself. A term that has begun is ended, not taken out.
                Gate("lykta_staff", "INSERT", HOUSE),
                Gate("lykta_staff", "UPDATE", HOUSE, columns=("until_on",)),
                Gate("lykta_staff", "DELETE", f"{HOUSE} AND from_on >= {TODAY}"),
            ],
        ),
    ]
