"""Requests from courts, the police and others, in the database and on their page."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases.models import Demand, DemandWords
from lykta.cases.tests.test_extract import form_of, paper
from lykta.cases.tests.test_pages import hands, made, post, text
from lykta.cases.tests.test_sharing import consent
from lykta.core import clock
from lykta.core.doors import door
from lykta.people.models import Member

DUE = "/personal/akter/bevaka/"
WANTED = "Hur många gånger hon har varit här"
GIVEN = "Att hon har varit här två gånger i höst"


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    return house, house.member("Maja", walls=walls), house.member("Tomas", walls=walls)


def demand(**more: object) -> dict[str, object]:
    on = clock.today()
    return {
        "deed": "demand",
        "once": uuid4(),
        "agency": "court",
        "authority": "Påhittade tingsrätten",
        "official": "Notarie Hittepå",
        "reference": "T 000-26",
        "came": "letter",
        "came_on": on.isoformat(),
        "due_on": (on + timedelta(days=3)).isoformat(),
        "what": WANTED,
    } | more


def answer(demand: object, outcome: str, **more: object) -> dict[str, object]:
    said = {"on": clock.today().isoformat(), "what": GIVEN, "ground": "harmless", "weighing": "Ingen lider men."}
    kept = {"kept": "Vad hon har sagt, för att det skulle skada henne.", "told": "on"}
    return {"deed": "answer", "demand": demand, "outcome": outcome} | said | kept | more


def written(client, **more: object) -> tuple[str, str]:
    """A file's page of requests with one that waits. Gives its address and the request's id."""
    page, form = made(client) + "forfragningar/", demand(**more)
    assert post(client, page, **form).status_code == 303
    return page, str(form["once"])


def errors(answered) -> list[str]:
    return [html.unescape(e) for e in re.findall(r'class="error"[^>]*>([^<]*)', text(answered))]


def acts(house: House) -> list[tuple[str, str]]:
    with house.as_superuser() as boss:
        rows = "SELECT act, reason FROM audit_event WHERE act ~ 'demand|disclose' ORDER BY seq"
        return boss.execute(rows).fetchall()


def test_what_is_given_leaves_as_one_disclosure_with_its_ground(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "forfragningar/"
    assert "Ingen har begärt något." in text(client.get(page))
    form = demand()
    for _ in range(2):  # the same form twice is one request
        assert post(client, page, **form).status_code == 303
    shown = text(client.get(page))
    assert (shown.count('class="note"'), shown.count("väntar på svar<")) == (1, 1)
    for _ in range(2):
        assert post(client, page, **answer(form["once"], "given_part")).status_code == 303
    shown = html.unescape(text(client.get(page)))
    for words in ("en del lämnades<", WANTED, GIVEN, "OSL 26 kap. 1 §", "Ingen lider men.", "för att det skulle skada"):
        assert words in shown
    sharing = html.unescape(text(client.get(page.replace("forfragningar", "sekretess"))))
    assert sharing.count("Domstolen, Påhittade tingsrätten, Notarie Hittepå") == 1
    assert sharing.count(f"<p>{GIVEN}</p>") == 1
    assert acts(house) == [
        ("cases:demand:receive", ""),
        ("cases:file:disclose", ""),
        ("cases:demand:answer", "given_part"),
    ]


@pytest.mark.parametrize(("outcome", "left"), [("given_full", 1), ("given_none", 0), ("taken_back", 0)])
def test_only_what_is_given_leaves_the_file(cast, outcome, left):
    house, maja, _ = cast
    client = hands(house, maja)
    page, once = written(client)
    assert post(client, page, **answer(once, outcome)).status_code == 303
    assert [act for act, _ in acts(house)].count("cases:file:disclose") == left
    assert "Ingenting väntar." in text(client.get(DUE))
    assert GIVEN not in text(client.get(page)) or left


def test_a_consent_that_holds_covers_it_and_needs_no_weighing(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, once = written(client)
    sharing, given = page.replace("forfragningar", "sekretess"), consent(agency="court")
    chosen = {"ground": f"samtycke:{given['once']}", "weighing": ""}
    refused = errors(post(client, page, **answer(once, "given_full", **chosen)))
    assert len(refused) == 1  # there is no such consent to choose
    assert post(client, sharing, **given).status_code == 303
    assert post(client, page, **answer(once, "given_full", **chosen)).status_code == 303
    assert "<b>Grund:</b> samtycke" in text(client.get(page))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"authority": " "}, "Skriv några ord här."),
        ({"what": ""}, "Skriv några ord här."),
        ({"agency": "x"}, "Välj något här."),
        ({"came_on": "2999-01-01", "due_on": "2999-01-02"}, "Den dagen har inte varit än."),
        ({"due_on": "2020-01-01"}, "Det är före den dag då begäran kom."),
        ({"what": "Nul\x00tecken"}, None),
        ({"what": "x" * 4_001}, None),
    ],
    ids=range(7),
)
def test_what_is_wrong_with_a_request_is_told_and_kept(cast, more, sentence):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "forfragningar/"
    answered = post(client, page, **demand(**more))
    assert answered.status_code == 200
    assert [sentence] == errors(answered) if sentence else len(errors(answered)) == 1
    assert "Notarie Hittepå" in text(answered)
    assert acts(house) == []


@pytest.mark.parametrize(
    ("outcome", "more", "sentence"),
    [
        ("given_full", {"what": ""}, "Skriv några ord här."),
        ("given_full", {"ground": ""}, "Välj ett samtycke eller en grund."),
        ("given_full", {"weighing": " "}, "Skriv hur du har vägt, också när det är en skyldighet."),
        ("given_part", {"kept": ""}, "Skriv några ord här."),
        ("given_none", {"told": ""}, "Säg att ett skriftligt beslut kan begäras, och kryssa sedan i."),
        ("taken_back", {"on": "2999-01-01"}, "Den dagen har inte varit än."),
        ("taken_back", {"on": "2020-01-01"}, "Det är före den dag då begäran kom."),
    ],
    ids=range(7),
)
def test_what_is_missing_in_an_answer_is_told_and_nothing_leaves(cast, outcome, more, sentence):
    house, maja, _ = cast
    client = hands(house, maja)
    page, once = written(client)
    assert errors(post(client, page, **answer(once, outcome, **more))) == [sentence]
    assert acts(house) == [("cases:demand:receive", "")]
    assert "väntar på svar<" in text(client.get(page))


def test_a_ground_that_does_not_lead_to_who_asks_is_not_to_be_chosen(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, once = written(client)
    assert "close_violence" not in text(client.get(page))
    assert len(errors(post(client, page, **answer(once, "given_full", ground="close_violence")))) == 1
    assert acts(house) == [("cases:demand:receive", "")]


def test_what_is_late_is_told_the_day_after(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    page, _ = written(client)
    listed = text(client.get(DUE))
    assert ("Begäran från en myndighet" in listed, "försenat" in listed, "tingsrätten" in listed) == (
        True,
        False,
        False,
    )
    with time_machine.travel(clock.now() + timedelta(days=4), tick=True):
        later = hands(house, maja)
        assert ", försenat" in text(later.get(DUE))
        assert "Svara nu." in text(later.get(page))
    assert "Ingenting väntar." in text(hands(house, tomas).get(DUE))


def test_what_is_due_today_or_late_stands_on_the_desk_of_who_works_with_the_file(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    page, _ = written(client)
    assert "Att bevaka i dag" not in text(client.get("/personal/"))
    assert post(client, page, **demand(due_on=clock.today().isoformat())).status_code == 303
    desk = text(client.get("/personal/"))
    assert desk.split("Att bevaka i dag")[1].split("</section>")[0].count("Begäran från en myndighet") == 1
    assert "tingsrätten" not in desk
    assert "Att bevaka i dag" not in text(hands(house, tomas).get("/personal/"))


def test_a_closed_file_is_asked_about_too(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    post(client, path, deed="close", reason="completed")
    form = demand()
    assert post(client, f"{path}forfragningar/", **form).status_code == 303
    assert post(client, f"{path}forfragningar/", **answer(form["once"], "given_none")).status_code == 303


def test_a_form_that_was_forged_does_nothing(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    page, once = written(client)
    other = made(client) + "forfragningar/"
    assert post(client, page, deed="erase").status_code == 404
    assert post(client, page, **answer(once, "x")).status_code == 404
    assert post(client, page, **answer(uuid4(), "taken_back")).status_code == 404
    assert post(client, other, **answer(once, "taken_back")).status_code == 404
    assert client.post(page, {"by": str(tomas.pk)} | answer(once, "taken_back")).status_code == 303
    assert acts(house) == [("cases:demand:receive", "")]


def test_who_is_not_in_the_file_is_first_asked_why_and_others_find_nothing(cast):
    house, maja, tomas = cast
    page, _ = written(hands(house, maja))
    assert hands(house, tomas).get(page)["Location"] == page.removesuffix("forfragningar/")
    with door("staff", actor=tomas.pk, case=page.split("/")[3]):
        assert (Demand.objects.count(), DemandWords.objects.count()) == (0, 0)
    with door("staff", actor=maja.pk):  # outside the file: that something is due, and no sealed row
        assert (Demand.objects.count(), DemandWords.objects.count()) == (1, 0)
    outside = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    here, nowhere = outside.get(page), outside.get("/personal/nothing/")
    assert (here.status_code, here.content) == (404, nowhere.content)


COPIED = "INSERT INTO cases_demand (id, centre_id, file_id, by, came_on, due_on, answered_on, outcome)"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases_demand",
        "DELETE FROM cases_demand_words",
        "UPDATE cases_demand_words SET sealed = ''",
        "UPDATE cases_demand SET due_on = due_on + 30",
        "UPDATE cases_demand SET answered_on = came_on",
        "UPDATE cases_demand SET outcome = 'given_none'",
        "UPDATE cases_demand SET answered_on = came_on + 2, outcome = 'given_none'",
        f"{COPIED} SELECT gen_random_uuid(), centre_id, file_id, gen_random_uuid(), came_on, due_on, NULL, ''"
        " FROM cases_demand",
        f"{COPIED} SELECT gen_random_uuid(), centre_id, file_id, by, came_on, due_on, came_on, 'given_none'"
        " FROM cases_demand",
        "INSERT INTO cases_demand_words (id, centre_id, file_id, demand_id, kind, at, by, part, sealed)"
        " SELECT gen_random_uuid(), centre_id, file_id, demand_id, kind, at, by, part, sealed FROM cases_demand_words",
    ],
    ids=range(10),
)
def test_what_was_asked_is_never_changed_by_hand(cast, statement):
    house, maja, _ = cast
    page, _ = written(hands(house, maja))
    inside = door("staff", actor=maja.pk, case=page.split("/")[3])
    with pytest.raises((ProgrammingError, IntegrityError)), inside, connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_answer_stands_also_by_hand(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, once = written(client)
    post(client, page, **answer(once, "given_none"))
    with door("staff", actor=maja.pk, case=page.split("/")[3]), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_demand SET outcome = 'given_full'")
        assert cursor.rowcount == 0


def test_nothing_of_it_stands_in_plain(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, once = written(client)
    post(client, page, **answer(once, "given_part"))
    with house.as_superuser() as boss:
        rows = boss.execute("SELECT w::text FROM cases_demand_words w").fetchall()
        rows += boss.execute("SELECT d::text FROM cases_demand d").fetchall()
    assert len(rows) == 3
    for word in ("Påhitt", "Hittepå", "T 000", WANTED, "court", GIVEN, "skulle skada", "letter"):
        assert not any(word in row or word.encode().hex() in row for (row,) in rows)


def test_that_the_police_ask_is_not_told_in_the_persons_copy_and_that_a_court_does_is(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, _ = written(client)
    assert (
        post(client, page, **demand(agency="police", authority="Hemligt-polisen", what="Hemligt-var")).status_code
        == 303
    )
    copy = page.replace("forfragningar", "utdrag")
    told = paper(post(client, copy, **form_of(client, copy)))
    assert ("Påhittade tingsrätten" in told, WANTED in told, "Hemligt" in told) == (True, True, False)
    assert told.count("OSL 10 kap. 3 §") == 1
