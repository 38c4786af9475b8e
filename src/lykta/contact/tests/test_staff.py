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
    client.by = str(member.pk)
    return client


def written(house: House, text: str = HERS) -> str:
    """A dialogue somebody has begun; gives the address of its page."""
    visitor, _ = house.dialogue(text)
    return f"{INBOX}{visitor.case}/"


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
    answer = client.post(path, {"deed": deed, "by": client.by, **fields})
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


def test_what_a_colleague_has_taken_asks_for_a_reason_and_writes_it_at_each_showing(house: House) -> None:
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
    assert HERS in client.get(path).content.decode()
    assert log(house, READ) == [("urgent", 1), ("urgent", 1)]
    assert HERS not in hands(house, maja).get(path).content.decode()


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
        ("ask", {"text": "Hej", "colleague": str(UUID(int=7))}, "Välj en kollega"),
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
    do(hers, path, "open", reason="urgent")
    do(hers, path, "answer", text="Från Maja", signed="house", seen=1)
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


DEEDS_OF_ANOTHERS = [
    ("answer", {"text": "Mitt svar", "signed": "name", "seen": 1}, "contact:dialogue:answer", "urgent"),
    ("note", {"text": "Min rad"}, "contact:dialogue:note", "urgent"),
    ("ask", {"text": "Min fråga"}, "contact:dialogue:ask", "urgent"),
    ("hand_over", {"text": "Mina ord"}, "contact:dialogue:hand-over", "urgent"),
    ("mute", {}, "contact:dialogue:mute", "urgent"),
    ("unmute", {}, "contact:dialogue:unmute", "urgent"),
    ("close", {"reason": "completed", "understood": "yes"}, "contact:dialogue:close", "completed urgent"),
]


@pytest.mark.parametrize(("deed", "fields", "act", "reason"), DEEDS_OF_ANOTHERS)
def test_a_deed_in_a_colleagues_dialogue_needs_a_reason_that_stands_in_its_event(
    house: House, deed: str, fields: dict[str, object], act: str, reason: str
) -> None:
    maja, tomas, elsa = house.member("Maja"), house.member("Tomas"), house.member("Elsa")
    path = written(house)
    do(hands(house, tomas), path, "take")
    hers = hands(house, maja)
    typed = fields | {"colleague": str(elsa.pk), "why": "urgent"}
    do(hers, path, deed, **typed)
    before = facts(house, path, "message_count", "taken_by", "muted", "state")
    assert before == (1, tomas.pk, False, "waiting")
    assert log(house, act) == []
    page = hers.get(path).content.decode()
    assert "Säg först varför" in page
    assert HERS not in page
    do(hers, path, "open", reason="urgent")
    page = hers.get(path).content.decode()
    assert str(fields.get("text", "")) in page
    do(hers, path, deed, **typed)
    assert log(house, act) == [(reason, 0)]


@pytest.mark.parametrize("deed", ["close", "hand_over"])
def test_who_was_only_asked_gives_a_reason_before_she_ends_it_or_gives_it_away(house: House, deed: str) -> None:
    maja, tomas, elsa = house.member("Maja"), house.member("Tomas"), house.member("Elsa")
    path, his = written(house), hands(house, tomas)
    do(his, path, "take")
    do(his, path, "ask", colleague=maja.pk, text="Vad tror du?")
    hers = hands(house, maja)
    form = {"reason": "completed", "understood": "yes", "colleague": elsa.pk, "text": ""}
    do(hers, path, deed, **form)
    assert facts(house, path, "state", "taken_by") == ("waiting", tomas.pk)
    assert "har bara frågat dig" in hers.get(path).content.decode()
    do(hers, path, "open", reason="stand_in")
    do(hers, path, deed, **form)
    assert facts(house, path, "state", "taken_by") != ("waiting", tomas.pk)


def test_another_members_page_does_nothing(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path, his = written(house), hands(house, tomas)
    his.by = str(maja.pk)
    do(his, path, "note", text="Majas ord")
    page = his.get(path).content.decode()
    assert "Majas ord" not in page
    assert "hörde till någon annan" in page
    assert facts(house, path, "message_count") == (1,)


@pytest.mark.parametrize("seen", ["1\x00", "9" * 5000, "-1", "²", ""])
@pytest.mark.parametrize("text", ["Ett\x00svar", "Ett svar"])
def test_odd_signs_are_answered_and_the_text_is_there(house: House, text: str, seen: str) -> None:
    maja = house.member("Maja")
    path, client = written(house), hands(house, maja)
    do(client, path, "answer", text=text, signed="name", seen=seen)
    page = client.get(path).content.decode()
    assert "Något nytt skrevs" in page
    assert text.replace("\x00", "\ufffd") in page
    do(client, path, "note", text=text, once="x" * 5000)
    assert text.replace("\x00", "\ufffd") in client.get(path).content.decode()
    assert facts(house, path, "message_count") == (2,)


@pytest.mark.parametrize(
    ("deed", "told"),
    [("answer", "Svaret är skickat."), ("note", "Det står i marginalen."), ("ask", "Frågan är ställd.")],
)
def test_the_same_form_sent_twice_is_one_message(house: House, deed: str, told: str) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path, client = written(house), hands(house, maja)
    once = client.get(path).context["once"]
    form = {"text": "Samma", "signed": "name", "seen": 1, "once": once, "colleague": tomas.pk}
    for _ in range(2):
        do(client, path, deed, **form)
        page = client.get(path).content.decode()
        assert told in page
        assert page.count("Samma") == 1
    assert facts(house, path, "message_count") == (2,)
    do(client, path, deed, **form | {"text": "Något annat", "seen": 2})
    assert facts(house, path, "message_count") == (3,)


def test_handing_over_or_closing_twice_is_told_as_done(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    path, client = written(house), hands(house, maja)
    for _ in range(2):
        assert do(client, path, "hand_over", colleague=tomas.pk, text="")["Location"] == INBOX
    his = hands(house, tomas)
    for _ in range(2):
        assert do(his, path, "close", reason="completed", understood="yes")["Location"] == INBOX


def test_a_text_too_big_to_keep_is_said_to_be(house: House) -> None:
    maja = house.member("Maja")
    path, client = written(house), hands(house, maja)
    do(client, path, "answer", text="a" * 3_900_000, signed="name", seen=1)
    page = client.get(path).content.decode()
    assert "Den var för stor för att sparas här" in page
    assert len(page) < 100_000


def test_the_lantern_stands_at_what_is_free_or_mine(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    first, client = written(house), hands(house, maja)
    do(hands(house, tomas), first, "take")
    page = client.get("/personal/")
    assert page.context["lit"] is None
    assert "Alla som väntar har någon." in page.content.decode()
    assert "lit-dot" not in page.content.decode()
    second = written(house)
    with house.as_superuser() as boss:
        boss.execute("UPDATE contact_dialogue SET waiting_on = waiting_on - 3 WHERE id = %s", [first.split("/")[-2]])
    for address in ("/personal/", INBOX):
        page = client.get(address)
        assert str(page.context["lit"].id) in second
        assert page.content.decode().count("lit-dot") == 1
    do(client, second, "take")
    assert str(client.get("/personal/").context["lit"].id) in second


def _many(house: House, count: int) -> None:
    """So many dialogues more, each waiting since a day of its own, the first the longest."""
    written(house)
    with house.as_superuser() as boss:
        columns = "centre_id, state, muted, opened_on, last_on, closed_reason, message_count, visitor_public"
        boss.execute(
            f"INSERT INTO contact_dialogue ({columns}, visitor_sealed_private, id, ref, lookup, waiting_on)"
            f" SELECT {columns}, visitor_sealed_private, gen_random_uuid(), 'D-' || n, sha256(n::text::bytea),"
            " waiting_on - n FROM contact_dialogue, generate_series(1, %s) AS n",
            [count],
        )


def refs(page: HttpResponse) -> list[str]:
    return [row.ref for row in page.context["rows"]]


def test_a_long_inbox_is_turned_page_by_page_in_one_order(house: House) -> None:
    client = hands(house, house.member("Maja"))
    _many(house, 120)
    pages = [client.get(f"{INBOX}?sida={n}") for n in (1, 2, 3)]
    assert [len(refs(page)) for page in pages] == [50, 50, 21]
    assert [ref for page in pages for ref in refs(page)][:120] == [f"D-{n}" for n in range(120, 0, -1)]
    first, second, _ = (page.content.decode() for page in pages)
    assert "121 väntar på svar" in first
    assert ("1–50 av 121" in first, "51–100 av 121" in second) == (True, True)
    assert ('rel="prev"' in first, 'rel="prev"' in second, 'rel="next"' in second) == (False, True, True)
    assert ("har väntat längst" in first, "har väntat längst" in second) == (True, False)


@pytest.mark.parametrize(("asked", "shown"), [("0", 1), ("4", 3), ("x", 1), ("-1", 1), ("9" * 30, 1), ("²", 1)])
def test_a_page_that_is_not_there_gives_one_that_is(house: House, asked: str, shown: int) -> None:
    client = hands(house, house.member("Maja"))
    _many(house, 120)
    assert client.get(INBOX, {"sida": asked}).context["page"].number == shown


def test_what_waits_longest_and_is_free_is_lit_on_its_own_page(house: House) -> None:
    maja, tomas = house.member("Maja"), house.member("Tomas")
    client = hands(house, maja)
    _many(house, 60)
    with house.as_superuser() as boss:
        boss.execute("UPDATE contact_dialogue SET taken_by = %s WHERE ref <> 'D-3'", [tomas.pk])
    first, second = (client.get(f"{INBOX}?sida={n}").content.decode() for n in (1, 2))
    assert (first.count("lit-dot"), second.count("lit-dot"), "på tur" in second) == (0, 1, True)
