"""Consents and disclosures in the database and on their page."""

import html
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases.models import Consent
from lykta.cases.tests.test_pages import hands, made, post, text
from lykta.core import clock
from lykta.core.doors import door
from lykta.people.models import Member

TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
SAID = "Att hon har varit här två gånger"


@pytest.fixture
def cast(house: House) -> tuple[House, Member, Member]:
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED, Wall.CHILD)
    return house, house.member("Maja", walls=walls), house.member("Tomas", walls=walls)


def consent(**more: object) -> dict[str, object]:
    on = clock.today()
    return {
        "deed": "consent",
        "once": uuid4(),
        "given_by": "person",
        "agency": "social",
        "unit": "Påhitt kommun",
        "what": SAID,
        "purpose": "Att ansöka om stöd",
        "begins": on.isoformat(),
        "ends": (on + timedelta(days=30)).isoformat(),
        "how": "written",
    } | more


def giving(**more: object) -> dict[str, object]:
    return {
        "deed": "giving",
        "once": uuid4(),
        "agency": "police",
        "unit": "Påhittade polisen",
        "on": clock.today().isoformat(),
        "what": "Hennes telefonnummer",
        "ground": "police_contact",
        "weighing": "Polisen frågade, inget talar starkt emot.",
    } | more


def errors(answer) -> list[str]:
    return [html.unescape(e) for e in re.findall(r'class="error"[^>]*>([^<]*)', text(answer))]


def test_a_consent_is_written_shown_and_taken_back_at_once(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "sekretess/"
    assert "Utan samtycke lämnas inget" in text(client.get(page))
    form = consent()
    for _ in range(2):
        assert post(client, page, **form).status_code == 303
    shown = html.unescape(text(client.get(page)))
    assert shown.count(f"<p>{SAID}</p>") == 1
    assert "Testcentrum får lämna detta till socialtjänsten (Påhitt kommun): Att hon har varit här" in shown
    assert 'moss">gäller<' in shown
    chosen = f"samtycke:{form['once']}"
    assert chosen in shown
    assert post(client, page, **giving(agency="social", ground=chosen, weighing="")).status_code == 303
    assert post(client, page, deed="withdraw", consent=form["once"]).status_code == 303
    after = html.unescape(text(client.get(page)))
    assert "tillbakataget<" in after
    assert chosen not in after
    refused = post(client, page, **giving(agency="social", ground=chosen, weighing=""))
    assert errors(refused) != []
    assert after.count("med samtycke<") == 1
    with house.as_superuser() as boss:
        rows = boss.execute("SELECT act FROM audit_event WHERE act ~ 'consent|disclose' ORDER BY seq").fetchall()
    assert [act for (act,) in rows] == ["cases:consent:give", "cases:file:disclose", "cases:consent:withdraw"]


def test_a_form_left_open_can_not_use_a_consent_that_was_taken_back_meanwhile(cast):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "sekretess/"
    form = consent()
    post(client, page, **form)
    with door("staff", actor=maja.pk, case=page.split("/")[-3]), connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_consent SET withdrawn_on = {TODAY}, withdrawn_by = lykta_actor()")
    answer = post(client, page, **giving(agency="social", ground=f"samtycke:{form['once']}", weighing=""))
    assert errors(answer) != []
    assert "Inget har lämnats ut." in text(client.get(page))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"what": " "}, "Skriv några ord här."),
        ({"ends": "2020-01-01"}, "Sista dagen kommer före den första."),
        ({"ends": "2999-01-01"}, "Ett samtycke gäller högst 365 dagar. Fråga igen sedan."),
        ({"ends": "i maj"}, "Skriv dagen som 2026-11-23."),
        ({"agency": "x"}, "Välj något här."),
    ],
)
def test_what_is_wrong_with_a_consent_is_told_and_kept(cast, more, told):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "sekretess/"
    answer = post(client, page, **consent(**more))
    assert told in errors(answer)
    assert "Att ansöka om stöd" in text(answer)
    assert "Inget samtycke." in text(client.get(page))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"ground": ""}, "Välj ett samtycke eller en grund."),
        ({"weighing": ""}, "Skriv hur du har vägt, också när det är en skyldighet."),
        ({"agency": "school"}, "Den grunden leder inte dit, eller gällde inte den dagen."),
        ({"on": "2999-01-01"}, "Den dagen har inte varit än."),
        ({"unit": ""}, "Skriv några ord här."),
    ],
)
def test_what_is_wrong_with_a_disclosure_is_told_and_kept(cast, more, told):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client) + "sekretess/"
    answer = post(client, page, **giving(**more))
    assert told in errors(answer)
    assert "Hennes telefonnummer" in text(answer)


@pytest.mark.parametrize(("number", "fits"), [("201601019985", False), ("199001019984", True)])
def test_a_child_too_young_can_not_lift_her_secrecy_alone(cast, number, fits):
    house, maja, _ = cast
    client = hands(house, maja)
    page = made(client, wall="child", number=number) + "sekretess/"
    answer = post(client, page, **consent())
    assert (answer.status_code == 303) is fits
    assert ("för ungt" in text(answer)) is not fits


@pytest.mark.parametrize(
    ("reason", "told"), [("", ["Skriv varför den ena vårdnadshavaren räcker."]), ("FB 6:13 a", [])]
)
def test_one_guardian_alone_needs_a_reason_and_a_grown_person_is_asked_of_none(cast, reason, told):
    house, maja, _ = cast
    client = hands(house, maja)
    assert "vårdnadshavare" not in text(client.get(made(client) + "sekretess/"))
    page = made(client, wall="child", number="201601019985") + "sekretess/"
    assert "Vårdnadshavarna samtycker" in text(client.get(page))
    assert errors(post(client, page, **consent(given_by="one_guardian", reason=reason))) == told


def test_who_is_not_in_the_file_is_first_asked_why_and_others_find_nothing(cast):
    house, maja, tomas = cast
    page = made(hands(house, maja)) + "sekretess/"
    assert hands(house, tomas).get(page)["Location"] == page.removesuffix("sekretess/")
    outside = hands(house, house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,)))
    here, nowhere = outside.get(page), outside.get("/personal/nothing/")
    assert (here.status_code, here.content) == (404, nowhere.content)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases_consent",
        "UPDATE cases_consent SET sealed = ''",
        "UPDATE cases_consent SET withdrawn_on = '2020-01-01', withdrawn_by = lykta_actor()",
        f"UPDATE cases_consent SET withdrawn_on = {TODAY}, withdrawn_by = gen_random_uuid()",
        "DELETE FROM cases_disclosure",
        "UPDATE cases_disclosure SET sealed = ''",
    ],
)
def test_what_was_given_and_left_is_never_changed_by_hand(cast, statement):
    house, maja, _ = cast
    client = hands(house, maja)
    path = made(client)
    post(client, f"{path}sekretess/", **consent())
    post(client, f"{path}sekretess/", **giving())
    inside = door("staff", actor=maja.pk, case=path.split("/")[-2])
    with pytest.raises(ProgrammingError), inside, connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_of_it_stands_in_plain(cast):
    house, maja, tomas = cast
    client = hands(house, maja)
    path = made(client)
    post(client, f"{path}sekretess/", **consent())
    post(client, f"{path}sekretess/", **giving())
    with house.as_superuser() as boss:
        rows = boss.execute("SELECT cases_consent::text FROM cases_consent").fetchall()
        rows += boss.execute("SELECT cases_disclosure::text FROM cases_disclosure").fetchall()
    assert len(rows) == 2
    for word in ("social", "police", "Påhitt", SAID, "telefon"):
        assert not any(word in row or word.encode().hex() in row for (row,) in rows)
    with door("staff", actor=tomas.pk):
        assert not Consent.objects.exists()
