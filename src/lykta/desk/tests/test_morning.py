"""The morning page for each who comes to it."""

from django.test import Client

from journeys.house import House
from lykta.access.enums import Role
from lykta.people.models import Member


def hands(house: House, member: Member) -> Client:
    """The member's browser."""
    client = house.signed_in(member)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    return client


def test_an_empty_house_says_what_will_come(house: House) -> None:
    page = hands(house, house.member("Maja Norrby")).get("/personal/").content.decode()
    assert "Ingen väntar." in page
    assert "Det som kommer in i dag hamnar här." in page


def test_what_waits_is_listed_and_drawn_without_a_word_opened(house: House) -> None:
    house.dialogue("Hemligt")
    page = hands(house, house.member("Maja")).get("/personal/")
    assert page.context["morning"].free == 1
    assert "Hemligt" not in page.content.decode()
    assert "En väntar på svar" in page.content.decode()


def test_the_auditor_sees_each_chain_and_no_room(house: House) -> None:
    house.dialogue("Hej")
    auditor = house.member("Per", Role.AUDITOR, place=False, share=False)
    page = hands(house, auditor).get("/personal/")
    assert {r.chain: r.broken for r in page.context["log"].reports} == dict.fromkeys(
        ("staff", "public", "worker", "agency", "calls")
    )
    assert page.context["morning"].waiting == []
    assert "/personal/inkorg/" not in page.content.decode()


def test_the_head_has_the_log_walked_when_she_asks(house: House) -> None:
    client = hands(house, house.member("Gunnel", Role.HEAD, share=False))
    assert client.get("/personal/").context["log"].reports is None
    assert client.get("/personal/?kontrollera=1").context["log"].whole


def test_a_counsellor_is_shown_no_log(house: House) -> None:
    assert hands(house, house.member("Maja")).get("/personal/?kontrollera=1").context["log"] is None
