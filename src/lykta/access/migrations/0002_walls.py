from django.db import migrations

from lykta.core.walls import BY_STAFF, Gate, walled

# Asked by the policies of every room that stands behind a wall. It sees only what the caller may see: its own centre.
WORKS_IN = """
CREATE FUNCTION lykta_works_in(wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_place p
        WHERE p.member_id = lykta_actor() AND p.centre_id = lykta_centre() AND p.wall = wanted
          AND p.from_on <= (now() AT TIME ZONE 'Europe/Stockholm')::date
          AND (p.until_on IS NULL OR p.until_on > (now() AT TIME ZONE 'Europe/Stockholm')::date))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("core", "0001_who_acts")]
    operations = [
        walled(
            "access_place",
            [
                # Colleagues may know who works where; nobody changes it from the staff door yet.
                Gate("lykta_staff", "SELECT", BY_STAFF),
                Gate("lykta_worker", "SELECT", BY_STAFF),
                Gate("lykta_worker", "INSERT", BY_STAFF),
            ],
        ),
        migrations.RunSQL(WORKS_IN, migrations.RunSQL.noop),
    ]
