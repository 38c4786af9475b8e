import uuid

import django.contrib.postgres.fields
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, DOOR_ROLES, OF_CENTRE, Gate, gated, walled

OWNER = "lykta_owner"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
HOUSE = f"{BY_STAFF} AND lykta_holds_ring('house')"
BY_LINK = f"{OF_CENTRE} AND token_row = lykta_held('invitation')"
MINE = "(user_id = lykta_actor() OR user_id IN (SELECT id FROM people_member WHERE email = lykta_held('sign_in')))"

# What one person may not be (access.rules.roles_clash), and what a row may not say of itself.
CHECKS = """
ALTER TABLE people_member
    ADD CONSTRAINT member_roles_apart CHECK (NOT (
        (ARRAY[role] || also) && ARRAY['auditor', 'technician']::varchar[]
        AND (ARRAY[role] || also) && ARRAY['counsellor', 'child_counsellor', 'therapist', 'partner_contact',
                                           'kast_counsellor', 'coordinator']::varchar[])),
    ADD CONSTRAINT member_in_has_joined CHECK (NOT is_active OR joined_on IS NOT NULL),
    ADD CONSTRAINT member_left_is_shut CHECK (left_on IS NULL OR NOT is_active);
"""

VIEWS = f"""
CREATE OR REPLACE VIEW people_colleague WITH (security_barrier = true) AS
    SELECT id, centre_id, name, role, is_active AND (leaves_on IS NULL OR leaves_on > {TODAY}) AS is_active,
           also, joined_on, leaves_on, left_on
    FROM people_member WHERE {BY_STAFF};
CREATE VIEW people_address WITH (security_barrier = true) AS
    SELECT id AS member_id, centre_id, email FROM people_member WHERE {HOUSE};
REVOKE ALL ON people_address FROM PUBLIC, {", ".join(DOOR_ROLES)};
GRANT SELECT ON people_address TO lykta_staff;
"""

# A link is worth one deed of one member, once and in its time. It is tried and spent in the same breath, so that two
# pages open at once are one.
FUNCTIONS = f"""
CREATE FUNCTION lykta_spend_invitation() RETURNS text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    kept people_invitation;
BEGIN
    SELECT * INTO kept FROM people_invitation
        WHERE token_row = lykta_held('invitation') AND member_id = lykta_actor() AND centre_id = lykta_centre()
          AND used_at IS NULL AND ended_at IS NULL AND expires_at > now()
        FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    UPDATE people_invitation SET used_at = now() WHERE id = kept.id;
    IF kept.purpose = 'new' THEN
        UPDATE people_member SET is_active = true, joined_on = {TODAY}
            WHERE id = kept.member_id AND joined_on IS NULL AND left_on IS NULL AND password LIKE '!%';
        IF NOT FOUND THEN RETURN NULL; END IF;
    END IF;
    RETURN kept.purpose;
END $$;
CREATE FUNCTION lykta_uninvite(of_member uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') THEN RETURN false; END IF;
    PERFORM 1 FROM people_member
        WHERE id = of_member AND NOT is_active AND joined_on IS NULL AND left_on IS NULL FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM people_invitation WHERE member_id = of_member;
    DELETE FROM access_place WHERE member_id = of_member;
    DELETE FROM people_member WHERE id = of_member;
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION lykta_spend_invitation, lykta_uninvite FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_spend_invitation, lykta_uninvite TO lykta_staff;
"""

# Spare codes are marked as used while their owner is still signing in. Nothing else of a second factor is ever changed
# in its row, by whatever hand: not whose it is, not its secret, and a used code stays used.
KEPT = """
CREATE FUNCTION lykta_factor_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.user_id <> OLD.user_id OR NEW.type <> OLD.type OR NEW.created_at <> OLD.created_at
       OR (NEW.data <> OLD.data AND NOT coalesce(
           OLD.type = 'recovery_codes'
           AND NEW.data - ARRAY['used_mask', 'viewed_at'] = OLD.data - ARRAY['used_mask', 'viewed_at']
           AND (OLD.data->>'used_mask')::bigint & ~(NEW.data->>'used_mask')::bigint = 0
           AND coalesce(NEW.data->'viewed_at' = OLD.data->'viewed_at', OLD.data->'viewed_at' IS NULL), false))
    THEN RAISE EXCEPTION 'a second factor stays as it was made' USING ERRCODE = 'insufficient_privilege'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mfa_authenticator_stays BEFORE UPDATE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION lykta_factor_stays();
"""

ROLES = django.contrib.postgres.fields.ArrayField(models.CharField(max_length=20), default=list)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_centre_facts"), ("access", "0004_terms"), ("sealing", "0004_turning")]
    operations = [
        migrations.AddField("member", "also", ROLES),
        # Who is here already has joined; nobody may look through the rows to say so one by one.
        migrations.RunSQL(
            "ALTER TABLE people_member ADD COLUMN joined_on date DEFAULT current_date;"
            " ALTER TABLE people_member ALTER COLUMN joined_on DROP DEFAULT",
            "ALTER TABLE people_member DROP COLUMN joined_on",
            state_operations=[migrations.AddField("member", "joined_on", models.DateField(null=True))],
        ),
        migrations.AddField("member", "leaves_on", models.DateField(null=True)),
        migrations.AddField("member", "left_on", models.DateField(null=True)),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("member_id", models.UUIDField()),
                ("purpose", models.CharField(max_length=16)),
                ("token_row", models.CharField(max_length=64, unique=True)),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "people_invitation",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("used_at", None)),
                        fields=("member_id",),
                        name="one_open_invitation",
                    )
                ],
            },
        ),
        migrations.RunSQL(CHECKS, migrations.RunSQL.noop),
        walled(
            "people_invitation",
            [
                Gate("lykta_staff", "SELECT", f"({HOUSE}) OR ({BY_LINK})"),
                # For somebody else, for as long as is allowed, and for who has never come in.
                Gate(
                    "lykta_staff",
                    "INSERT",
                    f"{HOUSE} AND made_by = lykta_actor() AND member_id <> lykta_actor() AND purpose = 'new'"
                    " AND expires_at <= now() + interval '73 hours' AND used_at IS NULL AND ended_at IS NULL",
                ),
                Gate("lykta_staff", "UPDATE", HOUSE, columns=("ended_at",)),
                Gate("lykta_worker", "INSERT", BY_STAFF),
                *[Gate(OWNER, command, BY_STAFF) for command in ("SELECT", "UPDATE", "DELETE")],
            ],
        ),
        gated(
            "people_member",
            "members",
            [
                # New, shut and without a password: the link opens the row, once, and only for whoever it is for.
                Gate(
                    "lykta_staff",
                    "INSERT",
                    f"{HOUSE} AND NOT is_active AND password LIKE '!%'"
                    " AND joined_on IS NULL AND left_on IS NULL AND last_login IS NULL",
                ),
                Gate("lykta_worker", "SELECT", BY_STAFF, columns=("also", "joined_on", "leaves_on", "left_on")),
                Gate(OWNER, "UPDATE", BY_STAFF),
                Gate(OWNER, "DELETE", f"{BY_STAFF} AND NOT is_active AND joined_on IS NULL"),
            ],
        ),
        gated(
            "access_place",
            "members",
            [Gate(OWNER, command, BY_STAFF) for command in ("SELECT", "DELETE")],
        ),
        gated(
            "mfa_authenticator",
            "members",
            [Gate("lykta_staff", "UPDATE", MINE, columns=("user_id", "type", "data", "created_at"))],
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(VIEWS, "DROP VIEW people_address"),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("member_id", models.UUIDField(primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("email", models.EmailField(max_length=254)),
            ],
            options={"db_table": "people_address", "managed": False},
        ),
    ]
