"""The morning page for each who comes to it."""

from django.test import Client

from journeys.house import House
from lykta.access.enums import Role
from lykta.audit.tasks import verify_the_log
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


def test_the_auditor_sees_how_the_log_stands_and_no_room(house: House) -> None:
    house.dialogue("Hej")
    client = hands(house, house.member("Per", Role.AUDITOR, place=False, share=False))
    page = client.get("/personal/")
    assert (page.context["log"].checked_at, page.context["log"].broken) == (None, [])
    assert page.context["morning"].waiting == []
    assert "/personal/inkorg/" not in page.content.decode()
    verify_the_log(0)
    log = client.get("/personal/").context["log"]
    assert (log.checked_at is not None, log.broken) == (True, [])


def test_a_counsellor_is_shown_no_log(house: House) -> None:
    assert hands(house, house.member("Maja")).get("/personal/").context["log"] is None
