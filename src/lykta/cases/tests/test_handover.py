"""Handing a file over, in the database and on its pages: the letter, who sees it first, and what is missing."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError

from journeys.house import House
from lykta.access.enums import Wall
from lykta.cases.tests.test_decisions import typed_sql
from lykta.cases.tests.test_pages import hands, made, post, text
from lykta.cases.tests.test_plan import errors, join, of, shown
from lykta.core import clock
from lykta.people.models import Member

DUE = "/personal/akter/bevaka/"
TOLD = {"where": "Mitt i en flytt.", "contact": "Ring aldrig efter fem.", "next": "Boka tid med skolan."}
MISSING = "Överlämning saknas"


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    return house, house.member("Maja", walls=walls), house.member("Tomas", walls=walls)


def letter(**more: object) -> dict[str, object]:
    return {"deed": "letter", "once": uuid4()} | TOLD | more


def rows(house: House) -> list[tuple]:
    with house.as_superuser() as boss:
        return boss.execute(
            "SELECT from_member, to_member, letter_id IS NOT NULL, seen_on IS NOT NULL FROM cases_handover ORDER BY id"
        ).fetchall()


def only(house: House) -> str:
    with house.as_superuser() as boss:
        ((found,),) = boss.execute("SELECT id FROM cases_handover").fetchall()
    return str(found)


def test_the_lead_is_passed_on_with_a_letter_that_the_next_one_sees_first_until_she_has_read_it(cast):
    house, maja, tomas = cast
    client, colleague = hands(house, maja), hands(house, tomas)
    path = made(client)
    page = f"{path}overlamning/"
    form = letter(to=tomas.pk)
    for _ in range(2):
        assert post(client, page, **form).status_code == 303
    assert rows(house) == [(maja.pk, tomas.pk, True, False)]
    assert "väntar på att du läser brevet" in shown(colleague, DUE).lower()
    first = shown(colleague, path)
    assert (
        first.index("Till dig från Maja")
        < first.index("Ring aldrig efter fem.")
        < first.index('aria-label="Säker kontakt"')
    )
    assert "Till dig från" not in shown(client, path)
    assert post(client, page, deed="seen", handover=only(house)).status_code == 200  # it is not hers to say
    for _ in range(2):
        assert post(colleague, page, deed="seen", handover=only(house)).status_code == 303
    after = shown(colleague, path)
    assert "Till dig från" not in after
    assert "överlämning</span>" in after
    assert "Boka tid med skolan." in after
    assert "Ingenting väntar." in shown(colleague, DUE)
    assert "läst i dag" in shown(colleague, page)
    with house.as_superuser() as boss:
        told = boss.execute("SELECT act, reason FROM audit_event WHERE act ~ 'handover' ORDER BY seq").fetchall()
    assert told == [("cases:handover:write", ""), ("cases:handover:see", "")]


def test_without_a_letter_it_says_so_until_it_is_written_or_let_be(cast):
    house, maja, tomas = cast
    client, colleague = hands(house, maja), hands(house, tomas)
    path = made(client)
    join(client, path, tomas, leads="yes")
    assert rows(house) == [(maja.pk, tomas.pk, False, False)]
    assert "överlämning saknas" in shown(colleague, DUE).lower()
    assert "försenat" not in shown(colleague, DUE)
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        assert "försenat" in shown(hands(house, tomas), DUE)
    assert MISSING in shown(colleague, path)
    assert "brevet saknas" in shown(client, path)
    assert post(client, f"{path}overlamning/", **letter()).status_code == 303
    assert rows(house) == [(maja.pk, tomas.pk, True, False)]
    assert "Till dig från Maja" in shown(colleague, path)


def test_who_leaves_without_a_letter_stands_on_the_leads_list_and_who_has_written_does_not(cast):
    house, maja, tomas = cast
    vera = house.member("Vera", walls=(Wall.EXPOSED,))
    client, colleague = hands(house, maja), hands(house, tomas)
    path = made(client)
    for member in (tomas, vera):
        join(client, path, member)
    assert post(colleague, f"{path}overlamning/", **letter()).status_code == 303
    for member in (tomas, vera):
        assert post(client, path, deed="leave", member=member.pk).status_code == 303
    assert sorted(rows(house)) == sorted([(tomas.pk, maja.pk, True, False), (vera.pk, maja.pk, False, False)])
    due = shown(client, DUE)
    assert (due.count("Väntar på att du läser brevet"), due.count(MISSING)) == (1, 1)
    page = shown(client, path)
    assert "Till dig från Tomas" in page
    with house.as_superuser() as boss:
        ((missing,),) = boss.execute("SELECT id FROM cases_handover WHERE letter_id IS NULL").fetchall()
    assert post(client, f"{path}overlamning/", deed="seen", handover=missing).status_code == 303
    assert MISSING not in shown(client, path)


def test_what_was_not_read_waits_for_the_next_one_who_leads(cast):
    house, maja, tomas = cast
    vera = house.member("Vera", walls=(Wall.EXPOSED,))
    client, colleague, hers = (hands(house, m) for m in (maja, tomas, vera))
    path = made(client)
    assert post(client, f"{path}overlamning/", **letter(to=tomas.pk)).status_code == 303
    assert post(colleague, f"{path}overlamning/", **letter(to=vera.pk)).status_code == 303
    page = shown(hers, path)
    assert ("Till dig från Maja" in page, "Till dig från Tomas" in page) == (True, True)
    assert "Till dig från" not in shown(colleague, path)
    assert post(hers, f"{path}overlamning/", **letter(to=tomas.pk)).status_code == 303  # and back again
    assert "Till dig från Vera" in shown(colleague, path)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"where": " "}, "Skriv några ord här."),
        ({"contact": ""}, "Skriv några ord här."),
        ({"next": "a\x00"}, ""),
        ({"urgent": "x" * 3001}, ""),
        ({"to": ""}, "Välj en kollega."),
        ({"to": uuid4()}, "Välj en kollega."),
        ({"to": "x"}, "Välj en kollega."),
    ],
    ids=["empty", "no_contact", "null", "long", "nobody", "stranger", "forged"],
)
def test_what_is_wrong_is_told_what_was_typed_is_kept_and_nothing_is_passed_on(cast, fields, told):
    house, maja, tomas = cast
    client = hands(house, maja)
    path = made(client)
    answer = post(client, f"{path}overlamning/", **letter(**({"to": tomas.pk, "agreed": "Kvar på sidan"} | fields)))
    assert answer.status_code == 200
    assert any(told in e for e in errors(answer))
    assert "Kvar på sidan" in text(answer)
    assert rows(house) == []
    assert "ansvarig" in shown(client, path)


def test_a_closed_file_is_passed_on_without_a_letter(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    path = made(client)
    post(client, path, deed="close", reason="completed")
    join(client, path, tomas, leads="yes")
    assert rows(house) == []


def test_by_hand_nobody_writes_anothers_letter_or_says_that_she_has_read_it(cast):
    house, maja, tomas = cast
    client, colleague = hands(house, maja), hands(house, tomas)
    path = made(client)
    assert post(client, f"{path}overlamning/", **letter(to=tomas.pk)).status_code == 303
    file = of(path)
    for member, statement in (
        (maja, "UPDATE cases_handover SET seen_on = CURRENT_DATE"),
        (maja, "UPDATE cases_handover SET seen_on = CURRENT_DATE, to_member = lykta_actor()"),
        (maja, "UPDATE cases_handover SET letter_id = NULL"),
        (tomas, "UPDATE cases_handover SET letter_id = NULL"),
        (tomas, "UPDATE cases_handover SET to_member = from_member"),
    ):
        with pytest.raises((IntegrityError, ProgrammingError)):
            typed_sql(member, file, statement)
    for statement in ("UPDATE cases_handover SET from_member = to_member", "DELETE FROM cases_handover"):
        with pytest.raises(ProgrammingError):
            typed_sql(tomas, file, statement)
    vera = house.member("Vera", walls=(Wall.EXPOSED,))
    assert typed_sql(vera, file, "SELECT 1 FROM cases_handover") == 0
    assert typed_sql(vera, file, "UPDATE cases_handover SET seen_on = CURRENT_DATE") == 0
    assert typed_sql(tomas, file, "UPDATE cases_handover SET seen_on = CURRENT_DATE") == 1
    assert "Till dig" not in shown(colleague, path)
