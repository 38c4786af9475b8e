"""The visitor's pages at the neutral address: what each form does, and that nothing she types is ever lost."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journeys.house import House
from lykta.access.rules import Actor
from lykta.contact import actions, public_views, screens, visitor_actions
from lykta.contact.enums import CloseReason
from lykta.contact.flood import Flood
from lykta.contact.keys import codes_in
from lykta.contact.models import Dialogue
from lykta.core import clock
from lykta.core.doors import become, door
from lykta.core.lights import DARK_SECONDS, TRUST_SECONDS, Lights
from lykta.core.words import words
from lykta.sealing.codes import check_digit

PAGE = "/sida/"
TEXT = "Det här har jag aldrig berättat för någon."
ONCE = re.compile(r'name="once" value="(\w+)"')
T = words("sv")["contact"]


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test is slowed down by what another has sent, or stands before a house that was dark a moment ago."""
    monkeypatch.setattr(public_views, "messages", Flood(1000))
    monkeypatch.setattr(public_views, "codes", Flood(1000))
    monkeypatch.setattr(public_views, "lights", Lights(lambda: True))


@pytest.fixture
def browser() -> Client:
    return new_browser()


def new_browser() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def shown(client: Client) -> str:
    """What the page says now."""
    return client.get(PAGE).content.decode()


def say(client: Client, **fields: str) -> str:
    """Send a form of the page; gives the next page."""
    once = ONCE.search(shown(client))
    assert once is not None
    answer = client.post(PAGE, {"once": once[1], **fields})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    return shown(client)


def code_on(page: str) -> str:
    return "".join(re.findall(r"<li>(\d{4})</li>", page))


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.S)
    return re.sub("<[^>]*>", "", found[1]) if found else ""


def typed(page: str) -> str:
    """What stands in the box for text."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)
    return found[1] if found else ""


def written(client: Client) -> str:
    """A dialogue begun in this browser; gives its code."""
    return code_on(say(client, deed="write", text=TEXT))


@pytest.fixture
def maja(house: House) -> Actor:
    return house.actor(house.member("Maja"))


def staff_does(actor: Actor, deed: str, **values: object) -> None:
    """One deed of a colleague on the only dialogue there is."""
    with door("staff", actor=actor.member):
        dialogue = Dialogue.objects.get()
        become(case=dialogue.id)
        getattr(actions, deed)(by=actor, dialogue=dialogue, **values)


def count_of(house: House, table: str) -> int:
    with house.as_superuser() as boss:
        row = boss.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


# --- writing and the code ---


def test_a_code_is_shown_once_and_never_again(house: House, browser: Client) -> None:
    assert len(written(browser)) == 20
    assert heading(shown(browser)) == T["code"]["hidden"]["title"]


def test_a_look_at_the_headers_alone_does_not_use_up_the_code(house: House, browser: Client) -> None:
    browser.post(PAGE, {"deed": "write", "text": TEXT})
    browser.head(PAGE)
    assert len(code_on(shown(browser))) == 20


def test_a_new_code_replaces_the_old_one(house: House, browser: Client) -> None:
    old = written(browser)
    new = code_on(say(browser, deed="renew"))
    assert heading(say(new_browser(), deed="open", code=old)) == T["reading"]["nothing"]["title"]
    assert heading(say(new_browser(), deed="open", code=new)) == T["reading"]["waiting"]["title"]


def test_two_equal_forms_at_the_same_moment_are_one_dialogue_with_one_code(house: House) -> None:
    form = {"once": "0f" * 16, "deed": "write", "text": TEXT}

    def post(_: int) -> HttpResponse:
        try:
            return new_browser().post(PAGE, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crowd:
        answers = list(crowd.map(post, range(4)))

    assert {answer.status_code for answer in answers} == {303}
    tokens = {answer.cookies["l"].value for answer in answers}
    assert (len(tokens), count_of(house, "contact_dialogue"), count_of(house, "contact_message")) == (1, 1, 1)
    reader = new_browser()
    reader.cookies["l"] = tokens.pop()
    assert len(code_on(shown(reader))) == 20


def test_a_form_sent_again_after_its_visit_is_over_is_told_to_have_arrived(house: House, browser: Client) -> None:
    form = {"once": "0f" * 16, "deed": "write", "text": TEXT}
    browser.post(PAGE, form)
    browser.post(PAGE, {"deed": "leave"})
    again = new_browser()
    again.post(PAGE, form)
    assert T["errors"]["twice"] in shown(again)
    assert count_of(house, "contact_dialogue") == 1


def test_a_reference_that_is_taken_loses_no_message(
    house: House, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: Iterator[str] = iter(["D-BBBBBB", "D-BBBBBB", "D-CCCCCC"])
    monkeypatch.setattr(visitor_actions, "new_ref", lambda _: next(drawn))
    written(browser)
    assert len(written(new_browser())) == 20
    assert count_of(house, "contact_dialogue") == 2


def test_writing_takes_few_questions_to_the_database(house: House, browser: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        browser.post(PAGE, {"deed": "write", "text": TEXT})
    assert len(asked) <= 12


# --- coming back ---


def test_a_reply_is_handed_over_once_and_stays_while_she_is_there(house: House, browser: Client, maja: Actor) -> None:
    code = written(browser)
    staff_does(maja, "answer", text="Hej!", signed="Maja")

    page = say(browser, deed="open", code=code)
    assert ("Hej!" in page, "Maja på Lykta, i dag" in page, "Hej!" in shown(browser)) == (True, True, True)
    browser.post(PAGE, {"deed": "leave"})

    assert heading(say(new_browser(), deed="open", code=code)) == T["reading"]["read"]["title"]


def test_a_reply_that_comes_while_she_is_there_is_shown_at_the_next_look(
    house: House, browser: Client, maja: Actor
) -> None:
    say(browser, deed="open", code=written(browser))
    staff_does(maja, "answer", text="Hej!", signed="")
    page = shown(browser)
    assert (heading(page), "Centrum mot våld, i dag" in page) == (T["reading"]["reply"]["title"], True)


def test_the_form_for_the_code_sent_twice_does_not_lose_the_reply(house: House, browser: Client, maja: Actor) -> None:
    code = written(browser)
    staff_does(maja, "answer", text="Hej!", signed="Maja")
    form = {"once": "0f" * 16, "deed": "open", "code": code}
    first, second = (new_browser().post(PAGE, form) for _ in range(2))
    reader = new_browser()
    reader.cookies["l"] = second.cookies["l"].value
    assert (first.cookies["l"].value == second.cookies["l"].value, "Hej!" in shown(reader)) == (True, True)


def test_digits_of_any_script_are_read(house: House, browser: Client) -> None:
    arabic = written(browser).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert heading(say(new_browser(), deed="open", code=arabic)) == T["reading"]["waiting"]["title"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("", T["errors"]["code_empty"]),
        ("123", "Nu är det 3."),
        ("1" * 21, "Nu är det 21."),
        ("1" * 20, T["errors"]["code_check"]),
        ("12O4", T["errors"]["code_letters"]),
    ],
)
def test_what_is_wrong_with_a_code_is_told_and_it_is_kept(house: House, browser: Client, code: str, error: str) -> None:
    page = say(browser, deed="open", code=code)
    assert (error in page, f'value="{code}"' in page) == (True, True)


@pytest.mark.parametrize(("days", "title"), [(1, "waiting"), (2, "late")])
def test_the_day_after_the_promised_one_the_page_says_that_we_are_late(
    house: House, browser: Client, days: int, title: str
) -> None:
    monday = date(2026, 11, 23)
    with time_machine.travel(f"{monday}T12:00:00+01:00", tick=False):
        code = written(browser)
    with time_machine.travel(f"{monday + timedelta(days=days)}T12:00:00+01:00", tick=False):
        assert heading(say(new_browser(), deed="open", code=code)) == T["reading"][title]["title"]


# --- what may have happened meanwhile ---


def test_a_text_sent_after_the_visit_ran_out_is_kept_through_the_code(house: House, browser: Client) -> None:
    code = written(browser)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        page = say(browser, deed="more", text="Mer att säga")
        assert (T["errors"]["timeout"]["title"] in page, typed(page)) == (True, "Mer att säga")
        assert typed(say(browser, deed="open", code=code)) == "Mer att säga"
    assert count_of(house, "contact_message") == 1


@pytest.mark.parametrize(
    ("deed", "values", "title"),
    [
        ("close", {"reason": CloseReason.COMPLETED}, T["reading"]["closed"]["title"]),
        ("mute", {"muted": True}, T["reading"]["muted"]["title"]),
    ],
)
def test_a_text_for_a_dialogue_that_takes_no_more_is_kept(
    house: House, browser: Client, maja: Actor, deed: str, values: dict[str, object], title: str
) -> None:
    say(browser, deed="open", code=written(browser))
    staff_does(maja, deed, **values)
    page = say(browser, deed="more", text="Mer att säga")
    assert (title in page, typed(page)) == (True, "Mer att säga")
    assert typed(say(browser, deed="anew")) == "Mer att säga"


def test_a_text_for_a_dialogue_erased_in_another_browser_is_kept(house: House, browser: Client) -> None:
    code, other = written(browser), new_browser()
    say(other, deed="open", code=code)
    say(other, deed="erase")
    page = say(browser, deed="more", text="Mer att säga")
    assert (heading(page), typed(page)) == (T["reading"]["nothing"]["title"], "Mer att säga")


def test_erasing_leaves_no_row_and_twice_is_no_fault(house: House, browser: Client) -> None:
    written(browser)
    assert [heading(say(browser, deed="erase")) for _ in range(2)] == [T["erase"]["done"]["title"]] * 2
    assert [count_of(house, t) for t in ("contact_dialogue", "contact_message", "sealing_wrap")] == [0, 0, 0]


def test_a_first_message_in_a_tab_beside_an_open_dialogue_is_kept_and_not_mixed_in(
    house: House, browser: Client
) -> None:
    say(browser, deed="open", code=written(browser))
    page = say(browser, deed="write", text="Från den andra fliken")
    assert (T["errors"]["stale"] in page, typed(page)) == (True, "Från den andra fliken")


def test_leaving_destroys_the_visit(house: House, browser: Client) -> None:
    written(browser)
    answer = browser.post(PAGE, {"deed": "leave"})
    assert (answer.status_code, answer["Clear-Site-Data"]) == (303, '"cache", "cookies"')
    assert count_of(house, "contact_visit") == 0


# --- injuries ---


def test_an_injury_asks_her_to_call_first_and_keeps_everything(house: House, browser: Client) -> None:
    page = say(browser, deed="write", text="rad ett\nrad två", hurt="yes", municipality="2380")
    assert heading(page) == "Ring 112 först"
    hidden = dict(re.findall(r'name="(text|hurt|municipality)" value="([^"]*)"', page))
    assert hidden == {"text": "rad ett\nrad två", "hurt": "yes", "municipality": "2380"}
    assert count_of(house, "contact_dialogue") == 0
    assert len(code_on(say(browser, deed="send", **hidden))) == 20


# --- the wave and the dark ---


def test_in_a_wave_the_text_is_kept_in_the_answer_and_nothing_is_stored(
    house: House, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_views, "messages", Flood(1))
    say(browser, deed="nonsense")
    answer = browser.post(PAGE, {"deed": "write", "text": TEXT, "hurt": "no", "once": "0f" * 16})
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], typed(page)) == (429, "20", TEXT)
    assert re.findall(r'name="(once|hurt)" value="(\w+)"', page)[-2:] == [("once", "0f" * 16), ("hurt", "no")]
    assert 'name="ticket" value="' in page
    assert count_of(house, "contact_visit") == 1


def test_in_a_wave_leaving_is_never_held_up(house: House, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_views, "messages", Flood(1))
    say(browser, deed="nonsense")
    assert browser.post(PAGE, {"deed": "leave"}).status_code == 303


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"deed": "write", "text": TEXT}, TEXT),
        ({"deed": "more", "text": TEXT}, TEXT),
        ({"deed": "open", "code": "1234 5678"}, 'value="1234 5678"'),
        ({"deed": "erase"}, 'value="erase"'),
    ],
)
def test_before_a_dark_house_everything_typed_stands_in_the_answer(
    house: House, browser: Client, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str], kept: str
) -> None:
    monkeypatch.setattr(public_views, "lights", Lights(lambda: False))
    answer = browser.post(PAGE, fields)
    page = answer.content.decode()
    assert (answer.status_code, heading(page), kept in page) == (503, T["offline"]["title"], True)
    assert (browser.get(PAGE).status_code, browser.post(PAGE, {"deed": "leave"}).status_code) == (503, 303)


def test_connections_that_died_with_the_database_trouble_nobody_after_it_is_back(house: House, browser: Client) -> None:
    written(browser)
    connection.close()  # as at the end of every request: back to the pool
    with house.as_superuser() as boss:
        boss.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'lykta_app'")
    assert T["reading"]["sent"]["title"] in say(browser, deed="more", text=TEXT)


def test_a_house_that_cannot_seal_takes_no_message_and_keeps_the_text(house: House, browser: Client) -> None:
    with house.as_superuser() as boss:
        boss.execute("DELETE FROM sealing_ringspare")
        boss.execute("DELETE FROM sealing_ring")
    answer = browser.post(PAGE, {"deed": "write", "text": TEXT})
    assert (answer.status_code, typed(answer.content.decode())) == (503, TEXT)
    assert count_of(house, "contact_dialogue") == 0


def test_the_lights_are_asked_for_only_when_nothing_is_known() -> None:
    knocks: list[bool] = []
    lights = Lights(lambda: bool(knocks.append(True)))
    assert [lights.is_dark(now) for now in (0.0, 1.0, DARK_SECONDS, DARK_SECONDS + 1)] == [True] * 4
    assert len(knocks) == 2
    lights.seen(100.0)
    assert (lights.is_dark(100.0 + TRUST_SECONDS / 2), len(knocks)) == (False, 2)


# --- pages ---


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        (1, screens.FLOOR),
        (screens.FLOOR - 7, screens.FLOOR),
        (screens.FLOOR - 6, screens.FLOOR + screens.STEP),
        (screens.FLOOR + screens.STEP, screens.FLOOR + 2 * screens.STEP),
    ],
)
def test_pages_are_padded_in_steps(length: int, padded: int) -> None:
    assert len(screens.padded(b"a" * length)) == padded


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("name", ["entry", "code", "hidden", "reading", "nothing", "erase", "erased", "call_first"])
def test_every_screen_is_as_long_as_any_other_also_with_a_long_reply(lang: str, name: str) -> None:
    shows = {"code": ["1234"] * 5, "replies": [{"text": "ord " * 1000, "from": "Maja"}], "ask_code": True}
    page = screens.page(lang, screens.Screen(name, shows), screens.Progress(), today=date(2026, 11, 23))
    assert len(page) == screens.FLOOR


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "i går"),
        (date(2026, 11, 23), "i dag"),
        (date(2026, 11, 24), "i morgon, tisdag"),
        (date(2026, 11, 25), "onsdag 25 november"),
        (date(2026, 11, 21), "lördag 21 november"),
    ],
)
def test_days_are_said_as_one_says_them(day: date, said: str) -> None:
    assert screens.said("sv", day, today=date(2026, 11, 23)) == said


NINETEEN = "1234567890123456789"
CODE = NINETEEN + str(check_digit(NINETEEN))
WRONG = NINETEEN + str((check_digit(NINETEEN) + 1) % 10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (CODE, [CODE]),
        (f"min kod: {CODE[:4]} {CODE[4:8]}-{CODE[8:12]}.\n{CODE[12:]} tror jag", [CODE]),
        (CODE.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), [CODE]),
        (CODE[:19], []),
        (WRONG, []),
        (f"{CODE[:10]} och sedan {CODE[10:]}", []),
    ],
)
def test_a_code_is_found_in_a_text_however_it_is_written(text: str, found: list[str]) -> None:
    assert codes_in(text) == found


def test_a_visit_in_the_database_tells_the_day_and_nothing_else(house: House, browser: Client) -> None:
    written(browser)
    with house.as_superuser() as boss:
        row = boss.execute("SELECT * FROM contact_visit").fetchone()
    assert row is not None
    assert [type(value) for value in row] == [str, UUID, date, bytes]
