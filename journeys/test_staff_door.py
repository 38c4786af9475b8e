"""No staff address shows anything before the sign-in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver

from journeys.filler import Forms
from journeys.house import House
from lykta.access.enums import Wall
from lykta.config import urls_staff
from lykta.core import clock
from lykta.core.lights import DARK_SECONDS, Lights
from lykta.people import middleware


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address of the staff door, its converters filled."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield re.sub(r"<(\w+):\w+>", lambda found: FILLED[found[1]], path)


FILLED = {"uuid": str(UUID(int=7)), "int": "1", "str": "nothing", "slug": "nothing"}
FILLED |= {"code": "ENSK", "new": "grans", "part": "grund"}  # the catalogue's own
FILLED |= {"textkind": "sida", "tongue": "sv"}  # the public pages' own
THE_DOOR_ITSELF = ("/personal/logga-in/", "/personal/logga-ut/", "/personal/inbjudan/")
INSTALLATION = ("/personal/installation/", "/personal/installation/nothing/")  # for an empty house
GUARDED = sorted(
    {path for path in addresses(urls_staff.urlpatterns) if not path.startswith((*THE_DOOR_ITSELF, *INSTALLATION))}
)


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_session_every_staff_address_leads_to_the_sign_in(house: House, path: str, method: str) -> None:
    answer = getattr(Client(headers={"host": "127.0.0.1"}), method)(path)
    assert (answer.status_code, answer["Location"]) == (303, f"/personal/logga-in/?next={path}")


@pytest.mark.parametrize(("path", "status"), list(zip(INSTALLATION, (303, 404), strict=True)))
@pytest.mark.parametrize("method", ["get", "post"])
def test_where_a_centre_stands_its_installation_shows_nothing(
    house: House, path: str, status: int, method: str
) -> None:
    answer = getattr(Client(headers={"host": "127.0.0.1"}), method)(path)
    assert (answer.status_code, answer.headers.get("Location", "/personal/")) == (status, "/personal/")


@pytest.mark.parametrize("known", [False, True])
def test_in_the_dark_the_typed_text_is_given_back(house: House, monkeypatch: pytest.MonkeyPatch, known: bool) -> None:
    monkeypatch.setattr(middleware, "lights", Lights(lambda: not known))
    maja = house.member("Maja")
    client = house.signed_in(maja)
    form = {"deed": "answer", "text": "Ett svar på väg", "password": "a secret", "by": str(maja.pk)}
    with in_the_dark():
        page = client.post("/personal/inkorg/", form, headers={"host": "127.0.0.1"})
    assert page.status_code == 503
    assert "Ett svar på väg" in page.content.decode()
    assert "a secret" not in page.content.decode()
    assert page["Content-Security-Policy"].startswith("default-src 'none'")


@contextmanager
def in_the_dark() -> Iterator[None]:
    """No database answers."""
    host = connection.settings_dict["HOST"]
    connection.close()
    connection.close_pool()
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        yield
    finally:
        connection.settings_dict["HOST"] = host
        connection.close_pool()


def test_what_met_the_dark_is_sent_again_whole_from_the_page_that_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.install()
    client = house.signed_in(house.member("Maja", walls=(Wall.CONTACT, Wall.EXPOSED)))
    client.defaults["HTTP_HOST"], client.handler.enforce_csrf_checks = "127.0.0.1", True
    new = "/personal/akter/ny/"
    form = asks_who(client.get(new)) | {"given_names": ["Påhittad"], "family_name": ["Exempelsson <b>"]}
    form |= {"wall": ["exposed"], "service": ["ENSK"], "mode": ["full"], "number_kind": ["none"], "deed": ["make"]}
    with in_the_dark():
        dark = client.post(new, form)
    assert (dark.status_code, "Det du skrev är kvar" in dark.content.decode()) == (503, True)
    assert {name: texts for name, texts in asks_who(dark).items() if texts != [""]} == {
        name: texts for name, texts in form.items() if texts not in ([], [""])
    }
    monkeypatch.setattr(middleware, "lights", Lights(lambda: True))
    assert client.post(new, asks_who(dark)).status_code == 303
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM cases_file").fetchone() == (1,)


def asks_who(answer: HttpResponse) -> dict[str, list[str]]:
    """The form of a page that has a family name in it, as a browser would send it."""
    return next(f.values for f in Forms(answer.content.decode()).found if "family_name" in f.values)


def test_asking_in_the_dark_does_not_make_it_last_longer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    lights, now = Lights(lambda: True), iter((0.0, DARK_SECONDS - 0.1, DARK_SECONDS + 0.1))
    lights.went_out(0.0)
    monkeypatch.setattr(middleware, "lights", lights)
    monkeypatch.setattr(middleware, "time", SimpleNamespace(monotonic=lambda: next(now)))
    client = Client(headers={"host": "127.0.0.1"})
    assert [client.get("/personal/").status_code for _ in range(3)] == [503, 503, 303]


def checked(house: House) -> Client:
    """A member's browser whose forms are checked as a real one's are."""
    client = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    client.cookies = house.signed_in(house.member("Maja")).cookies
    return client


@pytest.mark.parametrize("late", [False, True])
def test_a_form_that_is_too_much_is_answered_by_a_page_with_a_way_back(house: House, late: bool) -> None:
    client = checked(house)
    moment = clock.now() + timedelta(minutes=16 if late else 0)
    with time_machine.travel(moment, tick=False):
        page = client.post("/personal/inkorg/", {"text": "x" * 5_000_000})
    text = page.content.decode()
    assert (page.status_code, "högst 4 MB" in text, 'href="/personal/inkorg/"' in text) == (413, True, True)
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "kind"),
    [("&".join(f"f{n}=1" for n in range(300)), "application/x-www-form-urlencoded"), ("--x", "multipart/form-data")],
)
def test_a_form_that_can_not_be_read_is_answered_by_a_page_with_a_way_back(house: House, body: str, kind: str) -> None:
    page = checked(house).post("/personal/inkorg/", body, content_type=kind)
    assert (page.status_code, "gick inte att läsa" in page.content.decode()) == (400, True)
