"""A personal file in the database: who may know of it, who reads it, what is sealed, what hand-typed SQL can't do."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
import time_machine
from django.db import ProgrammingError, connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.rules import Actor
from lykta.cases import actions, listing, queries, search
from lykta.cases.enums import CloseReason, Guard, Mode, OpenReason, SheetKind
from lykta.cases.errors import (
    AlreadyWritten,
    Closed,
    LastOfTeam,
    Moved,
    NotAble,
    NothingThere,
    ReasonNeeded,
    Unsound,
)
from lykta.cases.models import File, Note
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.sealing.actions import turn_ring
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder
from lykta.sealing.queries import case_keys
from lykta.sealing.signing import open_seed
from lykta.sealing.turning import turn_wraps

NAME = {"given_names": "Påhittad Anna-Lisa", "family_name": "Exempelsson", "number": "199001019984"}
IDENTITY = NAME | {"number_kind": "personnummer", "address": "Hittepågatan 3"}
SAID = "Det här är sagt i förtroende."
BOTH = (Wall.CONTACT, Wall.EXPOSED)


@pytest.fixture
def cast(house: House) -> tuple[House, Actor, Actor, Actor]:
    """Maja and Tomas within the wall of the exposed, Ingrid within that of those who use violence."""
    house.install()
    maja, tomas = (house.actor(house.member(n, walls=BOTH)) for n in ("Maja", "Tomas"))
    return house, maja, tomas, house.actor(house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))


def as_(actor: Actor):
    return door("staff", actor=actor.member)


def opened(by: Actor, **more) -> UUID:
    values = {"wall": Wall.EXPOSED, "service": "ENSK", "mode": Mode.FULL, "identity": IDENTITY, "named": False}
    with as_(by):
        return actions.open_file(by=by, file=uuid4(), **(values | more)).pk


def noted(by: Actor, file: UUID, text: str = SAID, **more) -> UUID:
    note = uuid4()
    values = {"dissent": "", "guards": (), "why": ""} | more
    with as_(by):
        actions.write(by=by, file=queries.file_for(by, file), note=note, text=text, **values)
    return note


def texts(by: Actor, file: UUID) -> list[str]:
    with as_(by):
        return [n.text for n in queries.read(by, queries.file_for(by, file)).notes]


def found(by: Actor, typed: str) -> list[UUID]:
    with as_(by):
        return [row.id for row in search.find(by, search.sought(typed, on=clock.today()))]


def log(house: House, act: str) -> list[tuple[str, int]]:
    with house.as_superuser() as boss:
        return boss.execute("SELECT reason, count FROM audit_event WHERE act = %s ORDER BY seq", [act]).fetchall()


def test_who_opens_a_file_reads_it_and_each_reading_is_one_event(cast):
    house, maja, *_ = cast
    file = opened(maja)
    noted(maja, file)
    with as_(maja):
        read = queries.read(maja, queries.file_for(maja, file))
    assert read.sheets[SheetKind.IDENTITY].words == IDENTITY
    assert read.sheets[SheetKind.SAFE_CONTACT].version == 0
    assert [n.text for n in read.notes] == [SAID]
    assert log(house, "cases:file:read") == [("", 2)]


def test_no_word_of_a_file_lies_open_in_the_database(cast):
    house, maja, *_ = cast
    noted(maja, opened(maja))
    with house.as_superuser() as boss:
        tables = [t for (t,) in boss.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()]
        rows = [str(row) for table in tables for row in boss.execute(f'SELECT t::text FROM "{table}" t').fetchall()]
    dump = "\n".join(rows)
    hexed = [w.encode().hex() for w in (SAID, *IDENTITY.values())]
    assert [w for w in (SAID, *NAME.values(), "Hittepågatan", *hexed) if w in dump] == []


def test_a_colleague_inside_the_wall_knows_of_it_and_opens_it_with_a_reason_for_an_hour(cast):
    house, maja, tomas, _ = cast
    file = opened(maja)
    noted(maja, file)
    with pytest.raises(ReasonNeeded):
        texts(tomas, file)
    with as_(tomas), pytest.raises(Unsound):
        actions.open_for_an_hour(by=tomas, file=queries.file_for(tomas, file), reason=OpenReason.URGENT, words=" ")
    with as_(tomas):
        actions.open_for_an_hour(
            by=tomas, file=queries.file_for(tomas, file), reason=OpenReason.URGENT, words="Hon ringer nu"
        )
    assert texts(tomas, file) == [SAID]
    assert log(house, "cases:file:open") == [("urgent", 0)]
    assert log(house, "cases:file:read") == [("urgent", 2)]
    with house.as_superuser() as boss:
        boss.execute("UPDATE cases_opening SET at = at - interval '60 minutes'")
    with pytest.raises(ReasonNeeded):
        texts(tomas, file)


def test_the_other_side_of_the_wall_finds_nothing_anywhere(cast):
    _, maja, _, ingrid = cast
    file = opened(maja)
    noted(maja, file)
    with as_(ingrid):
        for wanted in (file, uuid4()):
            with pytest.raises(NothingThere):
                queries.file_for(ingrid, wanted)
        assert listing.files(ingrid, mine=False).rows == []
    assert found(ingrid, "Exempelsson") == []
    assert found(ingrid, NAME["number"]) == []


@pytest.mark.parametrize("typed", ["exempelsson", "Anna", "anna-lisa Exempelsson", "900101-9984", "19900101 9984"])
def test_a_file_is_found_by_whole_names_and_by_its_number(cast, typed):
    _, maja, tomas, _ = cast
    file = opened(maja)
    assert found(tomas, typed) == [file]


@pytest.mark.parametrize("typed", ["", "Exempel", "Anna Svensson", "Hittepågatan", "900101-9976", "L-BCDFGH", "'; --"])
def test_and_by_nothing_else(cast, typed):
    _, maja, *_ = cast
    opened(maja)
    assert found(maja, typed) == []


def test_a_search_is_one_event_and_a_new_name_replaces_the_old_one_in_it(cast):
    house, maja, *_ = cast
    file = opened(maja)
    with as_(maja):
        row = queries.file_for(maja, file)
        new = IDENTITY | {"family_name": "Nyttnamn"}
        actions.change_sheet(by=maja, file=row, kind=SheetKind.IDENTITY, words=new, seen=1)
    assert found(maja, "Nyttnamn") == [file]
    assert found(maja, "Exempelsson") == []
    assert log(house, "cases:file:search") == [("name", 1), ("name", 0)]


def test_a_named_file_exists_for_its_team_alone(cast):
    _, maja, tomas, _ = cast
    file = opened(maja, named=True)
    noted(maja, file)
    assert found(maja, "Exempelsson") == [file]
    assert found(tomas, "Exempelsson") == []
    with as_(tomas), pytest.raises(NothingThere):
        queries.file_for(tomas, file)
    with as_(tomas), pytest.raises(NotHolder):
        case_keys(tomas.holder, file)
    with as_(maja):
        actions.add_to_team(by=maja, file=queries.file_for(maja, file), member=tomas.member, leads=False)
    assert texts(tomas, file) == [SAID]
    assert found(tomas, "900101-9984") == [file]


def test_who_leaves_a_named_file_holds_no_key_to_it_and_none_to_what_comes(cast):
    _, maja, tomas, _ = cast
    file = opened(maja, named=True)
    with as_(maja):
        actions.add_to_team(by=maja, file=queries.file_for(maja, file), member=tomas.member, leads=False)
        actions.take_from_team(by=maja, file=queries.file_for(maja, file), member=tomas.member)
    noted(maja, file)
    with as_(tomas), pytest.raises(NotHolder):
        case_keys(tomas.holder, file)
    assert texts(maja, file) == [SAID]
    assert found(maja, "Exempelsson") == [file]


def test_an_excluded_colleague_decrypts_nothing_even_as_the_databases_superuser(cast):
    house, maja, tomas, _ = cast
    file = opened(maja, excluded=[tomas.member])
    noted(maja, file)
    with house.as_superuser() as boss:  # he gives himself every row there is
        everything = boss.execute("SELECT count(*) FROM sealing_memberwrap WHERE member_id = %s", [tomas.member])
        rings = boss.execute(
            "SELECT r.name FROM sealing_wrap w JOIN sealing_ring r ON r.id = w.ring_id WHERE w.case_id = %s", [file]
        )
        assert (everything.fetchone(), rings.fetchall()) == ((0,), [("recovery",)])
    with as_(maja), pytest.raises(NotAble) as told:
        actions.add_to_team(by=maja, file=queries.file_for(maja, file), member=tomas.member, leads=False)
    assert told.value.code == "excluded"


def test_an_exclusion_holds_for_every_word_written_later(cast):
    _, maja, tomas, _ = cast
    file = opened(maja)
    with as_(tomas):
        before = case_keys(tomas.holder, file)
    with as_(maja):
        actions.exclude(by=maja, file=queries.file_for(maja, file), members=[tomas.member])
    noted(maja, file)
    assert texts(maja, file) == [SAID]
    with as_(tomas), pytest.raises(NotHolder):
        case_keys(tomas.holder, file)
    with as_(maja):
        assert File.objects.get(pk=file).part not in before  # a copied old key opens nothing new


def test_a_turned_ring_still_opens_files_and_still_finds_them(cast):
    house, maja, tomas, _ = cast
    file = opened(maja)
    noted(maja, file)
    head = house.actor(house.member("Gunnel", Role.HEAD, walls=()))
    with as_(head):
        turn_ring(name=RingName.EXPOSED, seed=open_seed(head.holder))
    with as_(tomas):
        assert turn_wraps(tomas.holder).left == 0
    assert texts(maja, file) == [SAID]
    assert found(tomas, "Exempelsson") == [file]


def test_a_correction_keeps_the_earlier_wording_and_two_do_not_overwrite_each_other(cast):
    _, maja, tomas, _ = cast
    file = opened(maja)
    with as_(maja):
        actions.add_to_team(by=maja, file=queries.file_for(maja, file), member=tomas.member, leads=False)
    note = noted(maja, file, "Först")
    values = {"dissent": "Hon minns det annorlunda.", "guards": (Guard.GUARDIAN,), "why": ""}
    with as_(maja):
        actions.correct(by=maja, file=queries.file_for(maja, file), note=uuid4(), replaces=note, text="Sedan", **values)
    with as_(tomas), pytest.raises(Moved):
        actions.correct(
            by=tomas, file=queries.file_for(tomas, file), note=uuid4(), replaces=note, text="Också", **values
        )
    with as_(maja):
        (row,) = queries.read(maja, queries.file_for(maja, file)).notes
    assert (row.text, row.dissent, row.guards) == ("Sedan", "Hon minns det annorlunda.", (Guard.GUARDIAN,))
    assert [o.text for o in row.older] == ["Först"]


def test_two_who_change_the_same_sheet_lose_no_words(cast):
    _, maja, *_ = cast
    file = opened(maja)
    with as_(maja):
        row = queries.file_for(maja, file)
        actions.change_sheet(by=maja, file=row, kind=SheetKind.SAFE_CONTACT, words={"call": "no"}, seen=0)
        with pytest.raises(Moved):
            actions.change_sheet(by=maja, file=row, kind=SheetKind.SAFE_CONTACT, words={"call": "yes"}, seen=0)
        assert queries.read(maja, row).sheets[SheetKind.SAFE_CONTACT].words == {"call": "no"}


def test_the_same_form_sent_twice_is_one(cast):
    _, maja, *_ = cast
    file, note = uuid4(), uuid4()
    values = {"wall": Wall.EXPOSED, "service": "", "mode": Mode.FULL, "identity": IDENTITY, "named": False}
    with as_(maja):
        actions.open_file(by=maja, file=file, **values)
        with pytest.raises(AlreadyWritten):
            actions.open_file(by=maja, file=file, **values)
        row = queries.file_for(maja, file)
        again = {"note": note, "text": "en gång", "dissent": "", "guards": (), "why": ""}
        actions.write(by=maja, file=row, **again)
        with pytest.raises(AlreadyWritten):
            actions.write(by=maja, file=row, **again)
        assert Note.objects.count() == 1


def test_a_closed_file_takes_nothing_more_until_it_is_opened_again(cast):
    _, maja, *_ = cast
    file = opened(maja)
    with as_(maja):
        row = queries.file_for(maja, file)
        actions.close(by=maja, file=row, reason=CloseReason.COMPLETED)
        assert listing.files(maja).rows == []
        assert [r.id for r in listing.files(maja, closed=True).rows] == [file]
    with pytest.raises(Closed):
        noted(maja, file)
    with as_(maja):
        actions.reopen(by=maja, file=queries.file_for(maja, file))
    noted(maja, file)


def test_somebody_always_leads_a_file_and_only_who_works_inside_can(cast):
    _, maja, tomas, ingrid = cast
    file = opened(maja)
    with as_(maja):
        row = queries.file_for(maja, file)
        with pytest.raises(LastOfTeam):
            actions.take_from_team(by=maja, file=row, member=maja.member)
        with pytest.raises(NotAble):
            actions.add_to_team(by=maja, file=row, member=ingrid.member, leads=True)
        actions.add_to_team(by=maja, file=row, member=tomas.member, leads=True)
        assert [(t.name, t.leads) for t in queries.team_of(maja, row)] == [("Tomas", True), ("Maja", False)]
        actions.take_from_team(by=maja, file=row, member=maja.member)
    with pytest.raises(ReasonNeeded):
        texts(maja, file)


HAND = [
    "SELECT * FROM cases_note",
    "SELECT * FROM cases_sheet",
    "SELECT * FROM cases_exclusion",
    "SELECT * FROM cases_opening",
    "DELETE FROM cases_token",
]


@pytest.mark.parametrize("statement", HAND)
@pytest.mark.parametrize("held", [True, False])
def test_by_hand_a_colleague_without_a_reason_reads_no_row(cast, statement, held):
    _, maja, tomas, _ = cast
    file = opened(maja)
    noted(maja, file)
    with door("staff", actor=tomas.member, **({"case": str(file)} if held else {})), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO cases_opening (id, centre_id, file_id, member_id, at, reason, part, sealed)"
        " VALUES (gen_random_uuid(), %(centre)s, %(file)s, %(me)s, now(), 'urgent', %(file)s, '')",
        "UPDATE cases_note SET sealed = ''",
        "DELETE FROM cases_note",
        "DELETE FROM cases_file",
        "UPDATE cases_file SET wall = 'using_violence'",
        "UPDATE cases_file SET centre_id = gen_random_uuid()",
    ],
)
def test_by_hand_nobody_changes_what_was_written_or_opens_unlogged(cast, statement):
    _, maja, *_ = cast
    file = opened(maja)
    values = {"centre": maja.centre, "file": file, "me": maja.member}
    with (
        pytest.raises(ProgrammingError) as told,
        door("staff", actor=maja.member, case=str(file)),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
    assert isinstance(told.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_by_hand_the_other_side_and_the_excluded_cannot_open_by_the_function_either(cast):
    _, maja, tomas, ingrid = cast
    ring, named = opened(maja), opened(maja, excluded=[tomas.member])
    call = "SELECT * FROM lykta_open_file(gen_random_uuid(), %s, 'urgent', gen_random_uuid(), '')"
    for who, file in ((ingrid, ring), (tomas, named), (ingrid, uuid4())):
        with pytest.raises(ProgrammingError), as_(who), connection.cursor() as cursor:
            cursor.execute(call, [file])


def test_who_is_assigned_but_has_left_the_wall_reads_nothing(cast):
    house, maja, *_ = cast
    file = opened(maja)
    noted(maja, file)
    with house.as_superuser() as boss:
        left = "UPDATE access_place SET from_on = from_on - 2, until_on = from_on WHERE member_id = %s AND wall = %s"
        boss.execute(left, [maja.member, "exposed"])
    with door("staff", actor=maja.member, case=str(file)), connection.cursor() as cursor:
        for table in ("cases_file", "cases_note", "cases_sheet", "cases_assignment"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def test_the_log_stays_whole_and_anchored_when_the_database_itself_writes_an_event(cast):
    from lykta.audit.queries import verify

    _, maja, tomas, _ = cast
    file = opened(maja)
    with as_(tomas):
        actions.open_for_an_hour(by=tomas, file=queries.file_for(tomas, file), reason=OpenReason.URGENT, words="Nu")
    with door("worker", actor=WORKER):
        assert [r.broken for r in verify(maja.centre)] == [None] * len(verify(maja.centre))


def test_told_of_the_right_to_apply_has_its_day(cast):
    _, maja, *_ = cast
    with time_machine.travel(clock.now() - timedelta(days=1), tick=False):
        file = opened(maja)
    with as_(maja):
        row = queries.file_for(maja, file)
        assert row.told_on is None
        actions.tell(by=maja, file=row, on=clock.today())
        assert File.objects.get(pk=file).told_on == clock.today()
