"""The staff's pages of the contact room: what is shown, what is logged, and what happens when two are at it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journeys.house import House
from lykta.access.enums import Role
from lykta.core import clock
from lykta.people.models import Member

INBOX = "/personal/inkorg/"
HERS = "Orden som ingen annan får se"


def hands(house: House, member: Member) -> Client:
    """The member's browser."""
    client = house.signed_in(member)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    return client


def written(house: House, text: str = HERS) -> str:
    """A dialogue somebody has begun; gives the address of its page."""
    house.dialogue(text)
    with house.as_superuser() as boss:
        newest = boss.execute("SELECT id FROM contact_dialogue ORDER BY ctid DESC LIMIT 1").fetchone()
    return f"{INBOX}{newest[0]}/"


def facts(house: House, path: str, *columns: str) -> tuple[object, ...]:
    """What stands in the dialogue's row."""
    with house.as_superuser() as boss:
        query = f"SELECT {', '.join(columns)} FROM contact_dialogue WHERE id = %s"
        return boss.execute(query, [path.split("/")[-2]]).fetchone()


def log(house: House, act: str) -> list[tuple[str, int]]:
    """Reasons and counts of every event of a kind."""
    with house.as_superuser() as boss:
        rows = boss.execute(
            "SELECT reason, count FROM audit_event WHERE chain = 'staff' AND act = %s ORDER BY seq", [act]
        )
        return rows.fetchall()


def do(client: Client, path: str, deed: str, **fields: object) -> HttpResponse:
    """Post one deed; it must lead on with 303."""
    answer = client.post(path, {"deed": deed, "by": "x", **fields})
    assert answer.status_code == 303
    return answer


READ = "contact:dialogue:read"


def test_a_list_opens_no_words_and_writes_nothing(house: House) -> None:
    maja = house.member("Maja")
    written(house)
    page = hands(house, maja).get(INBOX)
    assert HERS not in page.content.decode()
    assert log(house, READ) == []


def test_each_showing_of_words_is_one_event(house: House) -> None:
    maja = house.member("Maja")
    path, client = written(house), hands(house, maja)
    assert HERS in client.get(path).content.decode()
    client.get(path)
    assert log(house, READ) == [("free", 1), ("free", 1)]


def test_what_a_colleague_has_taken_asks_for_a_reason_each_time(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path = written(house)
    do(hands(house, tomas), path, "take")
    client = hands(house, maja)
    assert HERS not in client.get(path).content.decode()
    do(client, path, "open")
    assert "Välj varför du läser" in client.get(path).content.decode()
    do(client, path, "open", reason="free")
    assert HERS not in client.get(path).content.decode()
    assert log(house, READ) == []
    do(client, path, "open", reason="urgent")
    assert HERS in client.get(path).content.decode()
    assert HERS not in client.get(path).content.decode()
    assert log(house, READ) == [("urgent", 1)]


def test_who_is_asked_may_read_and_is_told_on_her_morning(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path, his = written(house), hands(house, tomas)
    do(his, path, "take")
    do(his, path, "ask", colleague=maja.pk, text="Vad tror du?")
    hers = hands(house, maja)
    assert len(hers.get("/personal/").context["morning"].asked) == 1
    page = hers.get(path).content.decode()
    assert HERS in page
    assert "Vad tror du?" in page
    do(hers, path, "note", text="Jag tror det.")
    assert hers.get("/personal/").context["morning"].asked == []
    assert log(house, READ) == [("asked", 2)]


def test_taking_answering_handing_over_and_closing_leave_their_marks(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path, client = written(house), hands(house, maja)
    do(client, path, "take")
    assert facts(house, path, "taken_by") == (maja.pk,)
    do(client, path, "answer", text="Tack för att du skrev.", signed="name", seen=1)
    page = client.get(path).content.decode()
    assert "Svaret är skickat." in page
    assert "inte läst än" in page
    assert facts(house, path, "state", "waiting_on") == ("answered", None)
    assert do(client, path, "hand_over", colleague=tomas.pk, text="Ta över, tack")["Location"] == INBOX
    assert facts(house, path, "taken_by") == (tomas.pk,)
    his = hands(house, tomas)
    do(his, path, "close", reason="completed", understood="yes")
    assert facts(house, path, "state", "closed_reason") == ("closed", "completed")
    closed = his.get(path).content.decode()
    assert "samtalet är klart" in closed
    assert HERS not in closed
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM contact_message").fetchone() == (0,)
    assert [row.ref for row in his.get(f"{INBOX}?visa=avslutade").context["rows"]] == [facts(house, path, "ref")[0]]


def test_muting_and_unmuting(house: House) -> None:
    maja = house.member("Maja")
    path, client = written(house), hands(house, maja)
    do(client, path, "mute")
    assert facts(house, path, "muted") == (True,)
    do(client, path, "unmute")
    assert facts(house, path, "muted") == (False,)


@pytest.mark.parametrize(
    ("deed", "fields", "told"),
    [
        ("answer", {"text": "  \n", "signed": "name"}, "Skriv några ord först"),
        ("answer", {"text": "a" * 20_001, "signed": "name"}, "Texten har 20001 tecken"),
        ("answer", {"text": "Hej", "signed": "somebody"}, "Välj vad som ska stå under svaret"),
        ("note", {"text": ""}, "Skriv några ord först"),
        ("ask", {"text": "Hej", "colleague": ""}, "Välj en kollega"),
        ("ask", {"text": "Hej", "colleague": str(uuid4())}, "Välj en kollega"),
        ("hand_over", {"text": "", "colleague": "x"}, "Välj en kollega"),
        ("close", {"understood": "yes"}, "Välj varför dialogen avslutas"),
        ("close", {"reason": "completed"}, "Kryssa i att du vet"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_done(
    house: House, deed: str, fields: dict[str, str], told: str
) -> None:
    maja = house.member("Maja")
    path, client = written(house), hands(house, maja)
    do(client, path, deed, **fields)
    page = client.get(path).content.decode()
    assert told in page
    assert fields.get("text", "") in page
    assert facts(house, path, "message_count", "state") == (1, "waiting")


def test_only_those_who_can_read_are_offered_as_colleagues(house: House) -> None:
    maja = house.member("Maja")
    house.member("Gunnel", Role.HEAD, share=False)
    house.member("Per", Role.AUDITOR, place=False, share=False)
    tomas = house.member("Tomas")
    page = hands(house, maja).get(written(house))
    assert [c.pk for c in page.context["colleagues"]] == [tomas.pk]


def test_two_who_take_at_once_are_told_who_was_first(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path = written(house)
    hers, his = hands(house, maja), hands(house, tomas)
    do(hers, path, "take")
    do(his, path, "take")
    assert facts(house, path, "taken_by") == (maja.pk,)
    assert "Maja hann före" in his.get(path).content.decode()


def test_an_answer_past_something_unread_is_held_back_with_its_text(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path = written(house)
    do(hands(house, tomas), path, "answer", text="Från Tomas", signed="name", seen=1)
    hers = hands(house, maja)
    do(hers, path, "answer", text="Från Maja", signed="house", seen=1, why="urgent")
    page = hers.get(path).content.decode()
    assert "Något nytt skrevs medan du skrev" in page
    assert "Från Maja" in page
    assert facts(house, path, "message_count") == (2,)


def test_an_answer_to_what_a_colleague_has_just_closed_is_given_back(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path = written(house)
    hers = hands(house, maja)
    hers.get(path)
    do(hands(house, tomas), path, "close", reason="no_contact", understood="yes")
    do(hers, path, "answer", text="Mitt långa svar", signed="name", seen=1)
    page = hers.get(path).content.decode()
    assert "avslutades av en kollega" in page
    assert "Mitt långa svar" in page


def test_a_text_for_a_dialogue_erased_meanwhile_is_given_back(house: House) -> None:
    client = hands(house, house.member("Maja"))
    page = client.post(f"{INBOX}{uuid4()}/", {"deed": "answer", "text": "Mitt långa svar"})
    assert page.status_code == 404
    assert "Mitt långa svar" in page.content.decode()


@pytest.mark.parametrize(("role", "place"), [(Role.HEAD, True), (Role.AUDITOR, False), (Role.COUNSELLOR, False)])
def test_forbidden_and_unknown_are_the_same_page_and_one_refusal_each(house: House, role: Role, place: bool) -> None:
    who = house.member("Gunnel", role, place=place, share=place and role != Role.HEAD)
    path, client = written(house), hands(house, who)
    pages = [client.get(p) for p in (path, f"{INBOX}{uuid4()}/")]
    assert [p.status_code for p in pages] == [404, 404]
    assert pages[0].content == pages[1].content
    assert log(house, "access:door:refused") == [("dialogue", 0), ("dialogue", 0)]
    with house.as_superuser() as boss:
        wanted = boss.execute(
            "SELECT object FROM audit_event WHERE act = 'access:door:refused' ORDER BY seq"
        ).fetchone()
    assert wanted == (UUID(path.split("/")[-2]),)


def test_another_centres_dialogue_is_unknown(house: House) -> None:
    path = written(house)
    with house.as_superuser() as boss:
        boss.execute("UPDATE contact_dialogue SET centre_id = %s", [uuid4()])
    client = hands(house, house.member("Maja"))
    assert client.get(path).content == client.get(f"{INBOX}{uuid4()}/").content


def test_the_head_sees_how_much_waits_but_has_no_way_to_words(house: House) -> None:
    head = house.member("Gunnel", Role.HEAD, share=False)
    path = written(house)
    page = hands(house, head).get(INBOX).content.decode()
    assert facts(house, path, "ref")[0] in page
    assert path not in page


def test_a_stranger_to_the_room_sees_an_empty_room(house: House) -> None:
    written(house)
    stranger = house.member("Stina", place=False, share=False)
    assert hands(house, stranger).get(INBOX).context["rows"] == []


def test_the_list_asks_the_database_equally_often_for_one_and_thirty(house: House) -> None:
    client = hands(house, house.member("Maja"))
    counts = []
    for more in (1, 29):
        for _ in range(more):
            house.dialogue("Hej")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(INBOX).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_late_is_said_in_words(house: House) -> None:
    path, maja = written(house), house.member("Maja")
    with time_machine.travel(clock.now() + timedelta(days=14)):
        client = hands(house, maja)
        page = client.get(path).content.decode()
    assert "Har väntat 14 dagar, över tiden" in page
