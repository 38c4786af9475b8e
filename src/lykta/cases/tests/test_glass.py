"""Two keys for a named file in the database: who asks, who lends, for how long; what hand-typed SQL can't do."""

import re
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.rules import Actor
from lykta.cases import actions, glass, glass_actions, queries
from lykta.cases.enums import Mode, OpenReason
from lykta.cases.errors import AlreadyWritten, NotAble, NothingThere, TooOften, Unsound, WrongStep
from lykta.cases.glass_enums import AskState
from lykta.cases.glass_rules import LENT_MINUTES, MOST_A_DAY, WAITS_HOURS
from lykta.cases.models import AskKey, File
from lykta.core import clock
from lykta.core.doors import door
from lykta.people.models import Member
from lykta.sealing.errors import CannotOpen, NotHolder
from lykta.sealing.named import key_from
from lykta.sealing.queries import case_keys

SAID, WHY, NO = "Det här är sagt i förtroende.", "Hon ringer och är rädd.", "Ring mig först."
IDENTITY = {"given_names": "Påhittad", "family_name": "Exempelsson", "number_kind": "none"}
BOTH = (Wall.CONTACT, Wall.EXPOSED)


class Cast:
    """Maja has a named file; Tomas and Sara work inside the wall, Ingrid on the other side of it."""

    def __init__(self, house: House) -> None:
        house.install()
        self.house = house
        self.rows = {n: house.member(n, walls=BOTH) for n in ("Maja", "Tomas", "Sara")}
        self.rows["Ingrid"] = house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,))
        self.maja, self.tomas, self.sara, self.ingrid = (house.actor(self.rows[n]) for n in self.rows)
        self.file = self.opened(self.maja, named=True)
        self.note(self.maja, self.file)

    def opened(self, by: Actor, wall: Wall = Wall.EXPOSED, **more) -> UUID:
        values = {"service": "ENSK", "mode": Mode.FULL, "identity": IDENTITY, "named": False} | more
        with as_(by):
            return actions.open_file(by=by, file=uuid4(), wall=wall, **values).pk

    def ref(self, file: UUID) -> str:
        with self.house.as_superuser() as boss:
            return boss.execute("SELECT ref FROM cases_file WHERE id = %s", [file]).fetchone()[0]

    def ask(self, by: Actor, ref: str = "") -> UUID:
        ask = uuid4()
        with as_(by):
            typed = ref or self.ref(self.file)
            glass_actions.ask_for_file(by=by, ask=ask, typed=typed, reason=OpenReason.URGENT, words=WHY)
        return ask

    def openers(self, ask: UUID) -> set[UUID]:
        """Whose box of a question's key opens, for who has a copy of every row."""
        with self.house.as_superuser() as boss:
            boxes = dict(boss.execute("SELECT member_id, box FROM cases_ask_key WHERE ask_id = %s", [ask]).fetchall())
        found = set()
        for actor in (self.maja, self.tomas, self.sara, self.ingrid):
            if actor.member in boxes:
                with suppress(CannotOpen):
                    found |= {actor.member} if key_from(actor.holder, ask, bytes(boxes[actor.member])) else set()
        return found

    def grant(self, by: Actor, ask: UUID) -> None:
        with as_(by):
            glass_actions.grant(by=by, ask=glass.ask_for(by, ask))

    def lent(self, to: Actor) -> UUID:
        """Asked, lent and opened."""
        ask = self.ask(to)
        self.grant(self.maja, ask)
        self.open(to, ask)
        return ask

    def open(self, by: Actor, ask: UUID) -> None:
        with as_(by):
            glass_actions.open_lent(by=by, ask=glass.ask_for(by, ask))

    def end(self, by: Actor, ask: UUID) -> None:
        with as_(by):
            glass_actions.end(by=by, ask=glass.ask_for(by, ask))

    def note(self, by: Actor, file: UUID, text: str = SAID) -> None:
        values = {"text": text, "dissent": "", "guards": (), "why": ""}
        with as_(by):
            actions.write(by=by, file=queries.file_for(by, file), note=uuid4(), **values)

    def state(self, by: Actor, ask: UUID) -> AskState:
        with as_(by):
            return glass.row_of(by, glass.ask_for(by, ask)).state

    def texts(self, by: Actor) -> list[str]:
        with as_(by):
            return sorted(n.text for n in queries.read(by, queries.file_for(by, self.file)).notes)

    def minutes_pass(self, minutes: float) -> None:
        """As if the asking, the yes and the opening had been so much earlier, and what is lent with them."""
        with self.house.as_superuser() as boss:
            boss.execute("SET session_replication_role = replica")
            for table, column in (
                ("cases_ask", "asked_at"),
                ("cases_ask", "answered_at"),
                ("cases_opening", "at"),
                ("sealing_memberwrap", "until"),
            ):
                boss.execute(f"UPDATE {table} SET {column} = {column} - %s * interval '1 minute'", [minutes])

    def part(self) -> UUID:
        with self.house.as_superuser() as boss:
            return boss.execute("SELECT part FROM cases_file WHERE id = %s", [self.file]).fetchone()[0]


@pytest.fixture
def cast(house: House) -> Cast:
    return Cast(house)


def as_(actor: Actor):
    return door("staff", actor=actor.member)


def log(house: House, like: str) -> list[tuple[str, UUID | None, UUID | None]]:
    with house.as_superuser() as boss:
        query = "SELECT act, actor, object FROM audit_event WHERE act LIKE %s ORDER BY seq"
        return boss.execute(query, [like]).fetchall()


def test_two_together_open_a_named_file_for_an_hour_and_every_step_is_an_event(cast):
    ask = cast.ask(cast.tomas)
    with as_(cast.maja):
        assert [row.id for row in glass.to_me(cast.maja)] == [ask]
        assert glass.said(cast.maja, glass.ask_for(cast.maja, ask)).words == WHY
    cast.grant(cast.maja, ask)
    with as_(cast.tomas), pytest.raises(queries.ReasonNeeded):  # lent, and not opened yet
        queries.read(cast.tomas, queries.file_for(cast.tomas, cast.file))
    cast.open(cast.tomas, ask)
    assert cast.texts(cast.tomas) == [SAID]
    maja, tomas, file = cast.maja.member, cast.tomas.member, cast.file
    assert log(cast.house, "cases:glass:%") == [
        ("cases:glass:ask", tomas, ask),
        ("cases:glass:read", maja, ask),
        ("cases:glass:grant", maja, file),
        ("cases:glass:read", tomas, ask),
    ]
    assert log(cast.house, "cases:file:open") == [("cases:file:open", tomas, file)]
    with cast.house.as_superuser() as boss:
        reviews = boss.execute("SELECT kind, member_id, object FROM desk_review").fetchall()
    assert reviews == [("opened", tomas, file)]
    with as_(cast.maja):  # what the person herself can be given
        queries.file_for(cast.maja, file)
        told = [(row.name, row.what) for row in queries.readers_of(cast.maja, File.objects.get(pk=file))]
    assert ("Tomas", "öppnade en akt utan att vara med i den") in told
    assert ("Maja", "lät en kollega öppna en namngiven akt i en timme") in told


def test_after_the_hour_nothing_of_it_is_hers(cast):
    ask = cast.lent(cast.tomas)
    cast.minutes_pass(LENT_MINUTES - 1)
    assert cast.texts(cast.tomas) == [SAID]
    cast.minutes_pass(1)
    with as_(cast.tomas), pytest.raises(NothingThere):
        queries.file_for(cast.tomas, cast.file)
    with as_(cast.tomas), pytest.raises(NotHolder):
        case_keys(cast.tomas.holder, cast.file)
    assert cast.state(cast.tomas, ask) == AskState.OVER
    with as_(cast.tomas), pytest.raises(NothingThere):
        glass_actions.open_lent(by=cast.tomas, ask=glass.ask_for(cast.tomas, ask))


def test_the_next_word_of_the_team_is_under_a_key_she_never_had(cast):
    before = cast.part()
    cast.lent(cast.tomas)
    with as_(cast.tomas):
        copied = set(case_keys(cast.tomas.holder, cast.file))
    cast.note(cast.maja, cast.file, "Skrivet under timmen")
    assert cast.part() == before
    assert cast.texts(cast.tomas) == ["Det här är sagt i förtroende.", "Skrivet under timmen"]
    cast.minutes_pass(LENT_MINUTES)
    cast.note(cast.maja, cast.file, "Skrivet efter")
    assert cast.part() not in copied
    cast.note(cast.maja, cast.file, "Och mer")
    with cast.house.as_superuser() as boss:
        parts = boss.execute("SELECT count(DISTINCT part) FROM cases_note").fetchone()
        hers = boss.execute("SELECT count(*) FROM sealing_memberwrap WHERE member_id = %s", [cast.tomas.member])
        assert (parts, hers.fetchone()) == ((2,), (0,))
    assert len(cast.texts(cast.maja)) == 4
    cast.lent(cast.tomas)  # and lent anew she reads all of it
    assert len(cast.texts(cast.tomas)) == 4


def test_who_has_it_lent_may_write_in_it_and_no_more(cast):
    cast.lent(cast.tomas)
    cast.note(cast.tomas, cast.file, "Hon ringde, vi talade.")
    assert "Hon ringde, vi talade." in cast.texts(cast.maja)
    with as_(cast.tomas):
        file = queries.file_for(cast.tomas, cast.file)
        with pytest.raises(NotAble):
            actions.add_to_team(by=cast.tomas, file=file, member=cast.sara.member, leads=False)
        with pytest.raises(NotAble):
            actions.exclude(by=cast.tomas, file=file, members=[cast.sara.member])


def test_who_is_put_on_the_team_in_her_hour_holds_the_key_for_good(cast):
    cast.lent(cast.tomas)
    with as_(cast.maja):
        file = queries.file_for(cast.maja, cast.file)
        actions.add_to_team(by=cast.maja, file=file, member=cast.tomas.member, leads=False)
    cast.minutes_pass(LENT_MINUTES)
    assert cast.texts(cast.tomas) == [SAID]


@pytest.mark.parametrize("who", ["maja", "tomas"])
def test_it_can_be_shut_before_the_hour_is_over(cast, who):
    ask = cast.lent(cast.tomas)
    cast.end(getattr(cast, who), ask)
    with as_(cast.tomas), pytest.raises(NothingThere):
        queries.file_for(cast.tomas, cast.file)
    assert cast.state(cast.tomas, ask) == AskState.OVER
    with pytest.raises(WrongStep):
        cast.end(cast.tomas, ask)


def test_a_change_of_the_team_ends_what_is_lent(cast):
    with as_(cast.maja):
        file = queries.file_for(cast.maja, cast.file)
        actions.add_to_team(by=cast.maja, file=file, member=cast.sara.member, leads=False)
    ask = cast.lent(cast.tomas)
    with as_(cast.maja):
        actions.take_from_team(by=cast.maja, file=queries.file_for(cast.maja, cast.file), member=cast.sara.member)
    assert cast.state(cast.tomas, ask) == AskState.OVER
    with as_(cast.tomas), pytest.raises(NothingThere):
        queries.file_for(cast.tomas, cast.file)


def test_one_at_a_time_has_a_file_lent(cast):
    first, second = cast.lent(cast.tomas), cast.ask(cast.sara)
    with pytest.raises(NotAble) as told:
        cast.grant(cast.maja, second)
    assert told.value.code == "lent"
    with as_(cast.maja), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT lykta_answer_ask(%s, true, NULL)", [second])
    cast.end(cast.tomas, first)
    before = cast.part()
    cast.grant(cast.maja, second)
    assert cast.part() != before  # what she writes is not under a key the first one had


def _excluded(cast: Cast) -> str:
    with as_(cast.maja):
        file = queries.file_for(cast.maja, cast.file)
        actions.exclude(by=cast.maja, file=file, members=[cast.tomas.member])
    return cast.ref(cast.file)


def _other_side(cast: Cast) -> str:
    """Tomas has an old file on the other side; his place there is ended, his work with the file is not."""
    with cast.house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")
        boss.execute("UPDATE cases_file SET wall = 'using_violence' WHERE id = %s", [cast.opened(cast.tomas)])
    return cast.ref(cast.file)


def _outside(cast: Cast) -> str:
    with cast.house.as_superuser() as boss:
        moved = "UPDATE access_place SET wall = 'child' WHERE member_id = %s AND wall = 'exposed'"
        boss.execute(moved, [cast.tomas.member])
    return cast.ref(cast.file)


FORBIDDEN = {
    "excluded": _excluded,
    "other_side": _other_side,
    "outside": _outside,
    "ring": lambda cast: cast.ref(cast.opened(cast.sara)),
    "own": lambda cast: cast.ref(cast.opened(cast.tomas, named=True)),
    "other_wall": lambda cast: cast.ref(cast.opened(cast.ingrid, Wall.USING_VIOLENCE, named=True)),
    "unknown": lambda cast: "L-BCDFGH",
}


@pytest.mark.parametrize("why", sorted(FORBIDDEN))
def test_who_must_not_be_let_in_asks_in_vain_and_cannot_tell(cast, why):
    ref = FORBIDDEN[why](cast)
    asks = [cast.ask(cast.tomas, ref), cast.ask(cast.sara)]
    with cast.house.as_superuser() as boss:
        about = dict(boss.execute("SELECT ask_id, file_id FROM cases_asked").fetchall())
    assert (about[asks[0]], about[asks[1]]) == (None, cast.file)
    assert cast.openers(asks[0]) == {cast.tomas.member}
    with as_(cast.maja):
        assert not AskKey.objects.filter(ask=asks[0]).exists()
        assert [row.id for row in glass.to_me(cast.maja)] == [asks[1]]
        with pytest.raises(NothingThere):
            glass.ask_for(cast.maja, asks[0])
    assert cast.state(cast.tomas, asks[0]) == cast.state(cast.sara, asks[1]) == AskState.WAITING
    with as_(cast.maja), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT lykta_answer_ask(%s, true, NULL)", [asks[0]])
    cast.minutes_pass(WAITS_HOURS * 60)
    assert cast.state(cast.tomas, asks[0]) == cast.state(cast.sara, asks[1]) == AskState.LAPSED


@pytest.mark.parametrize("why", ["excluded", "other_side", "outside"])
def test_who_became_forbidden_after_asking_is_not_let_in(cast, why):
    ask = cast.ask(cast.tomas)
    FORBIDDEN[why](cast)
    with pytest.raises(NotAble):
        cast.grant(cast.maja, ask)
    with as_(cast.maja), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT lykta_answer_ask(%s, true, NULL)", [ask])


@pytest.mark.parametrize("why", ["excluded", "other_side", "outside"])
def test_who_becomes_forbidden_in_her_hour_reads_no_more(cast, why):
    cast.lent(cast.tomas)
    FORBIDDEN[why](cast)
    with as_(cast.tomas), pytest.raises(NothingThere):
        queries.file_for(cast.tomas, cast.file)


def test_no_box_of_the_words_opens_for_anybody_but_the_team(cast):
    with as_(cast.maja):
        file = queries.file_for(cast.maja, cast.file)
        actions.exclude(by=cast.maja, file=file, members=[cast.sara.member])
    ask = cast.ask(cast.tomas)
    with cast.house.as_superuser() as boss:
        sizes = boss.execute("SELECT DISTINCT length(box) FROM cases_ask_key").fetchall()
        dump = str(boss.execute("SELECT k::text FROM cases_ask k").fetchall())
    assert cast.openers(ask) == {cast.maja.member, cast.tomas.member}
    assert len(sizes) == 1
    assert WHY not in dump
    assert WHY.encode().hex() not in dump


ASK_BY_HAND = """SELECT 1 FROM lykta_ask(gen_random_uuid(), %s, 'urgent', 'x'::bytea, %s::uuid[], %s::bytea[])"""
WRITTEN = "SELECT pg_stat_get_xact_tuples_inserted('cases_ask_key'::regclass)"


@pytest.mark.parametrize("boxes", [[b"x"] * 3, [b"x"] * 2, [b"x", b"x", None]], ids=["twice", "few", "null"])
def test_asked_by_hand_too_the_answer_is_the_same_whatever_the_number_is_of(cast, boxes):
    members = [cast.tomas.member, cast.maja.member, cast.maja.member if len(set(boxes)) == 1 else cast.sara.member]
    told = set()
    for ref in (cast.ref(cast.file), "L-222222"):
        with as_(cast.tomas), connection.cursor() as cursor, pytest.raises(DatabaseError) as why, transaction.atomic():
            cursor.execute(ASK_BY_HAND, [ref, members, boxes])
        told.add(str(why.value))
    assert len(told) == 1


def test_as_many_rows_are_written_whatever_the_number_is_of(cast):
    written = []
    for ref in (cast.ref(cast.file), "L-222222"):
        with as_(cast.tomas), connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            ((before,),) = cursor.fetchall()
            cursor.execute(ASK_BY_HAND, [ref, [cast.tomas.member, cast.maja.member], [b"x", b"y"]])
            cursor.execute(WRITTEN)
            written.append(cursor.fetchall()[0][0] - before)
    assert written == [2, 2]


def test_a_no_is_told_with_its_words_and_lends_nothing(cast):
    ask = cast.ask(cast.tomas)
    with as_(cast.maja):
        found = glass.ask_for(cast.maja, ask)
        with pytest.raises(Unsound):
            glass_actions.decline(by=cast.maja, ask=found, words=" ")
        glass_actions.decline(by=cast.maja, ask=found, words=NO)
        with pytest.raises(WrongStep):
            glass_actions.grant(by=cast.maja, ask=found)
    with as_(cast.tomas):
        found = glass.ask_for(cast.tomas, ask)
        assert (glass.said(cast.tomas, found).answer, found.file_id) == (NO, None)
        with pytest.raises(NothingThere):
            queries.file_for(cast.tomas, cast.file)


def test_a_question_taken_back_or_lapsed_has_no_answer(cast):
    taken, lapsed = cast.ask(cast.tomas), cast.ask(cast.sara)
    cast.end(cast.tomas, taken)
    assert cast.state(cast.tomas, taken) == AskState.WITHDRAWN
    cast.minutes_pass(WAITS_HOURS * 60)
    with as_(cast.maja):
        assert glass.to_me(cast.maja) == []
    for ask in (taken, lapsed):
        with pytest.raises(WrongStep):
            cast.grant(cast.maja, ask)


def test_the_same_form_twice_is_one_question_and_a_day_has_an_end_of_them(cast):
    ask = cast.ask(cast.tomas)
    with as_(cast.tomas), pytest.raises(AlreadyWritten):
        glass_actions.ask_for_file(by=cast.tomas, ask=ask, typed="L-BCDFGH", reason=OpenReason.URGENT, words=WHY)
    for _ in range(MOST_A_DAY - 1):
        cast.ask(cast.tomas, "L-BCDFGH")
    with pytest.raises(TooOften):
        cast.ask(cast.tomas)


def test_words_of_old_questions_are_forgotten_by_the_next(cast):
    old = cast.ask(cast.tomas)
    cast.minutes_pass(7 * 24 * 60 + 1)
    cast.ask(cast.sara, "L-BCDFGH")
    with cast.house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM cases_ask_key WHERE ask_id = %s", [old]).fetchone() == (0,)


WRAP = """INSERT INTO sealing_memberwrap (id, centre_id, case_id, part, member_id, box, until)
VALUES (gen_random_uuid(), %(centre)s, %(file)s, gen_random_uuid(), %(tomas)s, 'x', 'infinity')"""
BY_ASKER = [
    "INSERT INTO cases_ask (id, centre_id, member_id, asked_at, ref, reason, sealed, answered_at, answered_by, granted,"
    " file_id, part) VALUES (gen_random_uuid(), %(centre)s, %(tomas)s, now(), 'L-BCDFGH', 'urgent', 'x', now(),"
    " %(maja)s, true, %(file)s, gen_random_uuid())",
    "UPDATE cases_ask SET granted = true, answered_at = now(), answered_by = %(maja)s, file_id = %(file)s",
    "INSERT INTO cases_asked (ask_id, centre_id, file_id) VALUES (%(ask)s, %(centre)s, %(file)s)",
    "UPDATE cases_asked SET file_id = %(file)s",
    "INSERT INTO cases_ask_key (id, centre_id, ask_id, member_id, box)"
    " VALUES (gen_random_uuid(), %(centre)s, %(ask)s, %(tomas)s, 'x')",
    "SELECT lykta_answer_ask(%(ask)s, true, NULL)",
    "SELECT lykta_lent_until(%(tomas)s, %(file)s)",
    "SELECT lykta_may_borrow(%(tomas)s, %(file)s)",
    "SELECT lykta_able_inside(%(tomas)s, 'exposed')",
    "SELECT lykta_open_file(gen_random_uuid(), %(file)s, 'urgent', gen_random_uuid(), 'x')",
    WRAP,
]
HIDDEN = [
    "SELECT 1 FROM cases_asked",
    "SELECT 1 FROM cases_ask WHERE file_id IS NOT NULL",
    "SELECT 1 FROM cases_ask_key WHERE member_id <> %(tomas)s",
    "SELECT 1 FROM audit_event WHERE act LIKE 'cases:glass%%'",
    "SELECT 1 FROM cases_file WHERE id = %(file)s",
    "SELECT 1 FROM sealing_memberwrap",
]


@pytest.mark.parametrize("query", BY_ASKER)
def test_sql_typed_by_who_asks_is_refused(cast, query):
    values = _values(cast, cast.ask(cast.tomas))
    typed = door("staff", actor=cast.tomas.member, case=str(cast.file))
    with typed, connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(query, values)


@pytest.mark.parametrize("query", HIDDEN)
def test_and_tells_nothing_of_whether_there_is_such_a_file(cast, query):
    values = _values(cast, cast.ask(cast.tomas))
    with door("staff", actor=cast.tomas.member, case=str(cast.file)), connection.cursor() as cursor:
        cursor.execute(query, values)
        assert cursor.fetchall() == []


def _values(cast: Cast, ask: UUID) -> dict[str, UUID]:
    who = {"tomas": cast.tomas.member, "maja": cast.maja.member, "sara": cast.sara.member}
    return who | {"centre": cast.tomas.centre, "file": cast.file, "ask": ask}


BY_BORROWER = [
    WRAP,
    WRAP.replace("%(tomas)s", "%(sara)s"),
    "DELETE FROM sealing_memberwrap WHERE member_id = %(maja)s RETURNING id",
    "UPDATE sealing_memberwrap SET until = NULL",
    "UPDATE cases_file SET named = false WHERE id = %(file)s RETURNING id",
    "UPDATE cases_file SET part = gen_random_uuid() WHERE id = %(file)s RETURNING id",
    "INSERT INTO cases_assignment (id, centre_id, file_id, member_id, leads, from_on)"
    " VALUES (gen_random_uuid(), %(centre)s, %(file)s, %(tomas)s, false, CURRENT_DATE)",
    "UPDATE cases_ask SET answered_at = now() + interval '1 day'",
]


@pytest.mark.parametrize("query", BY_BORROWER)
def test_in_her_hour_she_gives_nothing_on_takes_nothing_and_makes_it_no_longer(cast, query):
    values = _values(cast, cast.lent(cast.tomas))
    with door("staff", actor=cast.tomas.member, case=str(cast.file)), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(query, values)
                assert cursor.fetchall() == []
        except DatabaseError:
            pass
        cursor.execute("SELECT member_id FROM sealing_memberwrap")
        assert {m for (m,) in cursor.fetchall()} == {cast.tomas.member}


@pytest.mark.parametrize("whom", ["tomas", "sara", "ingrid"])
def test_not_even_a_holder_of_the_key_gives_it_to_who_is_not_of_the_file(cast, whom):
    cast.ask(cast.tomas)  # asked is not lent
    values = _values(cast, uuid4()) | {"tomas": getattr(cast, whom).member}
    typed = door("staff", actor=cast.maja.member, case=str(cast.file))
    with typed, connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(WRAP, values)


def test_how_long_a_key_is_lent_is_the_databases_to_say(cast):
    cast.lent(cast.tomas)
    values = _values(cast, uuid4())
    with door("staff", actor=cast.maja.member, case=str(cast.file)), connection.cursor() as cursor:
        cursor.execute(WRAP, values)
        cursor.execute(
            "SELECT bool_and(until <= now() + interval '60 minutes') FROM sealing_memberwrap WHERE member_id = %s",
            [cast.tomas.member],
        )
        assert cursor.fetchone() == (True,)


def test_a_key_given_before_the_file_was_there_keeps_it_from_being_made(cast):
    values = _values(cast, uuid4()) | {"file": uuid4()}
    with door("staff", actor=cast.sara.member, case=str(values["file"])), connection.cursor() as cursor:
        cursor.execute(WRAP, values)
    made = {"service": "", "mode": Mode.FULL, "identity": IDENTITY, "named": True, "wall": Wall.EXPOSED}
    with as_(cast.sara), pytest.raises(DatabaseError):
        actions.open_file(by=cast.sara, file=values["file"], **made)


# --- the pages ---
ASK, FILES = "/personal/akter/namngiven/", "/personal/akter/"


def hands(cast: Cast, name: str) -> tuple[Client, Member]:
    client = cast.house.signed_in(cast.rows[name])
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    return client, cast.rows[name]


def plain(page: bytes, ref: str) -> str:
    """A page without what differs each time it is shown."""
    text = re.sub(r'(name="(once|csrfmiddlewaretoken)" value=)"[^"]*"', r"\1", page.decode())
    text = re.sub(r"namngiven/[0-9a-f-]{36}/", "namngiven/ID/", text)
    text = re.sub(r"\b\d\d:\d\d\b", "KLOCKAN", text)  # a minute may end between the two
    return re.sub(r"nonce-?[^\" ]*", "", text).replace(ref, "L-REF")


@pytest.mark.parametrize("why", sorted(FORBIDDEN))
def test_the_pages_say_the_same_in_bytes_whatever_the_number_is_of(cast, why):
    found = []
    for name, ref in (("Sara", cast.ref(cast.file)), ("Tomas", FORBIDDEN[why](cast))):
        client, row = hands(cast, name)
        sent = {"by": row.pk, "ref": ref, "reason": "urgent", "words": WHY, "once": uuid4()}
        answer = client.post(ASK, sent)
        pages = [client.get(ASK).content]
        (ask,) = re.findall(rb"namngiven/([0-9a-f-]{36})/", pages[0])
        pages += [client.get(f"{ASK}{ask.decode()}/").content, client.get(f"{FILES}{uuid4()}/").content]
        shown = [plain(page, ref).replace(str(row.pk), "ME").replace(name, "NAME") for page in pages]
        found.append((answer.status_code, answer["Location"], answer.content, shown))
    assert found[0][:3] == found[1][:3]
    for one, other in zip(found[0][3], found[1][3], strict=True):
        assert one == other


def test_from_question_to_open_file_on_the_pages(cast):
    asker, tomas = hands(cast, "Tomas")
    answer = asker.post(ASK, {"by": tomas.pk, "ref": "L-1", "reason": "urgent", "words": WHY})
    assert "Så ser ingen beteckning ut" in answer.content.decode()
    assert WHY in answer.content.decode()
    ref = cast.ref(cast.file)
    asker.post(ASK, {"by": tomas.pk, "ref": ref, "reason": "urgent", "words": WHY, "once": uuid4()})
    holder, maja = hands(cast, "Maja")
    for place in ("/personal/", FILES, ASK):
        assert "Tomas behöver öppna akten" in holder.get(place).content.decode()
    (path,) = re.findall(rf"{ASK}[0-9a-f-]+/svar/", holder.get(ASK).content.decode())
    assert WHY in holder.get(path).content.decode()
    assert asker.get(path).status_code == 404
    sent = holder.post(path, {"by": maja.pk, "deed": "decline", "words": ""})
    assert "Skriv några ord" in sent.content.decode()
    assert holder.post(path, {"by": maja.pk, "deed": "grant"}).status_code == 303
    own = path.removesuffix("svar/")
    assert "är öppen för dig" in asker.get("/personal/").content.decode()
    assert asker.get(f"{FILES}{cast.file}/")["Location"] == ASK
    opened = asker.post(own, {"by": tomas.pk, "deed": "open"})
    assert SAID in asker.get(opened["Location"]).content.decode()
    assert "Tomas har akten öppen till" in holder.get(f"{FILES}{cast.file}/").content.decode()
    holder.post(own, {"by": maja.pk, "deed": "end"})
    nothing = asker.get(f"{FILES}{uuid4()}/")
    shut = asker.get(opened["Location"])
    assert (shut.status_code, shut.content) == (404, nothing.content)
    assert "Akten stängdes av Maja" in asker.get(own).content.decode()


def test_lending_asks_for_the_second_factor_again(cast):
    ask = cast.ask(cast.tomas)
    client, maja = hands(cast, "Maja")
    session = client.session
    with as_(cast.maja):
        session["two_factors_at"] = clock.now().timestamp() - 600
        session.save()
    sent = client.post(f"{ASK}{ask}/svar/", {"by": maja.pk, "deed": "grant"})
    assert "bekrafta" in sent["Location"]
    assert cast.state(cast.tomas, ask) == AskState.WAITING
