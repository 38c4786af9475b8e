"""Strong deeds: the second factor again, and the form as it was left."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, include, path

from journeys.house import House
from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.people import drafts
from lykta.people.strong import AGAIN, strong

DEED = "/personal/provdad/"
done: list[str] = []


@door(Permission.DESK_SEE)
@strong
def deed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A page with a strong deed."""
    if request.method == "POST":
        done.append(request.POST["text"])
        return HttpResponse("done")
    draft = drafts.take(request)
    return HttpResponse(draft["text"] if draft else "empty")


urlpatterns = [path("personal/provdad/", deed), path("", include("lykta.config.urls"))]


@pytest.fixture
def hands(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Client, dict[str, str]]]:
    """A member's browser where the page stands, and what she sends."""
    monkeypatch.setattr(settings, "ROOT_URLCONF", __name__)
    clear_url_caches()
    done.clear()
    maja = house.member("Maja")
    client = house.signed_in(maja)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    yield client, {"text": "Ett skäl", "by": str(maja.pk)}
    monkeypatch.undo()
    clear_url_caches()


@pytest.mark.parametrize(("minutes", "asked"), [(0, False), (5, False), (6, True)])
def test_a_strong_deed_is_done_for_five_minutes_and_asked_for_after_that(
    hands: tuple[Client, dict[str, str]], minutes: int, asked: bool
) -> None:
    client, typed = hands
    with time_machine.travel(clock.now() + timedelta(minutes=minutes, seconds=-2), tick=False):
        answer = client.post(DEED, typed)
    assert answer.status_code == (303 if asked else 200)
    assert done == ([] if asked else ["Ett skäl"])


def test_looking_at_the_form_is_not_asked_for(hands: tuple[Client, dict[str, str]]) -> None:
    client, _ = hands
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert client.get(DEED).content == b"empty"


def test_thanks_are_said_on_the_page_she_comes_back_to_and_not_before(hands: tuple[Client, dict[str, str]]) -> None:
    client, typed = hands
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        asked = client.get(client.post(DEED, typed)["Location"], follow=True).content.decode()
        assert "Är det du?" in asked
        assert AGAIN not in asked
        assert AGAIN in client.get("/personal/konto/").content.decode()


def test_what_was_typed_waits_on_the_page_and_nothing_is_done_unseen(hands: tuple[Client, dict[str, str]]) -> None:
    client, typed = hands
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        answer = client.post(DEED, typed)
        assert answer["Location"] == "/personal/konto/bekrafta/?next=%2Fpersonal%2Fprovdad%2F"
        assert client.get(DEED).content.decode() == "Ett skäl"
        assert client.get(DEED).content == b"empty"
    assert done == []
