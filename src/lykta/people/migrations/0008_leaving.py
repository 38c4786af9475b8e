from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, gated

OWNER = "lykta_owner"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
THIS_BROWSER = f"{OF_CENTRE} AND row = lykta_held('session')"
HERS = f"{BY_STAFF} AND member_id = lykta_actor()"
ACTS = "lykta_actor() IS NOT NULL"

# A browser's row says whose it is once she has signed in, and nobody can say it of another.
SESSIONS = f"""
DROP POLICY staff_insert_1 ON people_session;
DROP POLICY staff_update_2 ON people_session;
CREATE POLICY staff_insert_owned ON people_session FOR INSERT TO lykta_staff
    WITH CHECK ({THIS_BROWSER} AND (member_id IS NULL OR member_id = lykta_actor()));
CREATE POLICY staff_update_owned ON people_session FOR UPDATE TO lykta_staff USING ({THIS_BROWSER})
    WITH CHECK ({THIS_BROWSER} AND (member_id IS NULL OR member_id = lykta_actor()));
"""

# What those of the house do to another's row on her way out; never to their own. When she is let go, nothing is left
# that she could sign in with, and her address is free for whoever comes back.
FUNCTIONS = f"""
CREATE FUNCTION lykta_set_leaving(of_member uuid, first_day_without date) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') OR of_member = lykta_actor() THEN RETURN false; END IF;
    UPDATE people_member SET leaves_on = first_day_without
        WHERE id = of_member AND left_on IS NULL AND joined_on IS NOT NULL;
    RETURN FOUND;
END $$;
CREATE FUNCTION lykta_shut(of_member uuid, shut boolean) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') OR of_member = lykta_actor() THEN RETURN false; END IF;
    UPDATE people_member SET is_active = NOT shut
        WHERE id = of_member AND left_on IS NULL AND joined_on IS NOT NULL;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM people_session WHERE member_id = of_member;
    RETURN true;
END $$;
CREATE FUNCTION lykta_let_go(of_member uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') OR of_member = lykta_actor() THEN RETURN false; END IF;
    UPDATE people_member SET is_active = false, left_on = {TODAY}, leaves_on = least(leaves_on, {TODAY}),
                             password = '!', email = id || '@left.invalid'
        WHERE id = of_member AND left_on IS NULL AND joined_on IS NOT NULL;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM people_session WHERE member_id = of_member;
    DELETE FROM mfa_authenticator WHERE user_id = of_member;
    DELETE FROM account_emailaddress WHERE user_id = of_member;
    UPDATE people_invitation SET ended_at = now() WHERE member_id = of_member AND used_at IS NULL AND ended_at IS NULL;
    DELETE FROM people_absence WHERE member_id = of_member AND from_on >= {TODAY};
    UPDATE people_absence SET stand_in = NULL WHERE stand_in = of_member AND until_on > {TODAY};
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION lykta_set_leaving, lykta_shut, lykta_let_go FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_set_leaving, lykta_shut, lykta_let_go TO lykta_staff;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_duties"), ("sealing", "0007_leaving")]
    operations = [
        migrations.AddField("session", "member_id", models.UUIDField(null=True)),
        migrations.AddField("session", "opened_on", models.DateField(null=True)),
        migrations.AddField("session", "device", models.BinaryField(null=True)),
        migrations.RunSQL(SESSIONS, migrations.RunSQL.noop),
        gated(
            "people_session",
            "own",
            [
                *[Gate("lykta_staff", command, HERS) for command in ("SELECT", "DELETE")],
                *[Gate(OWNER, command, BY_STAFF) for command in ("SELECT", "DELETE")],
            ],
        ),
        gated("mfa_authenticator", "leaving", [Gate(OWNER, c, ACTS) for c in ("SELECT", "DELETE")]),
        gated("account_emailaddress", "leaving", [Gate(OWNER, c, ACTS) for c in ("SELECT", "DELETE")]),
        gated("people_absence", "leaving", [Gate(OWNER, c, BY_STAFF) for c in ("SELECT", "UPDATE", "DELETE")]),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
