"""Concern for a child in the database and on its pages: decided at once, sealed, followed to its answer."""

import html
import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, connection
from pypdf import PdfReader

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases.models import Concern, ConcernWords
from lykta.cases.tests.test_pages import hands, made, post, text
from lykta.core import clock
from lykta.core.doors import door
from lykta.people.models import Member

DUE = "/personal/akter/bevaka/"
SEEN = "Lo sade att det smällde hemma."
SOURCE = "Påhittade mormor Greta"


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    return house, house.member("Maja", walls=walls), house.member("Tomas", walls=walls)


def report(**more: object) -> dict[str, object]:
    return {
        "deed": "report",
        "once": uuid4(),
        "urgency": "soon",
        "municipality": "Påhitt kommun",
        "children": "Påhittad Lo, 7 år",
        "whereabouts": "hemma",
        "seen": SEEN,
        "source": SOURCE,
        "guardians_know": "no",
        "why_not": "En av dem kan bli farlig.",
        "title": "samtalsstödjare",
        "phone": "063-10 00 00",
    } | more


def step(concern: object, name: str, **more: object) -> dict[str, object]:
    on = clock.today().isoformat()
    told = {"on": on, "whom": "Mottagningen", "told": "Säker e-post", "answer": "opened"}
    return {"deed": "step", "concern": concern, "step": name} | told | more


def written(client, **more: object) -> tuple[str, str]:
    """A file's page of concern with one report. Gives its address and the report's id."""
    page, form = made(client) + "oro/", report(**more)
    assert post(client, page, **form).status_code == 303
    return page, str(form["once"])


def errors(answer) -> list[str]:
    return [html.unescape(e) for e in re.findall(r'class="error"[^>]*>([^<]*)', text(answer))]


def words_of(answer) -> str:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def acts(house: House) -> list[tuple[str, str]]:
    with house.as_superuser() as boss:
        rows = "SELECT act, reason FROM audit_event WHERE act ~ 'concern|disclose' ORDER BY seq"
        return boss.execute(rows).fetchall()


def test_from_concern_to_the_boards_answer(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "oro/"
    assert "Ingen oro är skriven" in text(client.get(page))
    form = report()
    for _ in range(2):  # the same form twice is one report
        assert post(client, page, **form).status_code == 303
    concern = form["once"]
    assert text(client.get(page)).count('class="note"') == 1
    assert "att skickas" in text(client.get(DUE))
    for name in ("board_sent", "board_receipt", "board_asked", "board_told"):
        for _ in range(2):
            assert post(client, page, **step(concern, name)).status_code == 303
    shown = text(client.get(page))
    assert "återkoppling lämnad<" in shown
    assert "En utredning är inledd" in shown
    assert "Ingenting väntar." in text(client.get(DUE))
    assert acts(house) == [
        ("cases:concern:report", ""),
        ("cases:file:disclose", ""),
        *(("cases:concern:follow", n) for n in ("board_sent", "board_receipt", "board_asked", "board_told")),
    ]


def test_what_is_sent_stands_among_what_has_left_with_its_ground(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, concern = written(client)
    sharing = page.replace("oro/", "sekretess/")
    assert "Inget har lämnats ut." in text(client.get(sharing))
    post(client, page, **step(concern, "board_sent"))
    shown = html.unescape(text(client.get(sharing)))
    assert "Socialtjänsten, Påhitt kommun: Mottagningen" in shown
    assert "Oro för ett barn (SoL 19 kap. 1 §, OSL 10 kap. 28 §)" in shown
    assert "Anmälningsplikt. Maja avgjorde det" in shown
    assert shown.count("utan samtycke<") == 1


def test_the_report_is_a_tagged_paper_with_what_was_told_and_nothing_of_the_file(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, concern = written(client)
    answer = client.get(f"{page}{concern}/anmalan.pdf")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    paper = PdfReader(BytesIO(answer.content))
    assert (paper.trailer["/Root"]["/Lang"], paper.trailer["/Root"]["/MarkInfo"]["/Marked"]) == ("sv", True)
    assert paper.metadata.title == "Anmälan om oro för barn"
    told = words_of(answer)
    for words in (SEEN, SOURCE, "Påhittad Lo, 7 år", "Påhitt kommun", "Maja, samtalsstödjare, Testcentrum", "hemma"):
        assert words in told
    for words in ("Exempelsson", "900101", page.split("/")[3]):
        assert words not in told


def test_who_must_be_protected_is_not_named_and_no_place_is_told(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, concern = written(client, source_protected="on", protected="on", whereabouts="")
    told = words_of(client.get(f"{page}{concern}/anmalan.pdf")).replace("\n", " ")
    assert SOURCE not in told
    assert "Vem det är lämnas inte här" in told
    assert "Adress och telefon lämnas inte här" in told
    assert SOURCE in text(client.get(page))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"seen": " "}, "Skriv något här."),
        ({"why_not": ""}, "Skriv varför de inte vet."),
        ({"urgency": "x"}, "Välj något här."),
        ({"protected": "on"}, "Lämna tomt när någon lever med skyddade uppgifter. Nämnden ringer dig."),
        (
            {"protected": "on", "whereabouts": "", "seen": "De bor på Hittepågatan 3."},
            "Här står personens adress eller telefon. Ta bort den: någon lever med skyddade uppgifter.",
        ),
        ({"seen": "Nul\x00tecken"}, None),
        ({"seen": "x" * 10_001}, None),
    ],
    ids=range(7),
)
def test_what_is_wrong_with_a_report_is_told_and_kept_and_nothing_is_written(cast, more, sentence):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client, address="Hittepågatan 3") + "oro/"
    answer = post(client, page, **report(**more))
    assert answer.status_code == 200
    assert [sentence] == errors(answer) if sentence else len(errors(answer)) == 1
    assert "En av dem kan bli farlig." in text(answer) or "why_not" in more
    assert "Ingen oro är skriven" in text(client.get(page))
    assert acts(house) == []


def test_who_decides_not_to_report_says_why_and_may_decide_anew(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "oro/"
    assert errors(post(client, page, deed="not", once=uuid4(), why="")) == ["Skriv något här."]
    assert post(client, page, deed="not", once=uuid4(), why="Barnet är vuxet nu.").status_code == 303
    assert "Barnet är vuxet nu." in text(client.get(page))
    assert "Ingenting väntar." in text(client.get(DUE))
    assert post(client, page, **report()).status_code == 303
    assert [act for act, _ in acts(house)] == ["cases:concern:weigh", "cases:concern:report"]


def test_what_is_late_is_told_the_day_after(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    page, _ = written(client)
    assert ", försenat" not in text(client.get(DUE))
    with time_machine.travel(clock.now() + timedelta(days=1), tick=True):
        later = hands(house, maja)
        assert ", försenat" in text(later.get(DUE))
        assert "1 sent" in text(later.get("/personal/akter/"))
        assert "är inte skickad. Skicka den nu." in text(later.get(page))
    assert "Ingenting väntar." in text(hands(house, tomas).get(DUE))


def test_a_closed_file_too_can_give_cause_for_concern(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    post(client, path, deed="close", reason="completed")
    assert post(client, f"{path}oro/", **report()).status_code == 303


def test_a_form_that_was_forged_does_nothing(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    page, concern = written(client)
    assert post(client, page, deed="step", concern=concern, step="x").status_code == 404
    assert post(client, page, deed="erase").status_code == 404
    assert post(client, page, **step(uuid4(), "board_sent")).status_code == 404
    other = made(client) + "oro/"
    assert post(client, other, **step(concern, "board_sent")).status_code == 404
    assert client.get(f"{other}{concern}/anmalan.pdf").status_code == 404
    assert client.post(page, {"by": str(tomas.pk)} | report()).status_code == 303
    assert text(client.get(page)).count('class="note"') == 1
    late = step(concern, "board_sent", on="2999-01-01")
    assert errors(post(client, page, **late)) == ["Den dagen har inte varit än."]
    assert [act for act, _ in acts(house)] == ["cases:concern:report"]


def test_who_is_not_in_the_file_is_first_asked_why_and_others_find_nothing(cast):
    house, maja, tomas = cast
    page, concern = written(hands(house, maja))
    pdf = f"{page}{concern}/anmalan.pdf"
    for path in (page, pdf):
        assert hands(house, tomas).get(path)["Location"] == page.removesuffix("oro/")
    outside = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    nowhere = outside.get("/personal/nothing/")
    for path in (page, pdf):
        here = outside.get(path)
        assert (here.status_code, here.content) == (404, nowhere.content)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases_concern",
        "DELETE FROM cases_concern_words",
        "UPDATE cases_concern_words SET sealed = ''",
        "UPDATE cases_concern SET reported = false",
        "UPDATE cases_concern SET by = gen_random_uuid()",
        "UPDATE cases_concern SET sent_on = '2020-01-01'",
        "UPDATE cases_concern SET receipt_on = decided_on",
        "UPDATE cases_concern SET dropped_on = decided_on, sent_on = decided_on",
        "INSERT INTO cases_concern (id, centre_id, file_id, by, decided_on, reported)"
        " SELECT gen_random_uuid(), centre_id, file_id, gen_random_uuid(), decided_on, true FROM cases_concern",
        "INSERT INTO cases_concern (id, centre_id, file_id, by, decided_on, reported)"
        " SELECT gen_random_uuid(), centre_id, file_id, by, decided_on - 1, true FROM cases_concern",
        "INSERT INTO cases_concern_words (id, centre_id, file_id, concern_id, kind, at, by, part, sealed)"
        " SELECT gen_random_uuid(), centre_id, file_id, concern_id, kind, at, by, part, sealed"
        " FROM cases_concern_words",
    ],
    ids=range(11),
)
def test_what_was_decided_is_never_changed_by_hand(cast, statement):
    house, maja, _ = cast
    page, _ = written(hands(house, maja))
    inside = door("staff", actor=maja.pk, case=page.split("/")[3])
    with pytest.raises((ProgrammingError, IntegrityError)), inside, connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_step_is_dated_once_also_by_hand(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, concern = written(client)
    post(client, page, **step(concern, "board_sent"))
    inside = door("staff", actor=maja.pk, case=page.split("/")[3])
    with pytest.raises(IntegrityError), inside, connection.cursor() as cursor:
        cursor.execute("UPDATE cases_concern SET sent_on = sent_on + 1")


def test_a_colleague_sees_no_row_of_it_before_she_has_said_why(cast):
    house, maja, tomas = cast
    page, _ = written(hands(house, maja))
    file = page.split("/")[3]
    with door("staff", actor=tomas.pk, case=file):
        assert (Concern.objects.count(), ConcernWords.objects.count()) == (0, 0)
    client = hands(house, tomas)
    post(client, page.removesuffix("oro/"), deed="open", reason="urgent", words="Hon ringer nu")
    assert SEEN in text(client.get(page))
    with door("staff", actor=maja.pk):  # outside the file: that something is due, and no sealed row
        assert (Concern.objects.count(), ConcernWords.objects.count()) == (1, 0)


def test_nothing_of_it_stands_in_plain(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page, concern = written(client)
    post(client, page, **step(concern, "board_sent"))
    with house.as_superuser() as boss:
        rows = boss.execute("SELECT w::text FROM cases_concern_words w").fetchall()
        rows += boss.execute("SELECT c::text FROM cases_concern c").fetchall()
    assert len(rows) == 4
    for word in (SEEN, SOURCE, "Påhitt", "smällde", "Mottagning", "%PDF", "soon"):
        assert not any(word in row or word.encode().hex() in row for (row,) in rows)
