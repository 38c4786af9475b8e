"""The call log: what is kept, what is sealed, who sees what, what can be mended and what is forgotten."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journeys.house import House
from lykta.access.enums import Role
from lykta.access.rules import Actor
from lykta.contact import call_actions, call_queries
from lykta.contact.call_queries import CallCount
from lykta.contact.call_rules import MOST_NOTE, Facts
from lykta.contact.errors import NothingThere, ReasonNeeded
from lykta.contact.forgetting import forget_calls
from lykta.contact.models import Call
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.people.models import Member

LOG = "/personal/samtal/"
DAYS = "/personal/samtal/dagar/"
NOTE = "En notering som ingen annan får se"
FACTS = Facts(
    "phone", "exposed", "calm", 15, concern=("psychological", "latent"), child="none", advice=("apply",), language="th"
)
USUAL = {"channel": "phone", "caller": "exposed", "urgency": "calm", "interpreter": "none"}


def logged(actor: Actor, facts: Facts = FACTS, *, note: str = "", on: date | None = None) -> Call:
    """A call the actor has logged."""
    today = clock.today()
    with door("staff", actor=actor.member):
        offer = call_queries.offer(on=today)
        return call_actions.log_call(by=actor, on=on or today, facts=facts, offer=offer, note=note)


def reception(house: House, name: str = "Anna") -> Member:
    """Somebody at the desk: in no wall, with no share of a ring."""
    return house.member(name, Role.RECEPTION, place=False, share=False)


def hands(house: House, member: Member) -> Client:
    """The member's browser."""
    client = house.signed_in(member)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    client.by = str(member.pk)
    return client


def send(client: Client, path: str = LOG, **fields: Any) -> HttpResponse:
    """Post a form; it must lead on with 303. Gives the page it leads to."""
    answer = client.post(path, {"deed": "log", "by": client.by, **fields})
    assert answer.status_code == 303
    return client.get(answer["Location"])


def rows(house: House, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What stands in the database."""
    with house.as_superuser() as boss:
        return boss.execute(query, list(values)).fetchall()


def count(house: House, table: str) -> int:
    return rows(house, f"SELECT count(*) FROM {table}")[0][0]


def acts(house: House) -> list[tuple[Any, ...]]:
    """Everything in the chain of the call log."""
    return rows(house, "SELECT act, actor, reason, count FROM audit_event WHERE chain = 'calls' ORDER BY seq")


# what is kept


def test_a_logged_call_has_a_day_and_no_hour_and_everything_said_is_sealed(house: House) -> None:
    maja = house.actor(house.member("Maja"))
    call = logged(maja, replace(FACTS, municipality="2305", named=True), note=NOTE)
    with house.as_superuser() as boss:
        kinds = boss.execute(
            "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_name LIKE 'contact_call%'"
        ).fetchall()
    assert {kind for (kind,) in kinds} == {"uuid", "date", "integer", "boolean", "bytea", "character varying"}
    plain = rows(house, "SELECT channel, caller, urgency, minutes, named, reason FROM contact_callversion")
    assert plain == [("phone", "exposed", "calm", 15, True, "")]
    assert rows(house, 'SELECT id, "on", by, number FROM contact_call') == [(call.id, clock.today(), maja.member, 1)]
    assert UUID(str(call.id)).version == 4
    dump = json.dumps(
        [
            str(row)
            for table in ("call", "callversion", "callnote")
            for row in rows(house, f"SELECT * FROM contact_{table}")
        ]
    )
    assert not [word for word in ("psychological", "latent", "2305", "apply", NOTE[:10]) if word in dump]


def test_the_log_tells_who_and_which_day_and_never_the_hour(house: House) -> None:
    maja = house.actor(house.member("Maja"))
    call = logged(maja, note=NOTE)
    with door("staff", actor=maja.member):
        call_queries.read(maja, call_queries.call_for(maja, call.id))
    assert acts(house) == [
        ("contact:call:log", maja.member, "", 0),
        ("contact:call:read", maja.member, "", 2),
    ]
    told = rows(house, "SELECT DISTINCT at::time FROM audit_event WHERE object = %s", call.id)
    assert [str(at) for (at,) in told] == ["00:00:00"]
    assert rows(house, "SELECT act FROM audit_event WHERE chain = 'staff'") == []


def test_what_was_said_can_be_read_again_in_the_words_it_was_said_in(house: House) -> None:
    maja = house.actor(house.member("Maja"))
    call = logged(maja, replace(FACTS, interpreter="telephone", referred=("kvinnofrid", "soc_2303")), note=NOTE)
    with door("staff", actor=maja.member):
        (told,) = call_queries.read(maja, call_queries.call_for(maja, call.id)) or []
    assert told.facts == replace(FACTS, interpreter="telephone", referred=("kvinnofrid", "soc_2303"))
    assert told.said["concern"] == ["Psykiskt våld", "Latent våld"]
    assert told.said["referred"] == ["Kvinnofridslinjen", "Socialtjänsten i Ragunda"]
    assert told.said["language"] == ["Thailändska"]
    assert (told.note, told.by, told.on) == (NOTE, "Maja", clock.today())


def test_answers_to_what_was_not_asked_are_not_kept(house: House) -> None:
    maja = house.actor(house.member("Maja"))
    call = logged(maja, replace(FACTS, sector="school", age="under_15", report_by="me"))
    with door("staff", actor=maja.member):
        (told,) = call_queries.read(maja, call_queries.call_for(maja, call.id)) or []
    assert (told.facts.sector, told.facts.age, told.facts.report_by, told.facts.language) == ("", "", "", "")


# reception


def test_reception_writes_a_note_that_she_can_not_read(house: House) -> None:
    anna, maja = house.actor(reception(house)), house.actor(house.member("Maja"))
    call = logged(anna, note=NOTE)
    with door("staff", actor=anna.member):
        assert call_queries.read(anna, call_queries.call_for(anna, call.id)) is None
    with door("staff", actor=maja.member):
        (told,) = call_queries.read(maja, call_queries.call_for(maja, call.id)) or []
    assert told.note == NOTE
    assert [act for act, *_ in acts(house)] == ["contact:call:log", "contact:call:read"]


def test_reception_corrects_and_takes_away_her_own_and_nobody_elses(house: House) -> None:
    anna, maja = house.actor(reception(house)), house.actor(house.member("Maja"))
    hers, theirs = logged(anna, note=NOTE), logged(maja)
    with door("staff", actor=anna.member):
        offer = call_queries.offer(on=clock.today())
        own = call_queries.call_for(anna, hers.id)
        call_actions.correct_call(by=anna, call=own, facts=replace(FACTS, minutes=30), offer=offer, note=None)
        other = call_queries.call_for(anna, theirs.id)
        with pytest.raises(NothingThere):
            call_actions.correct_call(by=anna, call=other, facts=FACTS, offer=offer, note=None, reason="wrong")
        with pytest.raises(NothingThere):
            call_actions.remove_call(by=anna, call=other, reason="wrong")
    with door("staff", actor=maja.member):
        newest, first = call_queries.read(maja, call_queries.call_for(maja, hers.id)) or []
    assert (newest.facts.minutes, newest.note) == (30, NOTE)
    assert (first.facts.minutes, first.note) == (15, NOTE)
    with door("staff", actor=anna.member):
        call_actions.remove_call(by=anna, call=call_queries.call_for(anna, hers.id))
    assert [count(house, table) for table in ("contact_call", "contact_callnote", "sealing_wrap")] == [1, 0, 2]


@pytest.mark.parametrize("role", [Role.HEAD, Role.AUDITOR, Role.EDITOR, Role.STATISTICS, Role.TECHNICIAN])
def test_nobody_else_finds_a_call_log(house: House, role: Role) -> None:
    maja, other = house.actor(house.member("Maja")), house.member("Other", role, share=False)
    call, client = logged(maja), hands(house, other)
    for path in (LOG, DAYS, f"{LOG}{call.id}/", f"{LOG}{call.id}/ratta/"):
        assert client.get(path).status_code == client.post(path).status_code == 404
    actor = house.actor(other)
    with door("staff", actor=other.pk):
        assert call_queries.count_calls(actor, clock.today(), clock.today() + timedelta(days=1)) == []
        with pytest.raises(NothingThere):
            call_queries.call_for(actor, call.id)


def test_a_counsellor_without_a_place_in_the_room_is_told_why_there_is_no_form(house: House) -> None:
    client = hands(house, house.member("Sara", place=False))
    page = client.get(LOG).content.decode()
    assert "Du har ingen plats där i dag." in page
    assert '<form method="post" class="call"' not in page
    assert client.post(LOG, USUAL | {"by": client.by}).status_code == 200
    assert count(house, "contact_call") == 0


# mending


def test_a_correction_keeps_the_original_signed_and_dated(house: House) -> None:
    maja, tomas = house.actor(house.member("Maja")), house.actor(house.member("Tomas"))
    call = logged(maja, note=NOTE)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False), door("staff", actor=tomas.member):
        found, offer = call_queries.call_for(tomas, call.id), call_queries.offer(on=call.on)
        facts = replace(FACTS, channel="visit", concern=("honour",))
        with pytest.raises(ReasonNeeded):
            call_actions.correct_call(by=tomas, call=found, facts=facts, offer=offer, note="Nytt")
        call_actions.correct_call(by=tomas, call=found, facts=facts, offer=offer, note="Nytt", reason="asked")
        newest, first = call_queries.read(tomas, found) or []
    assert (newest.by, newest.reason, newest.facts.channel, newest.facts.concern) == (
        "Tomas",
        "kollegan bad om det",
        "visit",
        ("honour",),
    )
    assert (first.by, first.reason, first.facts.channel) == ("Maja", "", "phone")
    assert (newest.note, first.note) == ("Nytt", NOTE)
    assert (newest.on - first.on).days == 2
    assert rows(house, 'SELECT "on", number FROM contact_call') == [(call.on, 2)]
    assert ("contact:call:correct", tomas.member, "asked", 0) in acts(house)


def test_a_call_taken_away_leaves_an_event_and_nothing_to_open(house: House) -> None:
    maja, tomas = house.actor(house.member("Maja")), house.actor(house.member("Tomas"))
    call = logged(maja, note=NOTE)
    with door("staff", actor=tomas.member):
        found = call_queries.call_for(tomas, call.id)
        with pytest.raises(ReasonNeeded):
            call_actions.remove_call(by=tomas, call=found)
        call_actions.remove_call(by=tomas, call=found, reason="twice")
    tables = ("contact_call", "contact_callversion", "contact_callnote", "sealing_wrap")
    assert [count(house, table) for table in tables] == [0, 0, 0, 0]
    assert acts(house)[-1] == ("contact:call:remove", tomas.member, "twice", 0)


# forgetting


def forgotten(days: int) -> dict[str, int]:
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False), door("worker", actor=WORKER):
        return forget_calls(on=clock.today(), note_days=90, call_days=1096)


@pytest.mark.parametrize(
    ("days", "gone", "wraps"),
    [
        (90, {"notes": 0, "calls": 0}, 4),
        (91, {"notes": 1, "calls": 0}, 2),
        (1096, {"notes": 1, "calls": 0}, 2),
        (1097, {"notes": 1, "calls": 1}, 0),
    ],
)
def test_a_note_goes_the_day_after_its_days_and_the_call_long_after(
    house: House, days: int, gone: dict[str, int], wraps: int
) -> None:
    maja = house.actor(house.member("Maja"))
    call = logged(maja, note=NOTE)
    assert forgotten(days) == gone
    assert count(house, "sealing_wrap") == wraps
    assert count(house, "contact_call") == 1 - gone["calls"]
    if gone == {"notes": 1, "calls": 0}:
        with door("staff", actor=maja.member):
            (told,) = call_queries.read(maja, call_queries.call_for(maja, call.id)) or []
        assert (told.note, told.facts) == ("", replace(FACTS, language=""))


def test_the_hourly_forgetting_knows_the_limits_of_calls_too(house: House) -> None:
    from lykta.contact.tasks import forget_what_is_due

    logged(house.actor(house.member("Maja")), note=NOTE)
    for days, left in ((90, (1, 1)), (91, (0, 1)), (1097, (0, 0))):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            forget_what_is_due(0)
        assert (count(house, "contact_callnote"), count(house, "contact_call")) == left


# counting


def test_calls_are_counted_by_day_channel_and_caller_as_they_stand_now(house: House) -> None:
    maja, today = house.actor(house.member("Maja")), clock.today()
    before = today - timedelta(days=1)
    for _ in range(2):
        logged(maja)
    wrong = logged(maja, replace(FACTS, caller="kast"))
    logged(maja, replace(FACTS, channel="visit"), on=before)
    taken = logged(maja)
    with door("staff", actor=maja.member):
        offer = call_queries.offer(on=today)
        call_actions.correct_call(by=maja, call=wrong, facts=FACTS, offer=offer, note=None)
        call_actions.remove_call(by=maja, call=taken)
        everything = call_queries.count_calls(maja, before, today + timedelta(days=1))
        first_day = call_queries.count_calls(maja, before, today)
        urgent = call_queries.count_urgent(maja, on=today)
    assert everything == [CallCount(before, "visit", "exposed", 1), CallCount(today, "phone", "exposed", 3)]
    assert first_day == everything[:1]
    assert urgent == (3, 0)


def test_another_centres_calls_do_not_exist(house: House) -> None:
    from uuid import uuid4

    logged(house.actor(house.member("Maja")))
    elsewhere = uuid4()
    other = house.member("Other", centre=elsewhere, share=False)
    actor = house.actor(other)
    with door("staff", actor=other.pk, centre=elsewhere):
        assert Call.objects.count() == 0
        assert call_queries.day_list(actor, on=clock.today()) == []


# pages


def test_the_shortest_call_needs_only_who_asks(house: House) -> None:
    client = hands(house, house.member("Maja"))
    page = send(client, **USUAL).content.decode()
    assert "Sparat.</b> Telefon, utsatt för våld." in page
    assert re.search(rf'href="{LOG}[0-9a-f-]{{36}}/ratta/">Rätta', page)
    assert "Sparat" not in client.get(LOG).content.decode()
    assert rows(house, "SELECT channel, caller, minutes FROM contact_callversion") == [("phone", "exposed", None)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"caller": ""}, "Välj vem som frågar."),
        ({"channel": ""}, "Välj hur kontakten kom."),
        ({"urgency": ""}, "Välj hur bråttom det är."),
        ({"caller": "nobody"}, "gick inte att läsa"),
        ({"concern": ["nothing"]}, "gick inte att läsa"),
        ({"minutes": "7"}, "gick inte att läsa"),
        ({"on": "2020-01-01"}, "gick inte att läsa"),
        ({"on": "yesterday"}, "gick inte att läsa"),
        ({"note": "x" * (MOST_NOTE + 1)}, f"Noteringen har {MOST_NOTE + 1} tecken."),
    ],
)
def test_what_is_missing_is_said_and_what_was_filled_in_stays(house: House, fields: dict[str, Any], said: str) -> None:
    client = hands(house, house.member("Maja"))
    filled = USUAL | {"advice": ["apply", "safety"], "municipality": "2313", "named": "yes", "note": "Kvar"} | fields
    page = send(client, **filled).content.decode()
    assert said in page
    assert re.search(r'value="safety"[^>]* checked', page)
    assert re.search(r'value="2313" selected', page)
    assert re.search(r'name="named"[^>]* checked', page)
    assert f'value="{filled["note"]}"' in page
    assert count(house, "contact_call") == 0


def test_a_prompt_is_shown_once_and_never_refuses(house: House) -> None:
    client = hands(house, house.member("Maja"))
    filled = USUAL | {"caller": "child", "concern": ["honour"], "age": "under_15"}
    page = send(client, **filled)
    text = page.content.decode()
    assert "Är en orosanmälan övervägd?" in text
    assert "skicka aldrig något till dem" in text
    assert count(house, "contact_call") == 0
    asked = re.search(r'name="asked" value="([^"]*)"', text).group(1)
    assert asked == "child,guardians"
    assert "Innan det sparas" in send(client, **filled, asked="child").content.decode()
    assert "Sparat.</b>" in send(client, **filled, asked=asked).content.decode()
    assert count(house, "contact_call") == 1


def test_a_number_in_the_note_is_warned_about_kindly(house: House) -> None:
    client = hands(house, house.member("Maja"))
    filled = USUAL | {"note": "Ring 070-123 45 67"}
    assert "ser ut att innehålla ett personnummer eller ett telefonnummer" in send(client, **filled).content.decode()
    assert "Sparat.</b>" in send(client, **filled, asked="note").content.decode()


def test_the_same_form_sent_twice_is_one_call(house: House) -> None:
    client = hands(house, house.member("Maja"))
    for _ in range(2):
        assert "Sparat.</b>" in send(client, **USUAL, once="a-token").content.decode()
    assert count(house, "contact_call") == 1
    assert len(acts(house)) == 1


def test_another_members_form_saves_nothing(house: House) -> None:
    client = hands(house, house.member("Maja"))
    page = send(client, **USUAL | {"by": str(house.member("Tomas").pk)}).content.decode()
    assert "Sidan hörde till någon annan." in page
    assert count(house, "contact_call") == 0


def test_a_call_is_logged_for_an_earlier_day(house: House) -> None:
    client, earlier = hands(house, house.member("Maja")), clock.today() - timedelta(days=13)
    send(client, **USUAL, on=earlier.isoformat())
    assert rows(house, 'SELECT "on" FROM contact_call') == [(earlier,)]
    page = client.get(f"{DAYS}?dag={earlier.isoformat()}")
    assert [row.caller for row in page.context["rows"]] == ["Utsatt för våld"]


@pytest.mark.parametrize(
    "asked", ["", "?dag=nonsense", "?dag=2999-01-01", "?dag=0000-00-00", "?dag=0001-01-01", "?visa=andras"]
)
def test_a_list_of_no_sensible_day_is_todays(house: House, asked: str) -> None:
    page = hands(house, house.member("Maja")).get(DAYS + asked)
    assert page.context["on"] == clock.today()
    assert "Inget är fört i dag" in page.content.decode()
    assert "Ett samtal tar en halv minut att föra" in page.content.decode()


def test_the_list_shows_kinds_and_no_words_and_opens_nothing(house: House) -> None:
    maja, tomas = house.member("Maja"), house.actor(house.member("Tomas"))
    logged(tomas, note=NOTE)
    logged(house.actor(maja), replace(FACTS, urgency="emergency", caller="relative"))
    client = hands(house, maja)
    page = client.get(DAYS)
    text = page.content.decode()
    assert [(row.caller, row.by_name, row.noted) for row in page.context["rows"]] == [
        ("Anhörig", "Maja", False),
        ("Utsatt för våld", "Tomas", True),
    ]
    assert not [word for word in ("Psykiskt", "Latent", NOTE) if word in text]
    assert [act for act, *_ in acts(house)] == ["contact:call:log"] * 2
    assert [row.by_name for row in client.get(f"{DAYS}?visa=mina").context["rows"]] == ["Maja"]
    assert [day.total for day in page.context["columns"]] == [0] * 6 + [2]
    assert [day.total for day in client.get(f"{DAYS}?visa=mina").context["columns"]] == [0] * 6 + [1]


def test_a_longer_list_asks_the_database_no_more_often(house: House) -> None:
    maja = house.member("Maja")
    client, actor = hands(house, maja), house.actor(maja)
    asked = []
    for _ in range(2):
        logged(actor, note=NOTE)
        with CaptureQueriesContext(connection) as queries:
            client.get(DAYS)
        asked.append(len(queries))
        logged(actor)
    assert asked[0] == asked[1]


def test_opening_a_call_is_one_reading_and_her_own_can_be_mended_there(house: House) -> None:
    maja = house.member("Maja")
    call, client = logged(house.actor(maja), note=NOTE), hands(house, maja)
    page = client.get(f"{LOG}{call.id}/").content.decode()
    assert NOTE in page
    assert "Psykiskt våld, Latent våld" in page
    assert acts(house)[1:] == [("contact:call:read", maja.pk, "", 2)]
    form = client.get(f"{LOG}{call.id}/ratta/")
    assert re.search(r'value="latent"[^>]* checked', form.content.decode())
    opened = form.context["opened"]
    fields = USUAL | {"deed": "correct", "minutes": "45", "note": NOTE, "opened": opened}
    assert (
        "Rättat.</b> Telefon, utsatt för våld, 45 min."
        in send(client, f"{LOG}{call.id}/ratta/", **fields).content.decode()
    )
    assert count(house, "contact_callnote") == 1
    text = client.get(f"{LOG}{call.id}/").content.decode()
    assert "Som det stod först" in text
    assert "Psykiskt våld, Latent våld" in text


def test_a_note_taken_out_of_the_form_is_taken_out_of_the_call(house: House) -> None:
    maja = house.member("Maja")
    call, client = logged(house.actor(maja), note=NOTE), hands(house, maja)
    opened = client.get(f"{LOG}{call.id}/ratta/").context["opened"]
    send(client, f"{LOG}{call.id}/ratta/", **USUAL, note="", opened=opened)
    page = client.get(DAYS)
    assert [row.noted for row in page.context["rows"]] == [False]


def test_reception_corrects_what_she_sees_and_the_rest_stands(house: House) -> None:
    anna = reception(house)
    client = hands(house, anna)
    call = logged(house.actor(anna), note=NOTE)
    page = client.get(f"{LOG}{call.id}/").content.decode()
    assert "förseglat för kontaktrummet" in page
    form = client.get(f"{LOG}{call.id}/ratta/").content.decode()
    assert NOTE not in page + form
    assert not re.search(r'value="latent"[^>]* checked', form)
    assert re.search(r'value="exposed"[^>]* checked', form)
    send(client, f"{LOG}{call.id}/ratta/", **USUAL, minutes="60", advice=["safety"], note="")
    assert rows(house, "SELECT number, minutes, note IS NULL FROM contact_callversion ORDER BY number") == [
        (1, 15, False),
        (2, 60, False),
    ]
    maja = house.actor(house.member("Maja"))
    with door("staff", actor=maja.member):  # what she could not see stands, where she has answered nothing
        newest, first = call_queries.read(maja, call_queries.call_for(maja, call.id)) or []
    assert newest.facts == replace(first.facts, minutes=60, advice=("safety",), interpreter="none")
    assert newest.said["concern"] == ["Psykiskt våld", "Latent våld"]
    assert newest.said["advice"] == ["Om säkerhet"]
    theirs = logged(maja)
    assert client.get(f"{LOG}{theirs.id}/ratta/").status_code == 404
    assert "Rätta" not in client.get(f"{LOG}{theirs.id}/").content.decode()


def test_a_colleagues_call_is_changed_with_a_reason(house: House) -> None:
    maja, tomas = house.actor(house.member("Maja")), house.member("Tomas")
    call, client = logged(maja), hands(house, tomas)
    page = send(client, f"{LOG}{call.id}/ratta/", **USUAL, minutes="30").content.decode()
    assert "Välj varför du ändrar det en kollega har fört." in page
    assert re.search(r'value="30"[^>]* checked', page)
    assert "Rättat.</b>" in send(client, f"{LOG}{call.id}/ratta/", **USUAL, reason="wrong").content.decode()
    page = send(client, f"{LOG}{call.id}/", deed="remove", reason="wrong").content.decode()
    assert "Kryssa i att du vet" in page
    assert "Välj varför" in send(client, f"{LOG}{call.id}/", deed="remove", understood="yes").content.decode()
    done = send(client, f"{LOG}{call.id}/", deed="remove", understood="yes", reason="twice").content.decode()
    assert "Samtalet är borttaget." in done
    assert count(house, "contact_call") == 0
    assert client.get(f"{LOG}{call.id}/").status_code == 404


def test_unknown_and_forbidden_calls_look_alike(house: House) -> None:
    call = logged(house.actor(house.member("Maja")))
    client = hands(house, house.member("Sara", place=False))
    known, unknown = client.get(f"{LOG}{call.id}/"), client.get(f"{LOG}{UUID(int=9)}/")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (404, known.content)


def test_what_hurries_is_counted_on_the_morning_page(house: House) -> None:
    maja = house.member("Maja")
    for urgency in ("calm", "same_day", "emergency"):
        logged(house.actor(maja), replace(FACTS, urgency=urgency))
    morning = hands(house, maja).get("/personal/").context["morning"]
    assert (morning.calls, morning.urgent) == (3, 2)
