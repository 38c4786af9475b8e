"""The copy for the person a file is about: what stands on the paper, what never does, and who can make it."""

import html
import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.db import ProgrammingError, connection
from django.test import Client
from pypdf import PdfReader

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases.tests.test_concern import report, step
from lykta.cases.tests.test_decisions import received
from lykta.cases.tests.test_decisions import step as step_in
from lykta.cases.tests.test_merging import merged
from lykta.cases.tests.test_pages import hands, made, post, text
from lykta.cases.tests.test_sharing import consent, giving
from lykta.core import clock
from lykta.core.doors import door
from lykta.people.models import Member

OPEN = "Vi talade om tåget till Sveg."


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED, Wall.CHILD)
    return house, house.member("Maja", walls=walls), house.member("Tomas", walls=walls)


def note(client: Client, path: str, said: str, **more: object) -> None:
    assert post(client, f"{path}anteckning/", text=said, once=uuid4(), **more).status_code == 303


def form_of(client: Client, page: str, **more: object) -> dict[str, object]:
    """The page's form as it stands, with the tick that it is the right person."""
    shown = text(client.get(page, {"till": more.get("till", "person")}))
    seen, once = (re.search(rf'name="{name}" value="([^"]+)"', shown)[1] for name in ("seen", "once"))
    return {"seen": seen, "once": once, "till": "person", "ground": "party", "sure": "on"} | more


def paper(answer) -> str:
    assert answer["Content-Type"] == "application/pdf", errors(answer)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def errors(answer) -> list[str]:
    return [html.unescape(e) for e in re.findall(r'class="error"[^>]*>([^<]*)', text(answer))]


def piece(client: Client, page: str, words: str, box: str) -> str:
    """The id of the piece whose words these are."""
    articles = text(client.get(page)).split("<article")
    (found,) = [re.search(rf'name="{box}" value="([^"]+)"', a)[1] for a in articles if words in html.unescape(a)]
    return found


def full_file(client: Client) -> str:
    """A file with something of each kind; every word with "Hemligt" in it must never be on her paper."""
    path = made(client, phone="070-174 06 10", address="Hittepågatan 3", needs="Läser gärna stor text")
    days = [str(n) for n in range(5)]
    contact = {"call": "yes", "days": days, "code_word": "Hemligt-ord", "not_to_know": "arbetet", "seen": "0"}
    assert post(client, f"{path}uppgifter/kontakt/", **contact).status_code == 303
    note(client, path, OPEN, dissent="Hon minns en buss.")
    note(client, path, "Hemligt-källan sade så.", guards=["source"])
    note(client, path, "Hemligt-partens ord.", guards=["party"], guard_reason="Hemligt-skäl")
    note(client, path, "Inte för en vårdnadshavare.", guards=["guardian"])
    child = {
        "given_names": "Påhittade Ture",
        "born_on": "2020-04-17",
        "lives": "Hemligt-hem",
        "school": "Hemligt-skola",
    }
    assert post(client, f"{path}familj/barn/", seen="0", once=uuid4(), **child).status_code == 303
    assert post(client, f"{path}sekretess/", **consent()).status_code == 303
    police = {"unit": "Hemligt-polisen", "what": "Hemligt-nummer"}
    assert post(client, f"{path}sekretess/", **giving(**police)).status_code == 303
    court = {
        "agency": "court",
        "unit": "Påhittade tingsrätten",
        "what": "Att hon var här",
        "ground": "housing_question",
    }
    assert post(client, f"{path}sekretess/", **giving(**court)).status_code == 303
    concern = report(seen="Hemligt-sett", municipality="Hemligt-kommun")
    assert post(client, f"{path}oro/", **concern).status_code == 303
    assert post(client, f"{path}oro/", **step(concern["once"], "board_sent")).status_code == 303
    return path


def test_the_paper_holds_what_stands_of_her_in_order_of_time_and_nothing_that_must_be_kept_back(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = full_file(client) + "utdrag/"
    answer = post(client, page, **form_of(client, page))
    told = paper(answer)
    assert "Hemligt" not in told
    assert "orosanmäl" not in told.lower()
    assert "oro för" not in told.lower()
    words = ("Påhittad Anna Exempelsson", "900101-9984", "Hittepågatan 3", "070-174 06 10", "Läser gärna stor text",
             "arbetet", "Det skrivs inte på papper.", OPEN, "Hon minns en buss.", "Inte för en vårdnadshavare.",
             "Påhittade Ture", "Att hon har varit här två gånger", "Påhittade tingsrätten")  # fmt: skip
    assert [word for word in words if word not in told] == []
    grounds = ("OSL 10 kap. 3 §", "OSL 26 kap. 5 §", "OSL 26 kap. 1 §")
    assert [told.count(ground) for ground in grounds] == [1, 1, 1]
    assert "skriftligt beslut" in told
    pdf = PdfReader(BytesIO(answer.content))
    assert (pdf.trailer["/Root"]["/Lang"], pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]) == ("sv", True)
    assert answer["Content-Disposition"] == 'attachment; filename="utdrag.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_a_correction_is_given_with_what_stood_before_but_not_with_what_was_marked(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    note(client, path, "Det var på tisdagen.")
    note(client, path, "Hemligt-grannen såg det.", guards=["source"])
    shown = text(client.get(path))
    newest, first = re.findall(rf'href="({path}anteckning/[0-9a-f-]+/)"', shown)
    assert post(client, first, text="Det var på onsdagen.", once=uuid4()).status_code == 303
    assert post(client, newest, text="Någon hade sett det.", once=uuid4()).status_code == 303
    told = paper(post(client, f"{path}utdrag/", **form_of(client, f"{path}utdrag/")))
    for words in ("Det var på onsdagen.", "Det var på tisdagen.", "Någon hade sett det.", "rättad"):
        assert words in told
    assert "Hemligt" not in told
    assert told.count("OSL 26 kap. 5 §") == 1


def test_a_member_keeps_back_and_releases_with_reasons_that_stand_in_the_file(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = full_file(client) + "utdrag/"
    keep, release = piece(client, page, OPEN, "keep"), piece(client, page, "Hemligt-polisen", "release")
    choices = {"keep": [keep], "release": [release]}
    assert errors(post(client, page, **form_of(client, page, **choices))) == ["Skriv varför du ändrar vad som lämnas."]
    form = form_of(client, page, reason="Hon vet redan om det.", **choices)
    for _ in range(2):  # twice: made again, written once
        told = paper(post(client, page, **form))
    assert OPEN not in told
    assert "Hemligt-polisen" in told
    shown = html.unescape(text(client.get(page)))
    assert shown.count("2 ändringar: Hon vet redan om det.") == 1
    source = text(client.get(page)).split("Hemligt-källan")[1].split("</article>")[0]
    assert "Lämna ut ändå" not in source


def test_what_was_written_since_the_page_was_shown_stops_the_copy(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    form = form_of(client, f"{path}utdrag/")
    note(client, path, "Nytt som ingen har läst igenom.")
    answer = post(client, f"{path}utdrag/", **form)
    assert errors(answer) == ["Det har skrivits i akten sedan sidan visades. Gå igenom den igen."]
    assert "application/pdf" not in answer["Content-Type"]


def test_a_new_word_in_what_was_there_already_stops_it_too(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    page = received(client, path)
    form = form_of(client, f"{path}utdrag/")
    assert step_in(client, page, "accept", text="Ring henne aldrig hemma.").status_code == 303
    assert "Det har skrivits i akten" in errors(post(client, f"{path}utdrag/", **form))[0]
    form = form_of(client, f"{path}utdrag/")
    contact = {"call": "yes", "days": ["0"], "not_to_know": "Hennes bror", "seen": "0"}
    assert post(client, f"{path}uppgifter/kontakt/", **contact).status_code == 303
    assert "Det har skrivits i akten" in errors(post(client, f"{path}utdrag/", **form))[0]


def childs(client: Client) -> str:
    return made(client, wall="child", service="TRAPPAN", number="20160101-9985", address="Hemligt-gatan 3")


def test_a_guardians_copy_reads_alike_whether_something_is_hidden_or_not(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    told = []
    for hidden in (False, True):
        path = childs(client)
        if hidden:
            contact = {"call": "yes", "days": ["0"], "not_to_know": "Hemligt-pappan", "seen": "0"}
            assert post(client, f"{path}uppgifter/kontakt/", **contact).status_code == 303
            note(client, path, "Hemligt-barnets ord.", guards=["guardian"])
            note(client, path, "Hemligt-källan.", guards=["source"])
            assert post(client, f"{path}oro/", **report(seen="Hemligt-sett")).status_code == 303
        page = f"{path}utdrag/"
        form = form_of(client, page, till="guardian", who="Påhittad Mamma")
        words = paper(post(client, page, **form))
        told.append(words.replace(re.search(r"L-\w{6}", words)[0], "L-"))
    assert told[0] == told[1]
    assert "Hemligt" not in told[1]
    assert "12 kap. 3 §" in told[1]
    assert "Påhittad Mamma, vårdnadshavare" in told[1]


def test_what_the_board_was_told_of_a_child_is_not_in_a_guardians_copy_and_more_can_be_kept_back(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = childs(client)
    decision = received(client, path, goal="Att barnet får ord för det som har hänt.")
    assert step_in(client, decision, "accept").status_code == 303
    told = {"words": "Hemligt-rapport", "ground": "decision_followup", "unit": "Påhitt kommun", "weighing": "Bara det."}
    assert step_in(client, decision, "report", **told).status_code == 303
    note(client, path, "Hemligt-anteckning som ingen har märkt.")
    page = f"{path}utdrag/"
    keep = piece(client, page, "Hemligt-anteckning", "keep")
    form = form_of(client, page, till="guardian", who="Påhittad Mamma", keep=[keep], reason="Barnet är rädd.")
    words = paper(post(client, page, **form))
    assert ("Att barnet får ord" in words, "Hemligt" in words) == (True, False)
    assert re.findall(r"OSL \d+", words) == ["OSL 12"]
    assert "1 ändring: Barnet är rädd." in text(client.get(page))
    hers = paper(post(client, page, **form_of(client, page)))
    assert "Hemligt-rapport" in hers


@pytest.mark.parametrize(
    ("fields", "till", "sentence"),
    [
        ({"service": "HEDER"}, "guardian", "Till den personen lämnas inget härifrån."),
        ({}, "guardian", "Skriv vem som får utdraget."),
        ({}, "person", "Se efter vem det är innan du lämnar något."),
    ],
    ids=range(3),
)
def test_what_is_missing_is_told_and_nothing_is_given(cast, fields, till, sentence):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client, **({"wall": "child", "service": "TRAPPAN", "number": "20160101-9985"} | fields))
    form = form_of(client, f"{path}utdrag/", till=till)
    if till == "person":
        del form["sure"]
    answer = post(client, f"{path}utdrag/", **form)
    assert answer.status_code == 200
    assert sentence in errors(answer)
    with house.as_superuser() as boss:
        assert boss.execute("SELECT count(*) FROM cases_extract").fetchone() == (0,)


def test_the_page_tells_of_the_persons_other_file_and_whom_to_look_for(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    lead, part = made(client), made(client)
    page = f"{lead}utdrag/"
    shown = text(client.get(page))
    assert ("Läs varje rad" in shown, "Personen har" in shown) == (False, False)
    merged(house, client, lead, part)
    assert f'Personen har en akt till: <a href="{part}utdrag/">' in text(client.get(page))
    ingrid = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    his = made(ingrid, wall="using_violence", service="BEHUT")
    assert "Läs varje rad efter den som är utsatt." in text(ingrid.get(f"{his}utdrag/"))


def test_who_has_read_comes_along_by_what_she_works_as_and_without_deeds_that_tell(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    path = full_file(client)
    other = hands(house, tomas)
    post(other, path, deed="open", reason="urgent", words="Hon ringer nu")
    other.get(path)
    page = f"{path}utdrag/"
    told = paper(post(client, page, **form_of(client, page, readers="on")))
    listed = told.split("Vem som har öppnat akten")[1]
    assert "det brådskar" in listed
    assert "är med i akten" in listed
    assert "Samtalsstödjare" in listed
    for words in ("Tomas", "Maja", "anmälan", "lämnats ut"):
        assert words not in listed


def test_each_copy_is_a_reading_and_an_event_with_its_purpose(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "utdrag/"
    post(client, page, **form_of(client, page))
    with house.as_superuser() as boss:
        rows = boss.execute("SELECT act, reason FROM audit_event WHERE reason ~ 'extract|for_' ORDER BY seq").fetchall()
    assert rows == [("cases:file:read", "extract")] * 2 + [("cases:extract:make", "for_person")]


def test_the_second_factor_is_asked_for_and_what_was_ticked_is_there_after(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "utdrag/"
    form = form_of(client, page, reason="Ett skäl som ska finnas kvar")
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=True):
        answer = post(client, page, **form)
        assert (answer.status_code, "bekrafta" in answer["Location"]) == (303, True)
        assert "Ett skäl som ska finnas kvar" in text(client.get(page))


def test_only_who_is_with_the_file_makes_a_copy(cast):
    house, maja, tomas = cast
    path = made(hands(house, maja))
    page = f"{path}utdrag/"
    other = hands(house, tomas)
    assert other.get(page)["Location"] == path
    post(other, path, deed="open", reason="urgent", words="Hon ringer nu")
    assert "Bara den som är med i akten gör utdrag ur den." in text(other.get(page))
    form = {"seen": "x", "once": uuid4(), "till": "person", "sure": "on"}
    assert "application/pdf" not in post(other, page, **form)["Content-Type"]
    inside = door("staff", actor=tomas.pk, case=path.split("/")[3])
    statement = (
        "INSERT INTO cases_extract (id, centre_id, file_id, at, by, part, sealed) SELECT gen_random_uuid(), centre_id,"
        " id, now(), lykta_actor(), part, ''::bytea FROM cases_file"
    )
    with pytest.raises(ProgrammingError), inside, connection.cursor() as cursor:
        cursor.execute(statement)
    outside = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    here, nowhere = outside.get(page), outside.get("/personal/nothing/")
    assert (here.status_code, here.content) == (404, nowhere.content)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM cases_extract", "UPDATE cases_extract SET sealed = ''"], ids=range(2)
)
def test_that_a_copy_was_made_is_never_changed_by_hand(cast, statement):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "utdrag/"
    paper(post(client, page, **form_of(client, page)))
    inside = door("staff", actor=maja.pk, case=page.split("/")[3])
    with pytest.raises(ProgrammingError), inside, connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_of_it_stands_in_plain(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = childs(client) + "utdrag/"
    paper(post(client, page, **form_of(client, page, till="guardian", who="Påhittad Mamma")))
    with house.as_superuser() as boss:
        ((row,),) = boss.execute("SELECT e::text FROM cases_extract e").fetchall()
    for word in ("Mamma", "guardian", "%PDF"):
        assert word not in row
        assert word.encode().hex() not in row
