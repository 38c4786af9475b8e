from django.db import migrations

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated, walled

# An empty house has nobody in it who could be let in, so what the staff door may do there follows from the house
# itself: a row says that a centre is to be made here, and no centre stands. The worker alone writes that row; the
# function runs as the owner, who is under the policies too and sees through its own gates.
VACANT = """
CREATE FUNCTION lykta_vacant() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM centre_installation i WHERE i.centre_id = lykta_centre())
       AND NOT EXISTS (SELECT 1 FROM people_centre c WHERE c.centre_id = lykta_centre())
$$;
REVOKE ALL ON FUNCTION lykta_vacant FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_vacant TO lykta_staff;
"""

OWNER = "lykta_owner"
FIRST = f"{OF_CENTRE} AND lykta_vacant()"


def first(table: str, rows: str = FIRST) -> migrations.RunSQL:
    """May be written from the staff door while the house is vacant, and never again by this gate."""
    return gated(table, "vacant", [Gate("lykta_staff", "INSERT", rows)])


class Migration(migrations.Migration):
    dependencies = [
        ("centre", "0001_initial"),
        ("people", "0006_members"),
        ("access", "0004_terms"),
        ("sealing", "0006_spares"),
    ]
    operations = [
        walled(
            "centre_installation",
            [
                Gate("lykta_worker", "SELECT", BY_STAFF, columns=("centre_id", "tries")),
                Gate("lykta_worker", "INSERT", BY_STAFF),
                Gate("lykta_worker", "UPDATE", BY_STAFF, columns=("tries",)),
                Gate("lykta_worker", "DELETE", BY_STAFF),
                # Nobody acts yet. What was typed is sealed under a key that does not stand in the database.
                Gate("lykta_staff", "SELECT", OF_CENTRE),
                Gate("lykta_staff", "UPDATE", OF_CENTRE, columns=("sealed", "tries")),
                Gate("lykta_staff", "DELETE", OF_CENTRE),
                Gate(OWNER, "SELECT", OF_CENTRE),
            ],
        ),
        gated("people_centre", "vacant", [Gate(OWNER, "SELECT", OF_CENTRE)]),
        migrations.RunSQL(VACANT, migrations.RunSQL.noop),
        first("people_centre"),
        first("people_member"),
        first("account_emailaddress", "user_id = lykta_actor() AND lykta_vacant()"),
        first("access_place"),
        first("sealing_staffpair"),
        first("sealing_ring"),
        first("sealing_ringspare"),
        first("sealing_ringshare"),
        first("sealing_centreseed"),
    ]
