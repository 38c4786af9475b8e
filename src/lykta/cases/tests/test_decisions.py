"""Decisions of municipalities, through the pages and by hand in the database."""

import html
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases.tests.test_pages import hands, made, post, text
from lykta.core import clock
from lykta.core.doors import become, door
from lykta.people.models import Member

GOAL, CONTACT = "Att hon får leva i fred.", "Påhittad Handläggare"
LIST = "/personal/akter/beslut/"


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member, Member]:
    house.install()
    both = [house.member(name, walls=(Wall.CONTACT, Wall.EXPOSED)) for name in ("Maja", "Tomas")]
    return house, *both, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,))


def order(**more: object) -> dict[str, object]:
    return {
        "once": uuid4(),
        "municipality": "Krokom",
        "service": "ENSK",
        "paragraph": "11 kap. 1 § SoL",
        "decided_on": (clock.today() - timedelta(days=10)).isoformat(),
        "received_on": clock.today().isoformat(),
        "goal": GOAL,
        "contact": CONTACT,
    } | more


def errors(answer) -> list[str]:
    return [html.unescape(e) for e in re.findall(r'class="error"[^>]*>([^<]*)', text(answer))]


def received(client, path: str, **more: object) -> str:
    answer = post(client, f"{path}beslut/", **order(**more))
    assert answer.status_code == 303, errors(answer)
    return answer["Location"]


def step(client, page: str, deed: str, **more: object):
    return post(client, page, **({"deed": deed, "once": uuid4(), "on": clock.today().isoformat()} | more))


def rows(house: House, sql: str) -> list[tuple]:
    with house.as_superuser() as boss:
        return boss.execute(sql).fetchall()


def test_a_decision_is_received_answered_begun_reported_back_and_ended(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    path = made(client)
    assert "Inget beslut i akten." in text(client.get(f"{path}beslut/"))
    typed = order()
    for _ in range(2):
        assert post(client, f"{path}beslut/", **typed).status_code == 303
    page = f"{path}beslut/{typed['once']}/"
    shown = html.unescape(text(client.get(page)))
    for words in (GOAL, CONTACT, "Enskilt stöd, Krokom", "11 kap. 1 § SoL", "Ska börja senast"):
        assert words in shown
    for deed, more in (("accept", {}), ("start", {})):
        assert step(client, page, deed, **more).status_code == 303
    told = {"words": "Hon kommer varje vecka.", "unit": "Krokoms kommun", "ground": "decision_followup"}
    assert any("Skriv hur du har vägt" in e for e in errors(step(client, page, "report", **told)))
    once = uuid4()
    for _ in range(2):
        answer = step(client, page, "report", once=once, weighing="Bara det de frågar efter.", **told)
        assert answer.status_code == 303, errors(answer)
    assert html.unescape(text(client.get(f"{path}sekretess/"))).count("Hon kommer varje vecka.") == 1
    assert any("Skriv några ord" in e for e in errors(step(client, page, "end", words="")))
    once = uuid4()
    for _ in range(2):
        assert step(client, page, "end", once=once, words="Målet är nått.").status_code == 303
    shown = html.unescape(text(client.get(page)))
    for words in ("Målet är nått.", "Hon kommer varje vecka.", "Slutade"):
        assert words in shown
    assert "Inget beslut väntar" in text(client.get(LIST))
    assert "ENSK" in text(client.get(f"{LIST}?visa=avslutade"))
    acts = "SELECT act FROM audit_event WHERE act LIKE 'cases:decision:%' ORDER BY seq"
    wanted = ("receive", "answer", "start", "report", "end")
    assert rows(house, acts) == [(f"cases:decision:{act}",) for act in wanted]


def test_a_no_says_why_and_is_the_end_of_it(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    page = received(client, made(client))
    assert any("Skriv några ord" in e for e in errors(step(client, page, "decline", words=" ")))
    assert step(client, page, "decline", words="Vi har inte plats.").status_code == 303
    shown = html.unescape(text(client.get(page)))
    assert "Vi har inte plats." in shown
    assert "Nästa steg" not in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"municipality": "Ingenstans"}, "Välj kommunen."),
        ({"service": "PÅHITT"}, "Välj ett stöd."),
        ({"decided_on": "2099-01-01"}, "Den dagen har inte varit än."),
        ({"decided_on": "9999-12-31"}, "Skriv ett år mellan"),
        ({"received_on": clock.today() - timedelta(days=11)}, "kommer före den som den måste följa på"),
        ({"from_on": "2026-05-02", "until_on": "2026-05-01"}, "Sista dagen kommer före den första."),
        ({"paragraph": " "}, "Skriv några ord här."),
        ({"contact": ""}, "Skriv några ord här."),
        ({"goal": "x" * 2001}, "2000"),
        ({"goal": f"{GOAL}\x00"}, ""),
    ],
)
def test_what_is_odd_in_an_order_is_said_and_what_was_typed_is_kept(cast, fields, sentence):
    house, maja, *_ = cast
    client = hands(house, maja)
    answer = post(client, f"{made(client)}beslut/", **order(**({"contact": CONTACT} | fields)))
    assert answer.status_code == 200
    found = errors(answer)
    assert any(sentence in e for e in found)
    assert "Krokom" in text(answer)
    assert rows(house, "SELECT count(*) FROM cases_decision") == [(0,)]


def test_two_members_at_once_take_one_step_and_the_second_is_told_how_it_stands(cast):
    house, maja, tomas, _ = cast
    client, other = hands(house, maja), hands(house, tomas)
    path = made(client)
    post(client, path, deed="join", member=tomas.pk)
    page = received(client, path)
    assert step(client, page, "accept").status_code == 303
    answer = step(other, page, "decline", words="Ingen plats.")
    assert answer.status_code == 200
    assert any("på ett annat sätt nu" in e for e in errors(answer))
    assert rows(house, "SELECT stage FROM cases_decision") == [("accepted",)]


def test_a_consent_that_covers_the_board_carries_a_report_without_weighing(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    path = made(client)
    on = clock.today()
    consent = {
        "agency": "social",
        "unit": "Krokom",
        "what": "Att hon kommer",
        "purpose": "Uppföljning",
        "how": "written",
    }
    days = {"begins": on.isoformat(), "ends": (on + timedelta(days=9)).isoformat()}
    post(client, f"{path}sekretess/", deed="consent", once=uuid4(), **consent, **days)
    ((given,),) = rows(house, "SELECT id FROM cases_consent")
    page = received(client, path)
    step(client, page, "accept")
    told = {"words": "Hon kommer.", "unit": "Krokom", "ground": f"samtycke:{given}"}
    assert step(client, page, "report", **told).status_code == 303
    assert "med samtycke" in text(client.get(f"{path}sekretess/"))


@pytest.mark.parametrize(("days", "said"), [(59, ""), (60, "60 dagar"), (80, "80 dagar"), (93, "3 månader har gått")])
def test_what_has_not_begun_stands_on_the_desk_of_everybody_inside_the_wall(cast, days, said):
    house, maja, tomas, ingrid = cast
    client = hands(house, maja)
    page = received(client, made(client), decided_on=(clock.today() - timedelta(days=days)).isoformat())
    desk = text(hands(house, tomas).get("/personal/")).lower()
    assert ("beslut som inte har börjat" in desk) is bool(said)
    assert said in desk
    assert page in text(hands(house, tomas).get(LIST))
    for address in ("/personal/", LIST):
        assert page not in text(hands(house, ingrid).get(address))
    step(client, page, "accept")
    step(client, page, "start")
    assert "beslut som inte har börjat" not in text(client.get("/personal/")).lower()


def test_unknown_and_forbidden_are_the_same_and_a_colleague_says_why_first(cast):
    house, maja, tomas, ingrid = cast
    client = hands(house, maja)
    path = made(client)
    page = received(client, path)
    outside = hands(house, ingrid)
    nothing = f"/personal/akter/{uuid4()}/beslut/"
    for address in (page, f"{path}beslut/"):
        answer = outside.get(address)
        assert (answer.status_code, answer.content) == (404, outside.get(nothing).content)
    assert client.get(f"{path}beslut/{uuid4()}/").status_code == 404
    other = made(client, number="", number_kind="none")
    assert client.get(f"{other}beslut/{page.split('/')[-2]}/").status_code == 404
    assert hands(house, tomas).get(page)["Location"] == path
    assert step(hands(house, tomas), page, "accept")["Location"] == path
    assert rows(house, "SELECT stage FROM cases_decision") == [("received",)]


def typed_sql(actor: Member, file: UUID, sql: str, *values: object) -> int:
    with door("staff", actor=actor.pk):
        become(case=file)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount


def test_by_hand_in_the_staff_door_nobody_gets_further_than_the_pages(cast):
    house, maja, tomas, ingrid = cast
    client = hands(house, maja)
    path = made(client)
    file = UUID(path.split("/")[-2])
    received(client, path)
    assert typed_sql(tomas, file, "SELECT 1 FROM cases_decision") == 1  # days and a service: inside the wall
    assert typed_sql(tomas, file, "SELECT 1 FROM cases_decisionwords") == 0
    assert typed_sql(ingrid, file, "SELECT 1 FROM cases_decision") == 0
    start = "UPDATE cases_decision SET stage = 'accepted', answered_on = decided_on"
    assert typed_sql(tomas, file, start) == 0
    with pytest.raises(IntegrityError):
        typed_sql(maja, file, "UPDATE cases_decision SET stage = 'started'")
    for statement in (
        "UPDATE cases_decision SET decided_on = now()",
        "DELETE FROM cases_decision",
        "UPDATE cases_decisionwords SET sealed = ''",
        "DELETE FROM cases_decisionwords",
    ):
        with pytest.raises(ProgrammingError):
            typed_sql(maja, file, statement)
    assert typed_sql(maja, file, "UPDATE cases_decision SET stage = 'declined', answered_on = decided_on") == 1
    assert typed_sql(maja, file, start) == 0  # a no stands


def test_no_word_of_a_decision_lies_open_in_the_database(cast):
    house, maja, *_ = cast
    client = hands(house, maja)
    page = received(client, made(client))
    step(client, page, "decline", words="Nejord")
    planted = (GOAL, CONTACT, "Krokom", "11 kap. 1 § SoL", "Nejord")
    tables = [t for (t,) in rows(house, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    dump = "\n".join(str(r) for t in tables for r in rows(house, f'SELECT t::text FROM "{t}" t'))
    assert [w for w in planted if w in dump or w.encode().hex() in dump] == []
