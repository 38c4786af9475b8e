"""The centre's own facts on their page: who may change them, what is refused, and what is told further."""

from datetime import date, timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection
from django.http import HttpResponse

from journeys.house import House
from lykta.access.enums import Role
from lykta.audit.models import Event
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.people.enums import PhoneUse
from lykta.people.hours import Span
from lykta.people.queries import centre_facts

PAGE = "/personal/centrum/"
WORDS = {
    "deed": "words",
    "name": "Centrum mot våld i Jämtland",
    "board": "Provnämnden",
    "municipalities": ["2380", "2309"],
    "email": "hej@centrum.example",
    "address": "",
}


@pytest.fixture
def head(house: House):
    """The house as installed, and its head's browser."""
    house.install()
    client = house.signed_in(house.member("Gunnel", Role.HEAD, walls=()))
    client.headers = {"host": "127.0.0.1"}
    return client


def facts():
    with door("worker", actor=WORKER):
        found = centre_facts(on=clock.today())
    assert found is not None
    return found


def send(client, **fields) -> HttpResponse:
    return client.post(PAGE, fields)


def errors(answer: HttpResponse) -> list[str]:
    form = answer.context[answer.context["deed"]]
    return [error for found in form.errors.values() for error in found]


def test_what_is_saved_is_told_to_the_other_rooms_and_each_change_is_in_the_log(head):
    assert send(head, **WORDS).status_code == 303
    phones = {"deed": "phones", "use_0": "support", "number_0": "063-00 00 01", "checked_on_0": "2026-01-02"}
    assert send(head, **phones).status_code == 303
    hours = {"deed": "hours", "day_0": "8-12, 13-16.30", "from_on_0": "2027-01-04", "last_on_0": "2027-01-05"}
    assert send(head, **hours, spans_0="10-12", why_0="Planering", shut_on_holidays="on").status_code == 303

    found = facts()
    assert (found.words.name, found.words.municipalities) == (WORDS["name"], ("2380", "2309"))
    assert [(p.use, p.number, p.tel, p.checked_on) for p in found.phones] == [
        (PhoneUse.SUPPORT, "063-00 00 01", "063000001", date(2026, 1, 2))
    ]
    assert found.hours.week == {0: (Span(480, 720), Span(780, 990))}
    assert [(e.from_on, e.until_on, str(e.spans[0])) for e in found.hours.exceptions] == [
        (date(2027, 1, 4), date(2027, 1, 6), "10–12")
    ]
    with door("worker", actor=WORKER):
        events = Event.objects.filter(act="people:centre:edit").order_by("seq").values_list("reason", flat=True)
        assert list(events) == ["words", "phones", "hours"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (WORDS | {"name": "  "}, "Skriv vad centrumet heter."),
        (WORDS | {"municipalities": []}, "Kryssa i minst en kommun."),
        (WORDS | {"municipalities": ["2380", "0180"]}, "0180 är ingen kommun i länet."),
        (WORDS | {"email": "hej"}, "Skriv adressen som namn@exempel.se, eller lämna tomt."),
        (WORDS | {"board": "x" * 121}, "Högst 120 tecken. Nu är det 121."),
        (WORDS | {"board": "Nämn\x00den"}, "Där finns ett tecken som inte går att spara."),
        ({"deed": "phones", "number_0": "063", "use_0": "main"}, "Skriv vilken dag någon ringde numret"),
        (
            {"deed": "phones", "use_0": "main", "number_0": "ring oss", "checked_on_0": "2026-01-02"},
            "Skriv numret med siffror",
        ),
        (
            {"deed": "phones", "use_0": "main", "number_0": "063-1", "checked_on_0": "2100-01-02"},
            "Den dagen har inte varit än.",
        ),
        (
            {"deed": "phones", "use_0": "main", "number_0": "063-1", "checked_on_0": "2026-01-02"}
            | {"use_1": "main", "number_1": "0631", "checked_on_1": "2026-01-02"},
            "Numret står redan för samma sak.",
        ),
        ({"deed": "hours", "day_0": "8-12, 11-16"}, "8–12 och 11–16 går in i varandra."),
        ({"deed": "hours", "day_6": "när vi hinner"}, "Skriv tiderna som 8–16"),
        (
            {"deed": "hours", "from_on_0": "2027-01-04", "last_on_0": "2027-01-05"}
            | {"from_on_1": "2027-01-05", "last_on_1": "2027-01-07"},
            "Två undantag gäller samma dag",
        ),
        ({"deed": "hours", "from_on_0": "2027-01-04", "last_on_0": "2027-01-03"}, "Undantaget slutar innan"),
        ({"deed": "hours", "from_on_0": "2027-01-04", "last_on_0": "9999-12-31"}, "Skriv ett år mellan 2000 och 2100."),
        ({"deed": "hours", "from_on_0": "2027-13-44", "last_on_0": "2027-01-03"}, "Skriv dagen som 2026-11-23."),
    ],
)
def test_what_can_not_be_is_said_where_it_stands_and_nothing_is_lost(head, fields, said):
    before = facts()
    answer = send(head, **fields)
    assert answer.status_code == 200
    assert any(said in error for error in errors(answer)), errors(answer)
    assert facts() == before
    for value in (v for v in fields.values() if isinstance(v, str) and v.strip() and len(v) < 40 and "\x00" not in v):
        assert value in answer.content.decode()


def test_only_who_may_sees_the_page(house):
    client = house.signed_in(house.member("Maja"))
    assert client.get(PAGE, headers={"host": "127.0.0.1"}).status_code == 404


def test_a_head_without_the_houses_key_is_told_so_and_changes_nothing(house):
    house.install()
    client = house.signed_in(house.member("Gunnel", Role.HEAD, share=False))
    answer = client.post(PAGE, WORDS, headers={"host": "127.0.0.1"})
    assert "Din nyckel till huset saknas" in answer.content.decode()
    assert facts().words.board == ""


def test_by_hand_a_member_without_the_houses_key_changes_no_number(house):
    house.install()
    maja = house.member("Maja")
    row = f"(gen_random_uuid(), '{settings.LYKTA_CENTRE}', 'main', '1', now(), 0)"
    with pytest.raises(ProgrammingError) as told, door("staff", actor=maja.pk), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_centrephone (id, centre_id, use, number, checked_on, position) VALUES {row}"
        )
    assert isinstance(told.value.__cause__, psycopg.errors.InsufficientPrivilege)
    with door("staff", actor=maja.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE people_centre SET name = 'x'")
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "row",
    [
        "people_openspan (weekday, opens, closes, id, centre_id) VALUES (0, 480, 720, {id}), (0, 719, 900, {id})",
        "people_openspan (weekday, opens, closes, id, centre_id) VALUES (0, 720, 480, {id})",
        "people_openspan (weekday, opens, closes, id, centre_id) VALUES (7, 480, 720, {id})",
        "people_otherhours (from_on, until_on, spans, why, id, centre_id) VALUES"
        " ('2027-01-01', '2027-01-03', '[]', '', {id}), ('2027-01-02', '2027-01-05', '[]', '', {id})",
    ],
)
def test_the_database_itself_refuses_hours_that_overlap(house, row):
    mine = f"gen_random_uuid(), '{settings.LYKTA_CENTRE}'"
    with pytest.raises(IntegrityError), door("worker", actor=WORKER), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {row}".format(id=mine))


def test_holidays_ahead_are_told_where_the_week_says_open(head):
    send(head, deed="hours", shut_on_holidays="on", **{f"day_{day}": "8-16" for day in range(7)})
    told = [one for one in facts().coming if one.name]
    assert told
    assert all(clock.today() <= one.from_on < clock.today() + timedelta(days=60) for one in told)
