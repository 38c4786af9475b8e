"""The review: what lands there by itself, who sees and closes it, and what hand-typed SQL can't do about it."""

import html
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import ProgrammingError, connection
from django.test import Client

from journeys.house import House
from journeys.planted import Planted
from lykta.access.enums import Role, Wall
from lykta.access.rules import Actor
from lykta.audit.enums import Act
from lykta.cases import actions as cases
from lykta.cases import queries as case_queries
from lykta.cases.enums import Mode, OpenReason
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.desk.log.actions import ReviewRefused, close_review, draw_month, find_patterns, sign_month
from lykta.desk.log.enums import Kind, Verdict
from lykta.desk.log.models import Month, Review
from lykta.desk.log.reviewing import count_waiting, review_for, waiting, whole
from lykta.desk.log.tests.conftest import acts, at
from lykta.people.models import Member
from lykta.people.own_address import tell_address

Hands = Callable[[Member], Client]
Plant = Callable[..., None]
HOME = "/personal/logg/granska/"
WHY = "Hon ringde och var rädd, Maja är sjuk."
BOTH = (Wall.CONTACT, Wall.EXPOSED)


@pytest.fixture
def reviewer(house: House) -> Member:
    """Per, who holds the reviewers' ring."""
    house.install()
    return house.member("Per Granskare", Role.AUDITOR, walls=())


@pytest.fixture
def maja(house: House, reviewer: Member) -> Actor:
    """A counsellor behind the wall of the exposed."""
    return house.actor(house.member("Maja Norrby", walls=BOTH))


@pytest.fixture
def tomas(house: House, reviewer: Member) -> Actor:
    """Another."""
    return house.actor(house.member("Tomas Fjällgren", walls=BOTH))


def as_(actor: Actor):  # type: ignore[no-untyped-def]
    return door("staff", actor=actor.member)


def a_file(by: Actor, family_name: str = "Exempelsson") -> UUID:
    identity = {"given_names": "Påhittad", "family_name": family_name, "number_kind": "none", "address": "Gatan 3"}
    with as_(by):
        made = cases.open_file(
            by=by, file=uuid4(), wall=Wall.EXPOSED, service="ENSK", mode=Mode.FULL, identity=identity, named=False
        )
    return made.pk


def open_it(by: Actor, file: UUID, words: str = WHY) -> None:
    with as_(by):
        cases.open_for_an_hour(by=by, file=case_queries.file_for(by, file), reason=OpenReason.URGENT, words=words)


def read_it(by: Actor, file: UUID) -> None:
    with as_(by):
        case_queries.read(by, case_queries.file_for(by, file))


def rows(house: House) -> list[tuple[object, ...]]:
    with house.as_superuser() as boss:
        return boss.execute('SELECT kind, member_id, object, count FROM desk_review ORDER BY kind, "on"').fetchall()


def test_an_opening_waits_at_once_and_the_reviewer_reads_why(house: House, reviewer: Member, maja: Actor, tomas: Actor):
    file = a_file(maja)
    open_it(tomas, file)
    open_it(tomas, file, "En gång till")
    assert rows(house) == [("opened", tomas.member, file, 2)]
    per = house.actor(reviewer)
    with as_(per):
        assert count_waiting(per) == 1
        (row,) = waiting(per)
        shown = whole(per, review_for(per, row.id))
    assert shown.why == f"{WHY}\nEn gång till"
    assert (shown.row.who, shown.row.ref[:2]) == ("Tomas Fjällgren", "L-")
    assert len(acts(house, Act.REVIEW_READ)) == 2


def test_who_works_with_a_file_opens_no_review_and_whoever_reviews_nothing_sees_none(
    house: House, maja: Actor, tomas: Actor
):
    file = a_file(maja)
    read_it(maja, file)
    assert rows(house) == []
    open_it(tomas, file)
    with as_(tomas):
        assert count_waiting(tomas) == 0
        assert not Review.objects.exists()


def test_a_surname_in_common_is_marked_until_it_was_found_in_order(house: House, reviewer: Member, maja: Actor):
    file = a_file(maja, "Norrby")
    read_it(maja, file)
    read_it(maja, file)
    assert rows(house) == [("marked", maja.member, file, 2)]
    assert {reason for _, reason, _ in acts(house, Act.FILE_READ)} == {"same_surname"}
    per = house.actor(reviewer)
    with as_(per):
        close_review(by=per, review=Review.objects.get(), verdict=Verdict.TALKED, note="Kusin, byter kollega.")
    read_it(maja, file)
    with as_(per):
        assert Review.objects.filter(closed_at=None).count() == 1
        close_review(by=per, review=Review.objects.get(closed_at=None), verdict=Verdict.IN_ORDER, note="")
    read_it(maja, file)
    with as_(per):
        assert not Review.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize(("address", "kinds"), [("gatan 3", ["marked"]), ("Gatan 4", []), ("", [])])
def test_a_file_of_somebody_at_her_own_address_is_marked(house: House, maja: Actor, address: str, kinds: list[str]):
    with as_(maja):
        tell_address(by=maja, address=address)
    read_it(maja, a_file(maja))
    assert [kind for kind, *_ in rows(house)] == kinds
    assert {reason for _, reason, _ in acts(house, Act.FILE_READ)} == {"own_address" if kinds else ""}


@pytest.mark.parametrize(
    ("verdict", "note", "code"),
    [
        ("in_order", "", ""),
        ("talked", "Vi har pratat.", ""),
        ("talked", " ", "words"),
        ("further", "", "words"),
        ("talked", "a" * 4000, ""),
        ("talked", "a" * 4001, "long"),
        ("", "Ord", "verdict"),
        ("closed", "Ord", "verdict"),
    ],
)
def test_a_review_is_closed_with_a_verdict_and_words_where_they_are_needed(
    house: House, reviewer: Member, maja: Actor, tomas: Actor, verdict: str, note: str, code: str
):
    open_it(tomas, a_file(maja))
    per = house.actor(reviewer)
    with as_(per):
        review = Review.objects.get()
        if code:
            with pytest.raises(ReviewRefused, match=code):
                close_review(by=per, review=review, verdict=verdict, note=note)
            return
        close_review(by=per, review=review, verdict=verdict, note=note)
        assert whole(per, review_for(per, review.pk)).note == note
        with pytest.raises(ReviewRefused, match="closed"):
            close_review(by=per, review=review, verdict="in_order", note="")
    assert [reason for _, reason, _ in acts(house, Act.REVIEW_CLOSED)] == [f"opened {verdict}"]


def test_nobody_reviews_herself_by_page_or_by_hand(house: House, reviewer: Member, hands: Hands):
    per = house.actor(reviewer)
    with door("worker", actor=WORKER):
        mine = Review.objects.create(
            centre_id=settings.LYKTA_CENTRE, kind=Kind.NIGHT, member_id=per.member, on=clock.today(), seq=1
        )
    answer = hands(reviewer).post(f"{HOME}{mine.pk}/", {"by": str(per.member), "verdict": "in_order", "note": ""})
    assert "En annan granskare stänger det" in html.unescape(answer.content.decode())
    with as_(per), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE desk_review SET closed_at = now(), closed_by = lykta_actor(), verdict = 'in_order' WHERE id = %s",
            [mine.pk],
        )
        assert cursor.rowcount == 0
        assert count_waiting(per) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM desk_review",
        "UPDATE desk_review SET member_id = lykta_actor()",
        'INSERT INTO desk_review (id, centre_id, kind, member_id, "on", seq, count, verdict)'
        " VALUES (gen_random_uuid(), lykta_centre(), 'night', lykta_actor(), now()::date, 1, 1, '')",
        "UPDATE desk_review SET closed_at = now(), verdict = 'in_order', closed_by = gen_random_uuid()",
        "DELETE FROM desk_month",
    ],
)
def test_what_waits_can_be_closed_only_as_it_should(
    house: House, reviewer: Member, maja: Actor, tomas: Actor, statement: str
):
    open_it(tomas, a_file(maja))
    with pytest.raises(ProgrammingError), as_(house.actor(reviewer)), connection.cursor() as cursor:
        cursor.execute(statement)


def test_hand_typed_sql_opens_no_file_without_a_review(house: House, maja: Actor, tomas: Actor):
    file = a_file(maja)
    with as_(tomas), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM lykta_open_file(%s, %s, 'urgent', %s, '')", [uuid4(), file, uuid4()])
    assert rows(house) == [("opened", tomas.member, file, 1)]


def test_who_lacks_the_reviewers_key_sees_that_and_is_told_what_to_do(
    house: House, reviewer: Member, maja: Actor, tomas: Actor, hands: Hands
):
    open_it(tomas, a_file(maja))
    keyless = house.member("Ny Granskare", Role.AUDITOR, walls=(), share=False)
    with house.as_superuser() as boss:
        (review,) = boss.execute("SELECT id FROM desk_review").fetchone()
    page = f"{HOME}{review}/"
    assert "Orden går inte att öppna" in hands(keyless).get(page).content.decode()
    sent = {"by": str(keyless.pk), "verdict": "talked", "note": "Vi har pratat."}
    answer = html.unescape(hands(keyless).post(page, sent).content.decode())
    assert "Du har inte granskningens nyckel än" in answer
    assert "Vi har pratat." in answer


def test_the_worker_finds_what_stood_out_once(house: House, reviewer: Member, maja: Actor, planted: Plant):
    night = clock.today() - timedelta(days=2)
    planted(Planted(at(f"{night} 23:10"), Act.DIALOGUE_READ, maja.member, uuid4()))
    planted(*(Planted(at(f"{night} 10:{n:02}"), Act.REFUSED, maja.member, None, "dialogue") for n in range(5)))
    for _ in range(2):
        with door("worker", actor=WORKER):
            find_patterns(centre=settings.LYKTA_CENTRE, today=clock.today())
    assert [kind for kind, *_ in rows(house)] == ["night", "refused"]


def test_a_month_is_drawn_once_and_signed_when_nothing_of_it_waits(
    house: House, reviewer: Member, maja: Actor, planted: Plant
):
    planted(*(Planted(at(f"2026-03-0{n} 12:00"), Act.DIALOGUE_READ, maja.member, uuid4()) for n in range(1, 4)))
    month, per = date(2026, 3, 1), house.actor(reviewer)
    with door("worker", actor=WORKER):
        assert draw_month(centre=settings.LYKTA_CENTRE, month=month) == 3
        assert draw_month(centre=settings.LYKTA_CENTRE, month=month) == 0
    with as_(per):
        with pytest.raises(ReviewRefused, match="waiting"):
            sign_month(by=per, month=month)
        for review in Review.objects.all():
            close_review(by=per, review=review, verdict="in_order", note="")
        sign_month(by=per, month=month)
        with pytest.raises(ReviewRefused, match="closed"):
            sign_month(by=per, month=month)
        assert Month.objects.get().signed_by == per.member
    assert len(acts(house, Act.MONTH_SIGNED)) == 1


def test_a_month_with_something_waiting_is_not_signed_by_hand_either(
    house: House, reviewer: Member, maja: Actor, planted: Plant
):
    planted(Planted(at("2026-03-01 12:00"), Act.DIALOGUE_READ, maja.member, uuid4()))
    with door("worker", actor=WORKER):
        draw_month(centre=settings.LYKTA_CENTRE, month=date(2026, 3, 1))
    with as_(house.actor(reviewer)), connection.cursor() as cursor:
        cursor.execute("UPDATE desk_month SET signed_at = now(), signed_by = lykta_actor()")
        assert cursor.rowcount == 0


ADDRESSES = [HOME, f"{HOME}{UUID(int=7)}/", "/personal/logg/ut/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.EDITOR, Role.TECHNICIAN])
def test_whoever_does_not_review_finds_nothing_there(house: House, hands: Hands, address: str, role: Role):
    client = hands(house.member("Maja", role))
    here, nowhere = client.get(address), client.get("/personal/nothing/")
    assert (here.status_code, here.content) == (404, nowhere.content)


def test_the_log_is_taken_out_with_a_reason_that_another_reviews(
    house: House, reviewer: Member, maja: Actor, planted: Plant, hands: Hands
):
    planted(Planted(at("2026-03-01 12:00"), Act.DIALOGUE_READ, maja.member, uuid4()))
    client = hands(reviewer)
    asked = {"by": str(reviewer.pk), "medlem": str(maja.member)}
    empty = html.unescape(client.post("/personal/logg/ut/", asked | {"words": " "}).content.decode())
    assert "Skriv varför loggen ska lämna huset." in empty
    file = client.post("/personal/logg/ut/", asked | {"words": "IVO har begärt det."})
    text = file.content.decode("utf-8-sig")
    assert file["Content-Type"].startswith("text/csv")
    assert "Maja Norrby;läste en dialog" in text
    assert text.count("\r\n") == 2
    assert [count for _, _, count in acts(house, Act.LOG_EXPORTED)] == [1]
    gunnel = house.actor(house.member("Gunnel Storsjö", Role.HEAD, walls=()))
    with as_(gunnel):
        (row,) = waiting(gunnel)
        assert whole(gunnel, review_for(gunnel, row.id)).why == "IVO har begärt det."


def test_an_old_sign_in_takes_nothing_out_until_the_second_factor_is_shown(
    house: House, reviewer: Member, hands: Hands
):
    client = hands(reviewer)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        answer = client.post("/personal/logg/ut/", {"by": str(reviewer.pk), "words": "IVO"})
    assert answer.status_code == 303
    assert "next=/personal/logg/ut/" in answer["Location"].replace("%2F", "/")


def test_the_pages_show_what_waits_what_is_closed_and_the_months(
    house: House, reviewer: Member, maja: Actor, tomas: Actor, hands: Hands
):
    client = hands(reviewer)
    assert "Inget att granska" in client.get(HOME).content.decode()
    open_it(tomas, a_file(maja))
    assert "En att granska" in client.get("/personal/").content.decode()
    page = html.unescape(client.get(HOME).content.decode())
    assert "Öppnade en kollegas akt" in page
    with house.as_superuser() as boss:
        (review,) = boss.execute("SELECT id FROM desk_review").fetchone()
    one = html.unescape(client.get(f"{HOME}{review}/").content.decode())
    assert WHY in one
    assert "Exempelsson" not in one
    sent = {"by": str(reviewer.pk), "verdict": "further", "note": "Anmäls."}
    assert client.post(f"{HOME}{review}/", sent)["Location"] == HOME
    assert "går vidare" in client.get(f"{HOME}?visa=granskat").content.decode()
    assert "Anmäls." in client.get(f"{HOME}{review}/").content.decode()
