import uuid

from django.db import migrations, models

from lykta.core.walls import BY_STAFF, Gate, gated, walled

OWNER = "lykta_owner"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
HOUSE = f"{BY_STAFF} AND lykta_holds_ring('house')"

# How long one waits is the centre's own fact; it can be shorter or longer than a day, but it can't be nothing.
CHECKS = """
ALTER TABLE people_centre ADD CONSTRAINT centre_waits CHECK (readmission_hours BETWEEN 1 AND 168);
ALTER TABLE people_readmission
    ADD CONSTRAINT readmission_kind CHECK (kind IN ('password', 'second_factor', 'both')),
    ADD CONSTRAINT readmission_by_another CHECK (asked_by <> member_id AND shortened_by IS DISTINCT FROM member_id),
    ADD CONSTRAINT readmission_shortened CHECK ((shortened_by IS NULL) = (shortened_at IS NULL)
                                                AND (shortened_by IS NULL) = (shortened_why = ''));
"""

# Asked for, shortened and stopped only here, so that the waiting is the database's own: nobody writes another hour.
# Who is shut out or let go is not let in again by what was begun before; nor is anybody, by what she had begun.
# What nobody made use of in a week is over by itself: no old permission lies about.
LAPSED = "coalesce(shortened_at, opens_at) <= now() - interval '7 days'"
UNDER_WAY = "stopped_at IS NULL AND done_at IS NULL"
WORKS = f"is_active AND left_on IS NULL AND (leaves_on IS NULL OR leaves_on > {TODAY})"
FUNCTIONS = f"""
CREATE FUNCTION lykta_ask_readmission(of_member uuid, what text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') OR of_member = lykta_actor() THEN RETURN false; END IF;
    PERFORM 1 FROM people_member WHERE id = of_member AND {WORKS} FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE people_readmission SET stopped_at = now() WHERE member_id = of_member AND {UNDER_WAY} AND {LAPSED};
    PERFORM 1 FROM people_readmission WHERE member_id = of_member AND {UNDER_WAY};
    IF FOUND THEN RETURN false; END IF;
    INSERT INTO people_readmission (id, centre_id, member_id, kind, asked_by, asked_at, opens_at, shortened_why)
        SELECT gen_random_uuid(), c.centre_id, of_member, what, lykta_actor(), now(),
               now() + c.readmission_hours * interval '1 hour', ''
        FROM people_centre c WHERE c.centre_id = lykta_centre();
    RETURN FOUND;
END $$;
CREATE FUNCTION lykta_shorten_readmission(of_member uuid, why text) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') OR of_member = lykta_actor() OR coalesce(why, '') = '' THEN RETURN false; END IF;
    UPDATE people_readmission SET shortened_by = lykta_actor(), shortened_at = now(), shortened_why = why
        WHERE member_id = of_member AND {UNDER_WAY} AND shortened_at IS NULL AND opens_at > now();
    RETURN FOUND;
END $$;
CREATE FUNCTION lykta_stop_readmission(of_member uuid) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT lykta_holds_ring('house') AND of_member IS DISTINCT FROM lykta_actor() THEN RETURN false; END IF;
    UPDATE people_readmission SET stopped_at = now(), stopped_by = lykta_actor()
        WHERE member_id = of_member AND {UNDER_WAY};
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE people_invitation SET ended_at = now()
        WHERE member_id = of_member AND purpose <> 'new' AND used_at IS NULL AND ended_at IS NULL;
    RETURN true;
END $$;
CREATE FUNCTION lykta_may_readmit(of_member uuid, what text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT (of_member = lykta_actor() OR lykta_holds_ring('house'))
       AND EXISTS (SELECT 1 FROM people_readmission
                   WHERE member_id = of_member AND centre_id = lykta_centre() AND kind = what
                     AND {UNDER_WAY} AND coalesce(shortened_at, opens_at) <= now() AND NOT {LAPSED})
       AND EXISTS (SELECT 1 FROM people_member WHERE id = of_member AND {WORKS})
$$;
CREATE OR REPLACE FUNCTION lykta_spend_invitation() RETURNS text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    kept people_invitation;
BEGIN
    SELECT * INTO kept FROM people_invitation
        WHERE token_row = lykta_held('invitation') AND member_id = lykta_actor() AND centre_id = lykta_centre()
          AND used_at IS NULL AND ended_at IS NULL AND expires_at > now()
        FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF kept.purpose = 'new' THEN
        UPDATE people_member SET is_active = true, joined_on = {TODAY}
            WHERE id = kept.member_id AND joined_on IS NULL AND left_on IS NULL AND password LIKE '!%';
    ELSE
        UPDATE people_readmission SET done_at = now()
            WHERE member_id = kept.member_id AND lykta_may_readmit(kept.member_id, kept.purpose)
              AND {UNDER_WAY};
    END IF;
    IF NOT FOUND THEN RETURN NULL; END IF;
    UPDATE people_invitation SET used_at = now() WHERE id = kept.id;
    RETURN kept.purpose;
END $$;
CREATE FUNCTION lykta_end_readmission() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE people_invitation SET ended_at = now()
        WHERE purpose <> 'new' AND used_at IS NULL AND ended_at IS NULL AND (
            member_id = NEW.id OR made_by = NEW.id
            OR member_id IN (SELECT member_id FROM people_readmission WHERE {UNDER_WAY} AND asked_by = NEW.id));
    UPDATE people_readmission SET stopped_at = now(), stopped_by = lykta_actor()
        WHERE {UNDER_WAY} AND (member_id = NEW.id OR asked_by = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER people_member_shut AFTER UPDATE OF is_active ON people_member
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION lykta_end_readmission();
REVOKE ALL ON FUNCTION lykta_ask_readmission, lykta_shorten_readmission, lykta_stop_readmission, lykta_end_readmission
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_ask_readmission, lykta_shorten_readmission, lykta_stop_readmission TO lykta_staff;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_leaving")]
    operations = [
        migrations.AddField("centre", "readmission_hours", models.PositiveSmallIntegerField(default=24)),
        migrations.CreateModel(
            name="Readmission",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("member_id", models.UUIDField()),
                ("kind", models.CharField(max_length=16)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("opens_at", models.DateTimeField()),
                ("shortened_by", models.UUIDField(null=True)),
                ("shortened_at", models.DateTimeField(null=True)),
                ("shortened_why", models.CharField(max_length=20)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("stopped_by", models.UUIDField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "people_readmission",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("stopped_at", None)),
                        fields=("member_id",),
                        name="one_open_readmission",
                    )
                ],
            },
        ),
        migrations.RunSQL(CHECKS, migrations.RunSQL.noop),
        walled(
            "people_readmission",
            [
                Gate("lykta_staff", "SELECT", f"({HOUSE}) OR ({BY_STAFF} AND member_id = lykta_actor())"),
                *[Gate(OWNER, command, BY_STAFF) for command in ("SELECT", "INSERT", "UPDATE")],
            ],
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        gated(
            "people_invitation",
            "again",
            [
                # For who is let in again, once the waiting is over and for what was asked.
                Gate(
                    "lykta_staff",
                    "INSERT",
                    f"{HOUSE} AND made_by = lykta_actor() AND member_id <> lykta_actor()"
                    " AND lykta_may_readmit(member_id, purpose)"
                    " AND expires_at <= now() + interval '73 hours' AND used_at IS NULL AND ended_at IS NULL",
                )
            ],
        ),
    ]
