"""Safe contact decides what is shown: a table of the rule, the file's page, and the phone list."""

import html
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine

from journeys.house import House
from lykta.access.enums import Wall
from lykta.cases.enums import Answer, Channel
from lykta.cases.reached import lines_of
from lykta.cases.rules import SafeContact, kept_back, ways_of
from lykta.cases.tests.test_pages import hands, made, post
from lykta.cases.tests.test_plan import shown, task
from lykta.core import clock
from lykta.people.models import Member

YES, NO = Answer.YES, Answer.NO
CALL, TEXT, LETTER, MAIL = Channel.CALL, Channel.TEXT, Channel.LETTER, Channel.MAIL
RINGS = (CALL, TEXT)
WEEKDAYS, HOURS = frozenset(range(5)), (time(9), time(11))
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=clock.STOCKHOLM)
NUMBER, STREET = "070-174 06 10", "Hittepågatan 3"


def safe(**ways: Answer) -> SafeContact:
    return SafeContact({Channel(way): answer for way, answer in ways.items()}, WEEKDAYS, HOURS)


@pytest.mark.parametrize(
    ("known", "ways", "at", "why"),
    [
        (None, RINGS, TUESDAY, "never_asked"),
        (safe(), RINGS, TUESDAY, "unknown"),
        (safe(call=NO), RINGS, TUESDAY, "no"),
        (safe(call=NO, text=NO), RINGS, TUESDAY, "no"),
        (safe(call=YES), RINGS, TUESDAY, ""),
        (safe(call=NO, text=YES), RINGS, TUESDAY, ""),
        (safe(voicemail=YES), RINGS, TUESDAY, "unknown"),
        (safe(letter=YES, mail=YES), RINGS, TUESDAY, "unknown"),
        (safe(call=YES), RINGS, TUESDAY.replace(hour=9), ""),
        (safe(call=YES), RINGS, TUESDAY.replace(hour=8, minute=59), "hour"),
        (safe(call=YES), RINGS, TUESDAY.replace(hour=10, minute=59), ""),
        (safe(call=YES), RINGS, TUESDAY.replace(hour=11), "hour"),
        (safe(call=YES), RINGS, TUESDAY + timedelta(days=3), ""),
        (safe(call=YES), RINGS, TUESDAY + timedelta(days=4), "day"),
        (safe(call=YES, text=NO), RINGS, TUESDAY + timedelta(days=4), "day"),
        (safe(call=YES), (LETTER,), TUESDAY, "unknown"),
        (safe(letter=NO), (LETTER,), TUESDAY, "no"),
        (safe(letter=YES), (LETTER,), TUESDAY + timedelta(days=4, hours=9), ""),
    ],
)
def test_a_number_or_address_is_kept_back_until_one_of_its_ways_may_be_used_now(known, ways, at, why):
    assert kept_back(known, ways, at=at) == why


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        (NUMBER, RINGS),
        ("0701740610 (hennes syster)", RINGS),
        ("٠٧٠١٧٤٠٦١٠", RINGS),
        ("12345 67", RINGS),
        (STREET, (LETTER, MAIL)),
        ("Hittepågatan 3, 831 31", (LETTER, MAIL)),
        ("saker@lykta.example", (MAIL,)),
    ],
)
def test_what_looks_like_a_number_is_taken_for_one(text, ways):
    assert ways_of(text) == ways


def test_nothing_is_shown_where_safe_contact_was_never_talked_about():
    lines = lines_of({"phone": NUMBER, "address": STREET}, {}, at=TUESDAY)
    assert (lines.phone.text, lines.address.text, lines.to_use.text) == ("", "", "")
    assert lines.phone.kept == lines.address.kept == "visas inte: inte frågat än"


@pytest.fixture
def cast(house: House) -> tuple[House, Member]:
    house.install()
    return house, house.member("Maja", walls=(Wall.CONTACT, Wall.EXPOSED))


def contact(**more: object) -> dict[str, object]:
    hours = {"hour_from": "09:00", "hour_until": "11:00", "days": list("01234")}
    return {"call": "yes", "code_word": "fjällräv", "seen": 0} | hours | more


@pytest.mark.parametrize(
    ("hour", "form", "number"),
    [
        (10, contact(), True),
        (12, contact(), False),
        (10, contact(call="no"), False),
        (10, contact(call="no", text="yes"), True),
        (10, None, False),
    ],
    ids=["may", "later", "never", "text_only", "never_asked"],
)
def test_the_files_page_and_the_phone_list_show_the_number_only_when_it_is_safe(cast, hour, form, number):
    house, maja = cast
    with time_machine.travel(TUESDAY.replace(hour=hour), tick=False):
        client = hands(house, maja)
        path = made(client, phone=NUMBER, address=STREET)
        if form:
            assert post(client, f"{path}uppgifter/kontakt/", **form).status_code == 303
        post(client, f"{path}plan/", **task(maja, due_on=TUESDAY.date().isoformat()))
        for page in (path, "/personal/uppgifter/telefon/"):
            told = shown(client, page)
            assert (NUMBER in told) is number
            assert ("visas inte: " in told.split("Telefon</dt>")[1].split("</dd>")[0]) is not number
            assert ("(bara sms, ring inte)" in told) is (number and form["call"] == "no")
            assert STREET not in told
            assert ("fjällräv" in told) is bool(form)


def test_the_phone_list_is_of_todays_tasks_and_each_file_on_it_is_one_reading(cast):
    house, maja = cast
    client = hands(house, maja)
    assert "Ingen att ringa." in shown(client, "/personal/uppgifter/telefon/")
    today, later = made(client), made(client, given_names="Senare")
    on = clock.today()
    for path, due in ((today, on), (today, on), (later, on + timedelta(days=1))):
        post(client, f"{path}plan/", **task(maja, once=uuid4(), due_on=due.isoformat()))
    with house.as_superuser() as boss:
        reads = "SELECT count(*) FROM audit_event WHERE act = 'cases:file:read'"
        (before,) = boss.execute(reads).fetchone()
        page = html.unescape(client.get("/personal/uppgifter/telefon/").content.decode())
        assert boss.execute(reads).fetchone() == (before + 1,)
    assert page.count("Påhittad Anna") == 1
    assert "Exempelsson" not in page
    assert "Senare" not in page
