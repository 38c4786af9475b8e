"""The log's reader, for those who may, on a log with something in every chain."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection
from django.test import Client

from journeys.house import House
from journeys.planted import Planted
from lykta.access.enums import Permission, Role
from lykta.access.rules import ROLES
from lykta.audit import said
from lykta.audit.enums import LABELS, Act, Chain
from lykta.audit.models import Sending
from lykta.core import clock
from lykta.core.doors import door
from lykta.desk.log import queries
from lykta.desk.log.reasons import WHY, page_named
from lykta.desk.log.rules import Cursor, Filter, Only, cursor_of
from lykta.desk.log.tests.conftest import acts, at
from lykta.people.models import Member

Hands = Callable[[Member], Client]
Plant = Callable[..., None]
THING = UUID("7f000000-0000-4000-8000-0000003a2c11")


def lived(maja: Member, tomas: Member) -> list[Planted]:
    """A few days: Maja reads and closes, Tomas reads hers in a hurry and is refused, she who writes fetches a reply."""
    read, close = Act.DIALOGUE_READ, Act.DIALOGUE_CLOSED
    return [
        Planted(at("2025-11-02 08:40"), Act.SIGNED_IN, maja.pk, maja.pk),
        Planted(at("2025-11-02 08:41"), read, maja.pk, THING, "own", 3),
        Planted(at("2025-11-02 23:30"), read, tomas.pk, THING, "urgent", 3),
        Planted(at("2025-11-03 00:30"), Act.REFUSED, tomas.pk, None, "dialogue"),
        Planted(at("2025-11-03 00:31"), Act.SIGN_IN_REFUSED, None, tomas.pk, "password"),
        Planted(at("2025-11-03 12:00"), Act.REPLY_COLLECTED, None, THING, chain="public"),
        Planted(at("2025-11-03 13:00"), close, tomas.pk, THING, "completed stand_in"),
        Planted(at("2025-11-04 02:00"), Act.DIALOGUE_ERASED, UUID(int=1), THING, "days", chain="worker"),
        Planted(at("2025-11-04 09:00"), Act.CALL_READ, maja.pk, uuid4(), "", 4, chain="calls"),
    ]


def told(lines: list[queries.Line]) -> list[str]:
    """What a reader sees, shortly; without the keys that were made when the house was raised."""
    return [f"{line.on.day} {line.who} {line.deed}" for line in lines if "nyckel" not in line.deed]


ADDRESSES = [
    "/personal/logg/",
    "/personal/logg/?medlem=x",
    f"/personal/logg/medlem/{UUID(int=7)}/",
    f"/personal/logg/objekt/{THING}/",
    f"/personal/logg/objekt/{THING}/lista/",
    "/personal/logg/kedjor/",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.EDITOR, Role.STATISTICS])
def test_whoever_may_not_read_the_log_finds_nothing_there(house: House, hands: Hands, address: str, role: Role) -> None:
    client = hands(house.member("Maja", role))
    here, nowhere = client.get(address), client.get("/personal/nothing/")
    assert (here.status_code, here.content) == (404, nowhere.content)


def seen_by(member: Member) -> int:
    with door("staff", actor=member.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event")
        return int(cursor.fetchone()[0])


def test_the_database_itself_shows_the_log_to_those_roles_alone(
    house: House, maja: Member, tomas: Member, planted: Plant
) -> None:
    planted(*lived(maja, tomas))
    readers = {role for role in Role if seen_by(house.member(role.value, role, place=False, share=False))}
    assert readers == {Role.HEAD, Role.AUDITOR, Role.TECHNICIAN}
    with house.as_superuser() as boss:
        boss.execute("UPDATE people_member SET is_active = false WHERE role = 'head'")
        former = boss.execute("SELECT id FROM people_member WHERE role = 'head'").fetchone()
    with door("staff", actor=former[0] if former else None), connection.cursor() as cursor:
        for table in ("audit_event", "audit_head", "audit_check", "audit_sending", "desk_logref"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def test_references_are_shown_to_readers_of_the_log_and_nothing_else_of_the_room(house: House, per: Member) -> None:
    house.dialogue("Hemligt")
    with door("staff", actor=per.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM desk_logref WHERE ref LIKE 'D-%'")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT count(*) FROM contact_dialogue")
        assert cursor.fetchone() == (0,)


def asks(maja: Member, tomas: Member) -> list[tuple[Filter, list[str]]]:
    """Filters, and what each shows of the days above, newest first."""
    day = at("2025-11-03 12:00").date()
    one = timedelta(days=1)
    return [
        (
            Filter(member=maja.pk),
            ["4 Maja Norrby läste vad ett samtal gällde", "2 Maja Norrby läste en dialog",
             "2 Maja Norrby loggade in"],
        ),
        (Filter(act=Act.DIALOGUE_READ), ["2 Tomas Fjällgren läste en dialog", "2 Maja Norrby läste en dialog"]),
        (Filter(object=tomas.pk), ["3 Någon vid dörren inloggning nekades"]),
        (Filter(chain=Chain.PUBLIC), ["3 Den som skriver ett svar hämtades av den som skrev"]),
        (Filter(chain=Chain.WORKER), ["4 Huset självt en dialog raderades"]),
        (Filter(only=Only.REFUSED), ["3 Någon vid dörren inloggning nekades", "3 Tomas Fjällgren nekades"]),
        (Filter(only=Only.REASONED), ["3 Tomas Fjällgren avslutade en dialog", "2 Tomas Fjällgren läste en dialog"]),
        (Filter(member=tomas.pk, only=Only.READINGS), ["2 Tomas Fjällgren läste en dialog"]),
        (
            Filter(since=day, until=day),
            ["3 Tomas Fjällgren avslutade en dialog", "3 Den som skriver ett svar hämtades av den som skrev",
             "3 Någon vid dörren inloggning nekades", "3 Tomas Fjällgren nekades"],
        ),
        (Filter(since=day + one), ["4 Huset självt en dialog raderades", "4 Maja Norrby läste vad ett samtal gällde"]),
        (
            Filter(until=day - one),
            ["2 Tomas Fjällgren läste en dialog", "2 Maja Norrby läste en dialog",
             "2 Maja Norrby loggade in"],
        ),
        (Filter(since=day + 9 * one), []),
    ]  # fmt: skip


def test_each_filter_shows_what_it_asks_for_and_nothing_else(
    house: House, maja: Member, tomas: Member, per: Member, planted: Plant
) -> None:
    planted(*lived(maja, tomas))
    actor = house.actor(per)
    with door("staff", actor=per.pk):
        for asked, expected in asks(maja, tomas):
            assert told(queries.page(actor, asked).lines) == expected, asked
        assert len(told(queries.page(actor, Filter()).lines)) == 9


def test_pages_follow_each_other_without_gap_or_overlap_also_within_one_minute(
    house: House, maja: Member, per: Member, planted: Plant
) -> None:
    minute = at("2025-11-02 02:00")  # 01:00 UTC; the day of the others is midnight UTC
    midnight = at("2025-11-02 01:00")
    planted(
        *[Planted(minute, Act.DIALOGUE_READ, maja.pk, UUID(int=n)) for n in range(25)],
        *[Planted(midnight, act, None, THING, chain="public") for act in [Act.REPLY_COLLECTED] * 25],
        *[Planted(midnight, Act.PURGED, UUID(int=1), chain="worker") for _ in range(25)],
    )
    actor, seen, after = house.actor(per), [], None
    with door("staff", actor=per.pk):
        while True:
            page = queries.page(actor, Filter(until=minute.date()), after=after, size=7)
            seen += [line.key for line in page.lines]
            after = cursor_of(str(page.after)) if page.after else None
            if after is None:
                break
        whole = [line.key for line in queries.page(actor, Filter(until=minute.date()), size=100).lines]
    assert (seen, len(seen), len(set(seen))) == (whole, 75, 75)


PLANS = [
    Filter(),
    Filter(member=UUID(int=7)),
    Filter(act=Act.DIALOGUE_READ),
    Filter(object=THING),
    Filter(chain="worker"),
    Filter(only=Only.REFUSED),
    Filter(only=Only.REASONED),
    Filter(since=at("2025-11-03 12:00").date(), until=at("2025-11-03 12:00").date()),
    Filter(member=UUID(int=7), since=at("2025-11-03 12:00").date()),
]
"""What must be read in the order of an index, never sorted, since the log may have millions of rows."""


@pytest.mark.parametrize("asked", PLANS, ids=lambda asked: asked.key or "everything")
@pytest.mark.parametrize("further", [False, True])
def test_every_page_is_read_in_the_order_of_an_index(
    house: House, maja: Member, per: Member, planted: Plant, asked: Filter, further: bool
) -> None:
    planted(*[Planted(at("2025-11-03 12:00"), Act.DIALOGUE_READ, maja.pk, UUID(int=n)) for n in range(300)])
    after = Cursor(at("2025-11-03 12:00"), 200, "staff") if further else None
    actor = house.actor(per)
    with door("staff", actor=per.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        plans: list[str] = []

        def explained(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
            if 'FROM "audit_event"' in sql and not plans:
                cursor.cursor.execute("EXPLAIN " + sql, params)
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(explained):
            queries.page(actor, asked, after=after)
    assert "Index Scan Backward using audit_event" in plans[0], plans[0]
    assert "Sort" not in plans[0], plans[0]


def test_opening_a_filter_is_one_event_and_paging_through_it_none(
    house: House, hands: Hands, maja: Member, per: Member, planted: Plant
) -> None:
    planted(*[Planted(at("2025-11-03 12:00"), Act.DIALOGUE_READ, maja.pk, UUID(int=n)) for n in range(120)])
    client, pages = hands(per), 1
    address = f"/personal/logg/?medlem={maja.pk}&vad=contact:dialogue:read"
    answer = client.get(address)
    while answer.context["onward"]:
        answer = client.get("/personal/logg/" + answer.context["onward"])
        pages += 1
    assert (answer.status_code, pages) == (200, 3)
    client.get(address)
    assert acts(house, Act.LOG_READ) == [(maja.pk, "member act", 0)]
    client.get("/personal/logg/")
    assert acts(house, Act.LOG_READ)[1:] == [(None, "", 0)]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("nr=D-NOTONE", "Inget har det numret nu."),
        ("nr=%00", "Numret gick inte att läsa."),
        ("nr=" + "x" * 41, "Numret är för långt."),
        ("fran=i+fjol", "Skriv första dagen som 2026-11-23."),
        ("till=2026-02-30", "Skriv sista dagen som 2026-11-23."),
        ("fran=0001-01-01", "Skriv ett år mellan 2000 och 2100."),
        ("till=9999-12-31", "Skriv ett år mellan 2000 och 2100."),
        ("fran=2025-11-03&till=2025-11-02", "Sista dagen kommer före den första."),
        (f"medlem={UUID(int=9)}", "Det finns ingen sådan medarbetare."),
        ("medlem=%00", "Det finns ingen sådan medarbetare."),
        ("vad=own:thing", "Det finns ingen sådan händelse."),
        ("kedja=x", "Det finns ingen sådan dörr."),
        ("bara=x", "Välj vad som ska visas."),
    ],
)
def test_what_can_not_be_asked_is_said_in_a_sentence_and_stays_typed(
    house: House, hands: Hands, per: Member, query: str, sentence: str
) -> None:
    page = hands(per).get(f"/personal/logg/?{query}")
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert acts(house, Act.LOG_READ) == []


@pytest.mark.parametrize("after", ["x", "%00", "999999999999.1.staff", "202611030000.99999999999999999999.staff"])
def test_an_odd_page_is_the_first(
    house: House, hands: Hands, per: Member, maja: Member, tomas: Member, planted: Plant, after: str
) -> None:
    planted(*lived(maja, tomas))
    page = hands(per).get(f"/personal/logg/?efter={after}")
    assert (page.status_code, len(told(page.context["page"].lines))) == (200, 9)


def test_a_thing_tells_who_has_opened_it(
    house: House, hands: Hands, maja: Member, tomas: Member, per: Member, planted: Plant
) -> None:
    again = Planted(at("2025-11-02 09:00"), Act.DIALOGUE_READ, maja.pk, THING, "own", 3)
    planted(*lived(maja, tomas), again)
    client = hands(per)
    page = client.get(f"/personal/logg/objekt/{THING}/")
    assert [(o.who, o.times) for o in page.context["openers"]] == [("Maja Norrby", 2), ("Tomas Fjällgren", 1)]
    client.get(f"/personal/logg/objekt/{THING}/")
    assert acts(house, Act.LOG_READ) == [(THING, "object", 0)]
    assert "/personal/inkorg/" not in page.content.decode()


def test_a_thing_nobody_has_touched_is_not_there(house: House, hands: Hands, per: Member) -> None:
    client = hands(per)
    assert client.get(f"/personal/logg/objekt/{uuid4()}/").status_code == 404
    assert client.get(f"/personal/logg/objekt/{uuid4()}/lista/").status_code == 404
    assert client.get(f"/personal/logg/medlem/{uuid4()}/").status_code == 404
    assert acts(house, Act.LOG_READ) == []


def test_the_list_for_the_person_concerned_gives_roles_and_names_only_when_asked(
    house: House, hands: Hands, maja: Member, tomas: Member, per: Member, planted: Plant
) -> None:
    planted(*lived(maja, tomas))
    client = hands(per)
    client.get(f"/personal/logg/objekt/{THING}/")
    rows = client.get(f"/personal/logg/objekt/{THING}/lista/").context["rows"]
    assert [(r.who, r.line.deed, r.line.why, r.line.at is None) for r in rows] == [
        ("Samtalsstödjare", "läste en dialog", "egen", False),
        ("Samtalsstödjare", "läste en dialog", "det brådskade", False),
        ("Den som skriver", "ett svar hämtades av den som skrev", "", True),
        ("Samtalsstödjare", "avslutade en dialog", "samtalet är klart, vikarierade för kollegan", False),
        ("Huset självt", "en dialog raderades", "dagarna hade gått ut", True),
    ]
    page = client.get(f"/personal/logg/objekt/{THING}/lista/?namn")
    assert [r.who for r in page.context["rows"]][:2] == ["Maja Norrby", "Tomas Fjällgren"]
    assert acts(house, Act.LOG_LISTED) == [(THING, "roles", 5), (THING, "names", 5)]


def test_a_member_is_shown_with_what_she_did_and_what_was_done_to_her_account(
    house: House, hands: Hands, maja: Member, tomas: Member, per: Member, planted: Plant
) -> None:
    now = clock.now()
    planted(
        *lived(maja, tomas),
        *[Planted(now, Act.DIALOGUE_READ, tomas.pk, UUID(int=n % 2), "urgent", 1) for n in range(3)],
        Planted(now, Act.REFUSED, tomas.pk, None, "dialogue"),
    )
    client = hands(per)
    page = client.get(f"/personal/logg/medlem/{tomas.pk}/")
    habit = page.context["habit"]
    assert (habit.readings, habit.things, habit.reasoned, habit.refused) == (3, 2, 3, 1)
    about = client.get(f"/personal/logg/medlem/{tomas.pk}/?om").context["page"].lines
    assert [line.deed for line in about] == ["läste loggen", "en nyckelring delades", "inloggning nekades"]


def test_a_whole_reference_finds_the_thing(house: House, hands: Hands, maja: Member, per: Member) -> None:
    visitor, _ = house.dialogue("Hej")
    with house.as_superuser() as boss:
        row = boss.execute("SELECT ref FROM contact_dialogue").fetchone()
    ref = str(row[0] if row else "")
    client = hands(per)
    for typed in (ref, f" {ref.lower()} ", str(visitor.case)):
        page = client.get("/personal/logg/", {"nr": typed})
        assert {line.object for line in page.context["page"].lines} == {visitor.case}, typed
        assert ref in page.content.decode()


def test_every_deed_and_chain_has_words() -> None:
    assert set(LABELS) == set(Act)
    assert set(said.CHAINS) == set(Chain)
    assert {act.value.split(":")[0] for act in Act} <= set(said.ROOMS)
    assert said.deed("future:room:deed") == "future:room:deed"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", ""),
        ("urgent", "det brådskade"),
        ("completed stand_in", "samtalet är klart, vikarierade för kollegan"),
        ("urgent same_surname", "det brådskade, samma efternamn som den som öppnade"),
        ("too many tries", "för många försök"),
        ("mfa_index", "mfa_index"),
        ("counsellor: duties", "samtalsstödjare, nya arbetsuppgifter"),
    ],
)
def test_reasons_are_told_in_words(reason: str, words: str) -> None:
    assert said.why(reason, WHY) == words


def test_reasons_that_are_reviewed_are_those_the_index_knows(house: House) -> None:
    with house.as_superuser() as boss:
        known = boss.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'audit_event_reasoned'").fetchone()
        pattern = queries.NARROW[Only.REASONED].split("'")[1]
        for code in [*said.MARKS, *said.ASKED, "own", "free", "asked", "days", "password", "completed"]:
            row = boss.execute("SELECT %s ~ %s", [code, pattern]).fetchone()
            assert row == (code in said.MARKS | said.ASKED,), code
    assert known is not None
    assert pattern in known[0]


def test_the_roles_the_database_lets_in_are_those_with_the_right(house: House) -> None:
    with house.as_superuser() as boss:
        row = boss.execute("SELECT prosrc FROM pg_proc WHERE proname = 'lykta_reads_log'").fetchone()
    named = set(re.findall(r"'(\w+)'", str(row).split("ARRAY[")[-1]))
    assert named == {role.value for role in Role if Permission.LOG_VERIFY in ROLES[role].permissions}


def test_no_page_of_the_reader_opens_a_word(house: House, hands: Hands, per: Member) -> None:
    house.dialogue("planted words")
    client = hands(per)
    for address in ("/personal/logg/", "/personal/logg/kedjor/"):
        assert "planted words" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET reason = 'x'",
        "DELETE FROM audit_event",
        "DELETE FROM audit_check",
        "INSERT INTO audit_check SELECT gen_random_uuid(), lykta_centre(), 'staff', now(), 9, NULL, ''",
        "UPDATE audit_sending SET trouble = ''",
    ],
)
def test_a_reader_can_not_write_in_what_she_reads(house: House, per: Member, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), door("staff", actor=per.pk):
        connection.cursor().execute(statement)


@pytest.mark.parametrize(("way", "of"), [("taken", "gunnel"), ("mail", "per"), ("folder", "")])
def test_a_member_can_say_of_nobody_else_that_she_took_an_anchor(
    house: House, per: Member, gunnel: Member, way: str, of: str
) -> None:
    by = {"gunnel": gunnel.pk, "per": per.pk}.get(of)
    row = Sending(centre_id=settings.LYKTA_CENTRE, on=clock.today(), way=way, at=clock.now(), by=by)
    with pytest.raises(ProgrammingError, match="row-level security"), door("staff", actor=per.pk):
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "en sida som inte finns"),
        ("file", "en akt"),
        ("file_note", "en akt"),
        ("call_correct", "samtalsloggen"),
        ("catalogue-row", "tjänsterna"),
        ("own_address", "en sida"),
    ],
)
def test_a_refused_page_is_told_in_words(name: str, words: str) -> None:
    assert page_named(name) == words
