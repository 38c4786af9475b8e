"""Walls hold in the database: queries typed by hand, as each door's role, on planted rows."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings

from lykta.access.enums import Role
from lykta.config.doctor.walls import OPEN_TABLES
from lykta.contact import actions, call_actions, call_queries, queries
from lykta.contact.call_rules import Facts
from lykta.contact.enums import ReadReason
from lykta.contact.errors import NothingThere
from lykta.core import clock
from lykta.core.doors import WORKER, DoorError, become, door
from lykta.people.models import Centre, Member
from lykta.sealing.errors import NotHolder
from lykta.sealing.models import Wrap

DOORS = ("lykta_public", "lykta_agency", "lykta_staff", "lykta_worker", "lykta_app")


@pytest.fixture
def as_role(house):
    passwords = json.loads((Path(settings.LYKTA_DATA) / "keys.json").read_text())["database"]
    opened = []

    def connect(role):
        dsn = house.superuser.split(" user=")[0] + f" user={role} password={passwords[role]}"
        opened.append(psycopg.connect(dsn, autocommit=True))
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def lived_in(house):
    """A house with something in every room that could leak."""
    maja = house.actor(house.member("Maja"))
    visitor, _ = house.dialogue("planted")
    with door("staff", actor=maja.member):
        dialogue = queries.dialogue_for(maja, visitor.case)
        actions.answer(by=maja, dialogue=dialogue, text="planted reply", signed="Maja")
    return house


def tables(house):
    with house.as_superuser() as boss:
        rows = boss.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    return dict(rows)


def test_every_table_is_forced_under_its_policies_or_says_why_not(house):
    assert {name for name, forced in tables(house).items() if not forced} == set(OPEN_TABLES)


def test_every_row_of_a_centres_own_bears_its_centre(house):
    theirs = {"account_emailaddress", "account_emailconfirmation", "mfa_authenticator"}  # belong to a member
    with house.as_superuser() as boss:
        rows = boss.execute(
            "SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_name)"
            " WHERE column_name = 'centre_id' AND table_type = 'BASE TABLE'"
        )
        bearing = {name for (name,) in rows}
    assert set(tables(house)) - set(OPEN_TABLES) - theirs == bearing


@pytest.mark.parametrize("role", DOORS)
def test_a_query_by_hand_without_an_actor_returns_no_row(lived_in, as_role, role):
    connection = as_role(role)
    for table in tables(lived_in):
        if table in OPEN_TABLES:
            continue
        try:
            assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (0,), table
        except psycopg.errors.InsufficientPrivilege:
            continue


@pytest.mark.parametrize("role", ["lykta_public", "lykta_agency", "lykta_staff", "lykta_worker"])
def test_the_centre_alone_is_no_actor(lived_in, as_role, role):
    connection = as_role(role)
    connection.execute("SELECT set_config('lykta.centre', %s, false)", [str(settings.LYKTA_CENTRE)])
    for table in set(tables(lived_in)) - set(OPEN_TABLES):
        try:
            assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (0,), table
        except psycopg.errors.InsufficientPrivilege:
            continue


STAFF_TABLES = (
    *("people_member", "people_session", "people_centre", "sealing_staffpair", "sealing_ringshare", "access_place"),
    *("audit_event", "audit_head", "mfa_authenticator", "account_emailaddress", "catalogue_entry", "public_text"),
)


@pytest.mark.parametrize("role", ["lykta_public", "lykta_agency"])
def test_the_public_and_agency_doors_have_no_right_on_staff_tables(house, role):
    with house.as_superuser() as boss:
        for table in STAFF_TABLES:
            for command in ("SELECT", "INSERT", "UPDATE"):
                asked = "SELECT has_any_column_privilege(%s, %s, %s)", [role, table, command]
                assert boss.execute(*asked).fetchone() == (False,), (table, command)
            asked = "SELECT has_table_privilege(%s, %s, 'DELETE')", [role, table]
            assert boss.execute(*asked).fetchone() == (False,), table


def test_the_agency_door_has_no_right_on_anything(house):
    with house.as_superuser() as boss:
        rows = boss.execute(
            "SELECT table_name FROM information_schema.role_table_grants WHERE grantee = 'lykta_agency'"
        )
        assert rows.fetchall() == [("django_migrations",)]  # names of steps, so that a door knows its database


def test_no_role_but_the_owner_owns_tables_or_passes_the_policies(house):
    with house.as_superuser() as boss:
        owners = boss.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
        strong = boss.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'lykta%' AND (rolsuper OR rolbypassrls OR rolcreaterole)"
        ).fetchall()
    assert owners == [("lykta_owner",)]
    assert strong == []


def test_a_visitor_reads_no_message_back_not_even_her_own(lived_in, as_role):
    connection = as_role("lykta_public")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT sealed FROM contact_message")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT box FROM sealing_wrap")


def test_a_visitor_sees_her_own_dialogue_and_no_other(house):
    hers, _ = house.dialogue("hers")
    house.dialogue("another's")
    from lykta.contact.models import Dialogue

    with door("public", visitor=hers.lookup):
        assert [d.id for d in Dialogue.objects.all()] == [hers.case]
    with door("public", visitor="00" * 32):
        assert not Dialogue.objects.exists()


def test_staff_without_a_place_see_no_dialogue_and_staff_without_a_share_no_word(house):
    visitor, _ = house.dialogue()
    stranger = house.actor(house.member("Stranger", Role.AUDITOR, place=False, share=False))
    head = house.actor(house.member("Head", Role.HEAD, share=False))
    with door("staff", actor=stranger.member), pytest.raises(NothingThere):
        queries.dialogue_for(stranger, visitor.case)
    with door("staff", actor=head.member):
        dialogue = queries.dialogue_for(head, visitor.case)
        with pytest.raises(NotHolder):
            queries.read(head, dialogue, reason=ReadReason.FREE)


def test_who_holds_no_share_can_neither_see_make_nor_destroy_a_key(house):
    visitor, _ = house.dialogue()
    for role, place in ((Role.AUDITOR, False), (Role.HEAD, True)):
        member = house.member(role.value, role, place=place, share=False)
        with door("staff", actor=member.pk, case=str(visitor.case)):
            assert not Wrap.objects.exists()
            assert Wrap.objects.filter(case_id=visitor.case).delete()[0] == 0
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM sealing_wrap").fetchone() == (2,)


def test_another_centres_rows_do_not_exist(house):
    visitor, _ = house.dialogue()
    elsewhere = uuid4()
    other = house.member("Other", centre=elsewhere, share=False)
    with door("worker", actor=WORKER, centre=elsewhere):
        assert Centre.objects.count() == 0
    with door("staff", actor=other.pk, centre=elsewhere):
        assert [m.pk for m in Member.objects.all()] == [other.pk]
        with pytest.raises(NothingThere):
            queries.dialogue_for(house_actor(house, other), visitor.case)


def house_actor(house, member):
    from lykta.access.enums import Wall
    from lykta.access.rules import Actor

    return Actor(member.pk, member.centre_id, member.name, Role(member.role), frozenset({Wall.CONTACT}))


def test_the_actor_ends_with_the_transaction(house):
    maja = house.member("Maja")
    with door("staff", actor=maja.pk):
        assert Member.objects.exists()
    with door("staff"):
        assert not Member.objects.exists()


def test_a_door_does_not_open_inside_another(house):
    with door("staff"), pytest.raises(DoorError), door("public"):
        pass


@pytest.mark.parametrize("name", ["owner", "", "lykta_staff", "staff; --"])
def test_there_are_four_doors(house, name):
    with pytest.raises(DoorError), door(name):
        pass


def test_the_log_can_be_neither_changed_nor_written_past_its_function(lived_in, as_role):
    for role in DOORS:
        connection = as_role(role)
        for attack in (
            "UPDATE audit_event SET reason = 'x'",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event",
            "INSERT INTO audit_event SELECT * FROM audit_event",
            "UPDATE audit_head SET seq = 1",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(attack)
    with lived_in.as_superuser() as boss, pytest.raises(psycopg.errors.RaiseException):
        boss.execute("DELETE FROM audit_event")


WRITE = "SELECT lykta_record(%s, NULL, %s, %s)"
SIGN_OUT, COLLECT, MADE = "people:member:sign-out", "contact:reply:collect", "sealing:ring:make"


@pytest.mark.parametrize(
    ("role", "act", "reason", "count"),
    [
        ("staff", "Maja called", "", 0),
        ("staff", "people:member", "", 0),
        ("staff", "people:member:sign-out\nmore", "", 0),
        ("staff", "people:member:sign|out", "", 0),
        ("staff", None, "", 0),
        ("staff", SIGN_OUT, "Maja", 0),
        ("staff", SIGN_OUT, "0701234567", 0),
        ("staff", SIGN_OUT, "hon är rädd", 0),
        ("staff", SIGN_OUT, "a|b", 0),
        ("staff", SIGN_OUT, "own\n", 0),
        ("staff", SIGN_OUT, "a" * 41, 0),
        ("staff", SIGN_OUT, None, 0),
        ("staff", SIGN_OUT, "", -1),
        ("staff", SIGN_OUT, "", 100_001),
        ("staff", SIGN_OUT, "", None),
        ("public", SIGN_OUT, "", 0),
        ("public", "access:door:refused", "", 0),
        ("public", "contact:dialogue:read", "", 0),
        ("public", "contact:dialogue:answer", "", 0),
        ("worker", "contact:dialogue:read", "", 0),
        ("worker", "contact:dialogue:answer", "", 0),
        ("agency", "contact:dialogue:close", "", 0),
        ("public", "contact:call:log", "", 0),
        ("worker", "contact:call:read", "", 0),
        ("agency", "contact:call:remove", "", 0),
    ],
)
def test_the_log_takes_codes_and_no_words_and_of_each_door_only_its_own(house, as_role, role, act, reason, count):
    connection = as_role(f"lykta_{role}")
    connection.execute("SELECT set_config('lykta.centre', %s, false)", [str(settings.LYKTA_CENTRE)])
    with pytest.raises((psycopg.errors.IntegrityError, psycopg.errors.StringDataRightTruncation)):
        connection.execute(WRITE, [act, reason, count])


def test_a_visitor_is_nobody_in_the_log(house, as_role):
    connection = as_role("lykta_public")
    connection.execute("SELECT set_config('lykta.centre', %s, false)", [str(settings.LYKTA_CENTRE)])
    connection.execute("SELECT set_config('lykta.actor', %s, false)", [str(uuid4())])
    with pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(WRITE, [COLLECT, "", 0])


@pytest.mark.parametrize(
    ("role", "act", "reason", "count"),
    [
        ("staff", SIGN_OUT, "mfa:add_key. no-contact", 100_000),
        ("staff", COLLECT, "", 0),
        ("public", COLLECT, "visitor", 3),
        ("worker", MADE, "recovery", 0),
        ("worker", "contact:dialogue:erase", "days", 0),
    ],
)
def test_what_a_door_does_it_can_write(house, as_role, role, act, reason, count):
    connection = as_role(f"lykta_{role}")
    connection.execute("SELECT set_config('lykta.centre', %s, false)", [str(settings.LYKTA_CENTRE)])
    assert connection.execute(WRITE, [act, reason, count]).fetchone()


def test_what_staff_do_in_the_call_log_stands_in_a_chain_that_knows_only_days(house, as_role):
    connection = as_role("lykta_staff")
    connection.execute("SELECT set_config('lykta.centre', %s, false)", [str(settings.LYKTA_CENTRE)])
    for act in ("log", "read", "correct", "remove"):
        assert connection.execute(WRITE, [f"contact:call:{act}", "", 0]).fetchone()
    connection.execute(WRITE, [SIGN_OUT, "", 0])
    with house.as_superuser() as boss:
        told = boss.execute("SELECT DISTINCT chain, at::time FROM audit_event WHERE act LIKE 'contact:call:%'")
        assert [(chain, str(at)) for chain, at in told.fetchall()] == [("calls", "00:00:00")]
        for forged in ("chain = 'staff' WHERE chain = 'calls'", "chain = 'calls' WHERE act = 'people:member:sign-out'"):
            boss.execute("SET session_replication_role = replica")
            with pytest.raises(psycopg.errors.CheckViolation):
                boss.execute(f"UPDATE audit_event SET {forged}")


def test_a_refused_sign_in_names_the_member_whose_address_was_given_and_nobody_else(house):
    from django.test import Client

    maja = house.member("Maja")
    for network, address in (("192.0.2.1", "MAJA@test.example"), ("192.0.2.2", "nobody@test.example")):
        for _ in range(12):
            Client(REMOTE_ADDR=network).post("/personal/logga-in/", {"login": address, "password": "wrong"})
    with house.as_superuser() as boss:
        told = boss.execute(
            "SELECT DISTINCT object, reason FROM audit_event WHERE act = 'people:member:sign-in-refused'"
        ).fetchall()
    assert set(told) == {(who, why) for who in (maja.pk, None) for why in ("password", "too many tries")}


@pytest.fixture
def staff_by_hand(house, as_role):
    """A connection as the staff role, what is held there, and two members, the first with a second factor."""
    maja, tomas = house.member("Maja"), house.member("Tomas")
    with house.as_superuser() as boss:
        boss.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now())",
            [maja.pk],
        )
    connection = as_role("lykta_staff")

    def held(**values):
        for name in ("actor", "sign_in"):
            connection.execute("SELECT set_config(%s, %s, false)", [f"lykta.{name}", str(values.get(name, ""))])
        connection.execute("SELECT set_config('lykta.centre', %s, false)", [str(settings.LYKTA_CENTRE)])
        return connection

    return held, maja, tomas


def test_who_is_signing_in_may_look_but_change_no_password_and_no_factor(staff_by_hand):
    held, maja, _ = staff_by_hand
    connection = held(sign_in=maja.email)
    assert connection.execute("SELECT email FROM people_member").fetchall() == [(maja.email,)]
    assert connection.execute("SELECT type FROM mfa_authenticator").fetchall() == [("totp",)]
    assert connection.execute("UPDATE people_member SET password = 'x'").rowcount == 0
    assert connection.execute("DELETE FROM mfa_authenticator").rowcount == 0
    assert connection.execute("UPDATE mfa_authenticator SET last_used_at = now()").rowcount == 1
    for attack in (
        'UPDATE mfa_authenticator SET data = \'{"secret": "mine"}\'',
        f"UPDATE mfa_authenticator SET user_id = '{UUID(int=7)}'",
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
        f" VALUES ('{maja.pk}', 'webauthn', '{{}}', now())",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(attack)


def test_a_member_reads_her_colleagues_names_but_nobodys_password_but_her_own(staff_by_hand):
    held, maja, tomas = staff_by_hand
    connection = held(actor=tomas.pk)
    assert connection.execute("SELECT id FROM people_member").fetchall() == [(tomas.pk,)]
    assert set(connection.execute("SELECT name FROM people_colleague").fetchall()) == {("Maja",), ("Tomas",)}
    assert connection.execute("UPDATE people_member SET password = 'x' WHERE id <> %s", [tomas.pk]).rowcount == 0
    assert connection.execute("DELETE FROM mfa_authenticator").rowcount == 0
    for attack in ("SELECT password FROM people_colleague", "UPDATE people_colleague SET role = 'head'"):
        with pytest.raises(psycopg.Error):
            connection.execute(attack)
    for nobody in ({}, {"sign_in": maja.email}):
        assert held(**nobody).execute("SELECT count(*) FROM people_colleague").fetchone() == (0,)


@pytest.mark.parametrize("role", ["lykta_public", "lykta_agency", "lykta_worker", "lykta_app"])
def test_no_other_door_sees_the_view_of_colleagues(house, as_role, role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role(role).execute("SELECT * FROM people_colleague")


def test_the_worker_reads_no_password(house, as_role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("lykta_worker").execute("SELECT password FROM people_member")


def test_an_actor_can_be_set_only_for_this_transaction(house):
    with door("staff"):
        become(actor=uuid4())
    with door("staff"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT lykta_actor()")
            assert cursor.fetchone() == (None,)


@pytest.fixture
def two_calls(house, as_role):
    """A call of Maja's in the room and one of Anna's at the desk, each with a note; a connection for hand-typed SQL."""
    people = {
        "maja": house.member("Maja"),
        "anna": house.member("Anna", Role.RECEPTION, place=False, share=False),
        "berit": house.member("Berit", Role.RECEPTION, place=False, share=False),
        "gunnel": house.member("Gunnel", Role.HEAD, share=False),
        "sara": house.member("Sara", place=False),
        "per": house.member("Per", Role.AUDITOR, place=False, share=False),
    }
    calls = {}
    for name in ("maja", "anna"):
        actor = house.actor(people[name])
        with door("staff", actor=actor.member):
            offer = call_queries.offer(on=clock.today())
            facts = Facts("phone", "exposed", "calm", concern=("latent",))
            made = call_actions.log_call(by=actor, on=clock.today(), facts=facts, offer=offer, note="planted note")
            calls[name] = made.id
    connection = as_role("lykta_staff")
    connection.execute("SELECT set_config('lykta.centre', %s, false)", [str(settings.LYKTA_CENTRE)])

    def held(name, case=""):
        member = str(people[name].pk) if name else ""
        for key, value in (("actor", member), ("case", str(case))):
            connection.execute("SELECT set_config(%s, %s, false)", [f"lykta.{key}", value])
        return connection

    return held, people, calls


@pytest.mark.parametrize(
    ("who", "calls", "versions", "notes"),
    [
        ("maja", 2, 2, 2),
        ("anna", 2, 2, 1),  # the note of her own, which she must be able to take away and can't open
        ("berit", 2, 2, 0),
        ("gunnel", 2, 2, 0),  # inside the wall, with no share of the ring
        ("sara", 0, 0, 0),
        ("per", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_the_call_log_is_seen_from_the_room_and_the_desk_and_notes_by_holders(two_calls, who, calls, versions, notes):
    held, _, _ = two_calls
    connection = held(who)
    seen = [
        connection.execute(f"SELECT count(*) FROM contact_{table}").fetchone()[0]
        for table in ("call", "callversion", "callnote")
    ]
    assert seen == [calls, versions, notes]


@pytest.mark.parametrize("who", ["sara", "per", "", "berit"])
def test_who_did_not_log_a_call_from_outside_the_room_changes_nothing_of_it(two_calls, who):
    held, _, calls = two_calls
    for case in calls.values():
        connection = held(who, case)
        assert connection.execute("UPDATE contact_call SET number = 2").rowcount == 0
        keys = () if who == "sara" else ("sealing_wrap",)  # who holds a share is let into a case by its door
        for table in ("contact_callnote", "contact_callversion", "contact_call", *keys):
            assert connection.execute(f"DELETE FROM {table}").rowcount == 0, table


INSERT_CALL = 'INSERT INTO contact_call (id, centre_id, ref, "on", by, number) VALUES (%s, %s, %s, %s, %s, %s)'
INSERT_VERSION = (
    'INSERT INTO contact_callversion (id, centre_id, call_id, number, "on", by, reason, channel, caller, urgency,'
    " named, sealed) VALUES (%s, %s, %s, 2, current_date, %s, %s, 'phone', 'other', 'calm', false, '')"
)


@pytest.mark.parametrize(
    ("who", "signed", "back", "number", "may"),
    [
        ("maja", "maja", 0, 1, True),
        ("anna", "anna", 0, 1, True),
        ("maja", "maja", 31, 1, True),
        ("maja", "maja", 32, 1, False),
        ("maja", "maja", -1, 1, False),
        ("maja", "maja", 0, 2, False),
        ("maja", "anna", 0, 1, False),
        ("anna", "maja", 0, 1, False),
        ("sara", "sara", 0, 1, False),
        ("per", "per", 0, 1, False),
        ("", "maja", 0, 1, False),
    ],
)
def test_a_call_is_logged_by_hand_only_in_ones_own_name_and_near_its_day(two_calls, who, signed, back, number, may):
    held, people, _ = two_calls
    on = clock.today() - timedelta(days=back)
    values = [uuid4(), settings.LYKTA_CENTRE, "S-BYHAND", on, people[signed].pk, number]
    if may:
        assert held(who).execute(INSERT_CALL, values).rowcount == 1
    else:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            held(who).execute(INSERT_CALL, values)


@pytest.mark.parametrize(
    ("who", "whose", "signed", "reason", "may"),
    [
        ("maja", "maja", "maja", "", True),
        ("maja", "anna", "maja", "wrong", True),
        ("maja", "anna", "maja", "", False),
        ("maja", "maja", "anna", "", False),
        ("anna", "anna", "anna", "", True),
        ("anna", "maja", "anna", "wrong", False),
        ("berit", "anna", "berit", "wrong", False),
        ("sara", "maja", "sara", "wrong", False),
    ],
)
def test_a_colleagues_call_is_corrected_by_hand_only_from_the_room_and_with_a_reason(
    two_calls, who, whose, signed, reason, may
):
    held, people, calls = two_calls
    values = [uuid4(), settings.LYKTA_CENTRE, calls[whose], people[signed].pk, reason]
    if may:
        assert held(who).execute(INSERT_VERSION, values).rowcount == 1
    else:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            held(who).execute(INSERT_VERSION, values)


def test_what_was_written_about_a_call_is_never_written_over(two_calls):
    held, _, calls = two_calls
    for attack in (
        "UPDATE contact_callversion SET caller = 'other'",
        "UPDATE contact_callnote SET sealed = ''",
        'UPDATE contact_call SET "on" = current_date - 1',
        "UPDATE contact_call SET by = gen_random_uuid()",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            held("maja", calls["maja"]).execute(attack)


def test_reception_reaches_the_keys_of_her_own_call_and_of_no_other_case(two_calls, house):
    held, _, calls = two_calls
    visitor, _ = house.dialogue()
    ring = house.ring.id
    for case, seen in ((calls["anna"], 4), (calls["maja"], 0), (visitor.case, 0)):
        connection = held("anna", case)
        assert connection.execute("SELECT count(*) FROM sealing_wrap").fetchone() == (seen,)
        planted = (
            "INSERT INTO sealing_wrap (id, centre_id, case_id, part, ring_id, box) VALUES (%s, %s, %s, %s, %s, '')"
        )
        values = [uuid4(), settings.LYKTA_CENTRE, case, uuid4(), ring]
        if seen:
            assert connection.execute(planted, values).rowcount == 1
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(planted, values)
    assert held("anna").execute("SELECT count(*) FROM sealing_wrap").fetchone() == (0,)


@pytest.mark.parametrize("role", ["lykta_public", "lykta_agency"])
def test_no_visitor_and_no_agency_has_any_right_on_the_call_log(house, role):
    with house.as_superuser() as boss:
        for table in ("contact_call", "contact_callversion", "contact_callnote"):
            for command in ("SELECT", "INSERT", "UPDATE"):
                asked = "SELECT has_any_column_privilege(%s, %s, %s)", [role, table, command]
                assert boss.execute(*asked).fetchone() == (False,), (table, command)


def test_the_worker_finds_what_is_due_and_reads_nothing_of_it(two_calls, as_role):
    worker = as_role("lykta_worker")
    for key, value in (("actor", WORKER), ("centre", settings.LYKTA_CENTRE)):
        worker.execute("SELECT set_config(%s, %s, false)", [f"lykta.{key}", str(value)])
    assert worker.execute('SELECT count("on") FROM contact_call').fetchone() == (2,)
    for column in ("callversion.sealed", "callversion.caller", "callnote.sealed", "call.by"):
        table, name = column.split(".")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            worker.execute(f"SELECT {name} FROM contact_{table}")
