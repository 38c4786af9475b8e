import uuid

import django.db.models.deletion
from django.db import migrations, models

from lykta.core.walls import BY_STAFF, OF_CENTRE, Gate, walled

OWNER = "lykta_owner"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
# The same lengths as in cases.glass_rules (a test asks both).
HOUR, ANSWERED_WITHIN, KEPT = "interval '60 minutes'", "interval '8 hours'", "interval '7 days'"
MOST_A_DAY = 10
BODY = "SECURITY DEFINER SET search_path = pg_catalog, public AS $$"
PRIVATE = "lykta_able_inside, lykta_may_borrow, lykta_lent_until"

# Who may come into a file at all, for good or for an hour: a place inside its wall today, and on no team on the other
# side of it. Who may borrow a named file's key: she, not excluded, and not on its team already. Until when she has.
# What they tell of others is for the functions below alone; a door asks only about the one who acts.
RULES = f"""
CREATE FUNCTION lykta_able_inside(who uuid, of_wall text) RETURNS boolean LANGUAGE sql STABLE {BODY}
    SELECT EXISTS (SELECT 1 FROM access_place p
                   WHERE p.member_id = who AND p.wall = of_wall AND p.from_on <= {TODAY}
                     AND (p.until_on IS NULL OR p.until_on > {TODAY}))
       AND NOT EXISTS (SELECT 1 FROM cases_assignment a JOIN cases_file f ON f.id = a.file_id
                       WHERE a.member_id = who AND a.until_on IS NULL AND lykta_side(f.wall) <> lykta_side(of_wall))
$$;
CREATE OR REPLACE FUNCTION lykta_able_to_join() RETURNS trigger LANGUAGE plpgsql {BODY}
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.leads OR NOT NEW.leads) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM cases_file f
                   WHERE f.id = NEW.file_id AND lykta_able_inside(NEW.member_id, f.wall)) THEN
        RAISE EXCEPTION 'not able to join' USING ERRCODE = 'check_violation', CONSTRAINT = 'able_to_join';
    END IF;
    UPDATE cases_ask k SET ended_at = clock_timestamp(), ended_by = lykta_actor()  -- now she has it for good
        WHERE k.file_id = NEW.file_id AND k.member_id = NEW.member_id AND k.granted AND k.ended_at IS NULL
          AND k.answered_at > now() - {HOUR};
    RETURN NEW;
END $$;
CREATE FUNCTION lykta_may_borrow(who uuid, wanted uuid) RETURNS boolean LANGUAGE sql STABLE {BODY}
    SELECT EXISTS (SELECT 1 FROM cases_file f
                   WHERE f.id = wanted AND f.named AND f.centre_id = lykta_centre() AND lykta_able_inside(who, f.wall))
       AND NOT EXISTS (SELECT 1 FROM cases_exclusion e WHERE e.file_id = wanted AND e.member_id = who)
       AND NOT EXISTS (SELECT 1 FROM cases_assignment a
                       WHERE a.file_id = wanted AND a.member_id = who AND a.until_on IS NULL)
$$;
CREATE FUNCTION lykta_lent_until(who uuid, wanted uuid) RETURNS timestamptz LANGUAGE sql STABLE {BODY}
    SELECT max(k.answered_at) + {HOUR} FROM cases_ask k
    WHERE k.file_id = wanted AND k.member_id = who AND k.granted AND k.ended_at IS NULL
      AND k.answered_at > now() - {HOUR} AND lykta_may_borrow(who, wanted)
$$;
CREATE FUNCTION lykta_is_lent(wanted uuid) RETURNS boolean LANGUAGE sql STABLE {BODY}
    SELECT lykta_lent_until(lykta_actor(), wanted) IS NOT NULL
$$;
REVOKE ALL ON FUNCTION {PRIVATE} FROM PUBLIC;
CREATE FUNCTION lykta_works_with(wanted uuid) RETURNS boolean LANGUAGE sql STABLE {BODY}
    SELECT lykta_on_team(wanted) AND EXISTS (SELECT 1 FROM cases_file f WHERE f.id = wanted AND lykta_works_in(f.wall))
$$;
CREATE FUNCTION lykta_asked_of_me(wanted uuid) RETURNS boolean LANGUAGE sql STABLE {BODY}
    SELECT EXISTS (SELECT 1 FROM cases_asked d WHERE d.ask_id = wanted AND lykta_works_with(d.file_id))
$$;
CREATE OR REPLACE FUNCTION lykta_sees_file(wanted uuid, of_wall text, is_named boolean) RETURNS boolean LANGUAGE sql
STABLE AS $$
    SELECT lykta_works_in(of_wall) AND (NOT is_named OR lykta_on_team(wanted) OR lykta_is_lent(wanted))
$$;
"""

# As before, and a named file too, for who has it lent. Reading it asks for both: the hour she was given, and this.
OPEN_FILE = f"""
CREATE OR REPLACE FUNCTION lykta_open_file(in_id uuid, in_file uuid, in_reason text, in_part uuid, in_sealed bytea,
                                OUT centre uuid, OUT chain text, OUT seq bigint, OUT hash bytea)
LANGUAGE plpgsql {BODY}
DECLARE file record;
BEGIN
    SELECT f.wall, f.named INTO file FROM cases_file f WHERE f.id = in_file;
    IF NOT FOUND OR lykta_actor() IS NULL OR NOT lykta_works_in(file.wall)
       OR (file.named AND NOT lykta_is_lent(in_file))
       OR EXISTS (SELECT 1 FROM cases_exclusion e WHERE e.file_id = in_file AND e.member_id = lykta_actor()) THEN
        RAISE EXCEPTION 'no such file' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO cases_opening (id, centre_id, file_id, member_id, at, reason, part, sealed)
        VALUES (in_id, lykta_centre(), in_file, lykta_actor(), clock_timestamp(), in_reason, in_part, in_sealed);
    SELECT r.centre, r.chain, r.seq, r.hash INTO lykta_open_file.centre, lykta_open_file.chain, lykta_open_file.seq,
        lykta_open_file.hash FROM lykta_record('cases:file:open', in_file, in_reason, 0) r;
END $$;
"""

OUT = "OUT centre uuid, OUT chain text, OUT seq bigint, OUT hash bytea"


def _recorded(function: str, event: str) -> str:
    return f"""SELECT r.centre, r.chain, r.seq, r.hash INTO {function}.centre, {function}.chain, {function}.seq,
        {function}.hash FROM lykta_record({event}, 0) r;"""


# Asking says nothing back: the number may be of no file, of one she may open without asking, or of one she must not
# know of, and the same is done and written. Who asks gives her words to every colleague inside her walls, and only the
# boxes of the file's team are kept: so she never learns whose they are, and nobody excluded has one.
ASK = f"""
CREATE FUNCTION lykta_ask(in_id uuid, in_ref text, in_reason text, in_sealed bytea, in_members uuid[],
                          in_boxes bytea[], {OUT})
LANGUAGE plpgsql {BODY}
DECLARE wanted uuid;
BEGIN
    IF lykta_actor() IS NULL OR lykta_centre() IS NULL THEN
        RAISE EXCEPTION 'nobody asks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(lykta_actor()::text, 2));
    IF (SELECT count(*) FROM cases_ask k
        WHERE k.member_id = lykta_actor() AND k.asked_at > now() - interval '24 hours') >= {MOST_A_DAY} THEN
        RAISE EXCEPTION 'asked too often' USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_too_often';
    END IF;
    DELETE FROM cases_ask_key y USING cases_ask k WHERE k.id = y.ask_id AND k.asked_at < now() - {KEPT};
    SELECT f.id INTO wanted FROM cases_file f WHERE f.ref = in_ref AND lykta_may_borrow(lykta_actor(), f.id);
    INSERT INTO cases_ask (id, centre_id, member_id, asked_at, ref, reason, sealed)
        VALUES (in_id, lykta_centre(), lykta_actor(), clock_timestamp(), in_ref, in_reason, in_sealed);
    INSERT INTO cases_asked (ask_id, centre_id, file_id) VALUES (in_id, lykta_centre(), wanted);
    INSERT INTO cases_ask_key (id, centre_id, ask_id, member_id, box)
        SELECT gen_random_uuid(), lykta_centre(), in_id, g.member, g.box
        FROM unnest(in_members, in_boxes) g(member, box)
        WHERE g.member = lykta_actor() OR EXISTS (SELECT 1 FROM cases_assignment a WHERE a.file_id = wanted
                                                  AND a.member_id = g.member AND a.until_on IS NULL);
    {_recorded("lykta_ask", "'cases:glass:ask', in_id, in_reason")}
END $$;
REVOKE ALL ON FUNCTION lykta_ask FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_ask TO lykta_staff;
"""

# Two keys: who answers is on the team and holds the file's key herself; who asked may still be let in, and everything
# about her is asked anew. One at a time has a file lent: what is written meanwhile is under a key that only she and
# the team have.
ANSWER = f"""
CREATE FUNCTION lykta_answer_ask(in_ask uuid, in_yes boolean, in_sealed bytea, {OUT})
LANGUAGE plpgsql {BODY}
DECLARE asked record; wanted uuid;
BEGIN
    SELECT k.* INTO asked FROM cases_ask k WHERE k.id = in_ask FOR UPDATE;
    SELECT d.file_id INTO wanted FROM cases_asked d WHERE d.ask_id = in_ask;
    IF asked.id IS NULL OR wanted IS NULL OR NOT lykta_works_with(wanted) OR asked.member_id = lykta_actor()
       OR asked.answered_at IS NOT NULL OR asked.ended_at IS NOT NULL
       OR asked.asked_at <= now() - {ANSWERED_WITHIN} THEN
        RAISE EXCEPTION 'nothing to answer' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(wanted::text, 0));
    IF in_yes AND (NOT lykta_holds_case(wanted) OR NOT lykta_may_borrow(asked.member_id, wanted)
                   OR EXISTS (SELECT 1 FROM cases_ask k WHERE k.file_id = wanted AND k.granted AND k.ended_at IS NULL
                              AND k.answered_at > now() - {HOUR})) THEN
        RAISE EXCEPTION 'not to be lent' USING ERRCODE = 'check_violation', CONSTRAINT = 'ask_not_to_be_lent';
    END IF;
    UPDATE cases_ask k SET answered_at = clock_timestamp(), answered_by = lykta_actor(), granted = in_yes,
        sealed_answer = in_sealed, file_id = CASE WHEN in_yes THEN wanted END,
        part = CASE WHEN in_yes THEN (SELECT f.part FROM cases_file f WHERE f.id = wanted) END WHERE k.id = in_ask;
    DELETE FROM cases_ask_key y WHERE y.ask_id = in_ask AND y.member_id <> asked.member_id;
    {_recorded("lykta_answer_ask", "'cases:glass:' || CASE WHEN in_yes THEN 'grant' ELSE 'decline' END, wanted, ''")}
END $$;
REVOKE ALL ON FUNCTION lykta_answer_ask FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_answer_ask TO lykta_staff;
"""

# Taken back by who asked, or shut before the hour is over, by her or by somebody of the team.
END = f"""
CREATE FUNCTION lykta_end_ask(in_ask uuid, {OUT})
LANGUAGE plpgsql {BODY}
DECLARE asked record;
BEGIN
    SELECT k.* INTO asked FROM cases_ask k WHERE k.id = in_ask FOR UPDATE;
    IF asked.id IS NULL OR lykta_actor() IS NULL OR asked.ended_at IS NOT NULL
       OR (asked.answered_at IS NULL AND asked.member_id <> lykta_actor())
       OR (asked.answered_at IS NOT NULL AND (NOT asked.granted OR asked.answered_at <= now() - {HOUR}
           OR NOT (asked.member_id = lykta_actor() OR lykta_works_with(asked.file_id)))) THEN
        RAISE EXCEPTION 'nothing to end' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE cases_ask k SET ended_at = clock_timestamp(), ended_by = lykta_actor() WHERE k.id = in_ask;
    DELETE FROM cases_ask_key y WHERE y.ask_id = in_ask AND y.member_id <> asked.member_id;
    DELETE FROM sealing_memberwrap m
        WHERE m.case_id = asked.file_id AND m.member_id = asked.member_id AND m.until IS NOT NULL;
    {
    _recorded(
        "lykta_end_ask",
        "CASE WHEN asked.granted THEN 'cases:glass:end' ELSE 'cases:glass:withdraw' END,"
        " coalesce(asked.file_id, in_ask), ''",
    )
}
END $$;
REVOKE ALL ON FUNCTION lykta_end_ask FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lykta_end_ask TO lykta_staff;
"""

# A file's key is given to its team, for good, and to who has it lent, until her hour is over; to nobody else, whoever
# holds it and whatever is typed. A named file stays one, its part is changed by its team, and a new part ends what was
# lent: she who borrowed has no key of it.
TRIGGERS = f"""
CREATE FUNCTION lykta_wrap_for_whom() RETURNS trigger LANGUAGE plpgsql {BODY}
BEGIN
    IF EXISTS (SELECT 1 FROM cases_file f WHERE f.id = NEW.case_id) THEN
        NEW.until := NULL;
        IF NOT EXISTS (SELECT 1 FROM cases_assignment a
                       WHERE a.file_id = NEW.case_id AND a.member_id = NEW.member_id AND a.until_on IS NULL) THEN
            NEW.until := lykta_lent_until(NEW.member_id, NEW.case_id);
            IF NEW.until IS NULL THEN
                RAISE EXCEPTION 'a key for nobody of the file'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'key_for_team';
            END IF;
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sealing_memberwrap_for_whom BEFORE INSERT OR UPDATE ON sealing_memberwrap
    FOR EACH ROW EXECUTE FUNCTION lykta_wrap_for_whom();
CREATE FUNCTION lykta_file_key_before() RETURNS trigger LANGUAGE plpgsql {BODY}
BEGIN
    IF EXISTS (SELECT 1 FROM sealing_memberwrap m WHERE m.case_id = NEW.id AND m.member_id <> lykta_actor()) THEN
        RAISE EXCEPTION 'a key given before the file was there'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'key_for_team';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_file_key_before BEFORE INSERT ON cases_file
    FOR EACH ROW EXECUTE FUNCTION lykta_file_key_before();
CREATE FUNCTION lykta_file_stays_named() RETURNS trigger LANGUAGE plpgsql {BODY}
BEGIN
    IF (OLD.named AND NOT NEW.named) OR (OLD.part <> NEW.part AND NOT lykta_on_team(OLD.id)) THEN
        RAISE EXCEPTION 'a named file stays one' USING ERRCODE = 'check_violation', CONSTRAINT = 'file_stays_named';
    END IF;
    IF OLD.part <> NEW.part THEN
        UPDATE cases_ask k SET ended_at = clock_timestamp(), ended_by = lykta_actor()
            WHERE k.file_id = OLD.id AND k.granted AND k.ended_at IS NULL AND k.answered_at > now() - {HOUR};
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_file_stays_named BEFORE UPDATE OF named, part ON cases_file
    FOR EACH ROW EXECUTE FUNCTION lykta_file_stays_named();
"""
MINE = "member_id = lykta_actor()"


def _file() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="asks", to="cases.file"
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_demand"), ("sealing", "0009_lent"), ("audit", "0004_reader")]
    operations = [
        migrations.CreateModel(
            "Ask",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("member_id", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("ref", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=12)),
                ("sealed", models.BinaryField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("granted", models.BooleanField(null=True)),
                ("sealed_answer", models.BinaryField(null=True)),
                ("part", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("file", _file()),
            ],
            {
                "db_table": "cases_ask",
                "indexes": [
                    models.Index(fields=["file", "member_id"], name="cases_ask_of_file"),
                    models.Index(fields=["member_id", "asked_at"], name="cases_ask_of_member"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(answered_at=None, answered_by=None, granted=None, file=None, part=None)
                        | models.Q(
                            answered_at__isnull=False, answered_by__isnull=False, granted=False, file=None, part=None
                        )
                        | models.Q(
                            answered_at__isnull=False,
                            answered_by__isnull=False,
                            granted=True,
                            file__isnull=False,
                            part__isnull=False,
                        ),
                        name="ask_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("member_id")),
                        name="ask_takes_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Asked",
            [
                (
                    "ask",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="about",
                        serialize=False,
                        to="cases.ask",
                    ),
                ),
                ("centre_id", models.UUIDField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="cases.file"
                    ),
                ),
            ],
            {"db_table": "cases_asked", "indexes": [models.Index(fields=["file"], name="cases_asked_of_file")]},
        ),
        migrations.CreateModel(
            "AskKey",
            [
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("centre_id", models.UUIDField()),
                ("member_id", models.UUIDField()),
                ("box", models.BinaryField()),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="keys", to="cases.ask"
                    ),
                ),
            ],
            {
                "db_table": "cases_ask_key",
                "constraints": [models.UniqueConstraint(fields=["ask", "member_id"], name="one_ask_key_each")],
            },
        ),
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
        walled(
            "cases_ask",
            [
                Gate("lykta_staff", "SELECT", f"{BY_STAFF} AND ({MINE} OR lykta_asked_of_me(id))"),
                Gate(OWNER, "SELECT", OF_CENTRE),
                Gate(OWNER, "INSERT", OF_CENTRE),
                Gate(OWNER, "UPDATE", OF_CENTRE),
            ],
        ),
        walled(
            "cases_asked",
            [
                Gate("lykta_staff", "SELECT", f"{BY_STAFF} AND lykta_works_with(file_id)"),
                Gate(OWNER, "SELECT", OF_CENTRE),
                Gate(OWNER, "INSERT", OF_CENTRE),
            ],
        ),
        walled(
            "cases_ask_key",
            [
                Gate(
                    "lykta_staff",
                    "SELECT",
                    f"{BY_STAFF} AND {MINE} AND EXISTS (SELECT 1 FROM cases_ask k WHERE k.id = ask_id)",
                ),
                Gate(OWNER, "SELECT", OF_CENTRE),
                Gate(OWNER, "INSERT", OF_CENTRE),
                Gate(OWNER, "DELETE", OF_CENTRE),
            ],
        ),
        migrations.RunSQL([OPEN_FILE, ASK, ANSWER, END, TRIGGERS], migrations.RunSQL.noop),
    ]
