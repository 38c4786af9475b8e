"""The page Publicera, as an editor's browser meets it."""

from datetime import timedelta

import pytest
from django.test import Client

from journeys.house import House
from lykta.access.enums import Role
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.people.models import Member
from lykta.public.enums import TimedState
from lykta.public.models import Publication, Text, Timed
from lykta.public.tests.test_publishing import says, write

PAGE = "/personal/publicera/"


def shown(browser: Client) -> str:
    return browser.get(PAGE).content.decode()


def send(browser: Client, olle: Member, **typed: str) -> str:
    """Send a form of the page; gives the page that follows."""
    return browser.post(PAGE, typed | {"by": str(olle.pk)}, follow=True).content.decode()


def publications() -> int:
    with door("worker", actor=WORKER):
        return Publication.objects.count()


def times() -> list[tuple[str, bool]]:
    with door("worker", actor=WORKER):
        return [(one.state, one.due_at > clock.now()) for one in Timed.objects.all()]


def test_where_nothing_waits_the_page_says_what_would_come_here(browser: Client) -> None:
    page = shown(browser)
    assert "Inget väntar." in page
    assert "Ingenting syns annorlunda." in page


def test_it_tells_what_waits_what_that_does_and_then_does_it(browser: Client, olle: Member, editor: Actor) -> None:
    write(editor, "about", title="Om oss på nytt")
    page = shown(browser)

    assert "Om oss på nytt" in page
    assert "Svenska: nya ord" in page
    assert "English: får raden om att den är äldre än den svenska" in page
    assert "Olle, i dag" in page
    assert "Prov" in page
    assert "2 adresser visar något annat än i dag." in page
    assert ("<li>/om/</li>" in page, "<li>/en/about/</li>" in page, "<li>/sakerhet/</li>" in page) == (
        True,
        True,
        False,
    )
    assert "Om oss på nytt" not in says("/om/")

    after = send(browser, olle, deed="publish")

    assert "Publicerat. 74 adresser på" in after
    assert "Om oss på nytt" in says("/om/")
    assert "Allt är redan publicerat." in send(browser, olle, deed="publish")
    assert publications() == 2


def test_a_change_nobody_can_show_stops_everything_and_says_so(browser: Client, olle: Member, editor: Actor) -> None:
    write(editor, "about", title="{fact:none}")

    assert "Det går inte att publicera nu" in shown(browser)
    assert "En text nämner något som inte finns." in send(browser, olle, deed="publish")
    assert publications() == 1


def test_a_time_is_set_and_taken_back(browser: Client, olle: Member, editor: Actor) -> None:
    write(editor, "about")
    morrow = (clock.today() + timedelta(days=1)).isoformat()

    page = send(browser, olle, deed="set", day=morrow, hour="07:30")
    assert "Tiden är satt." in page
    assert "Tiden satte Olle." in page
    assert times() == [(TimedState.WAITING, True)]
    assert "En tid väntar redan." in send(browser, olle, deed="set", day=morrow, hour="08:30")

    assert "Tiden är återtagen." in send(browser, olle, deed="take_back")
    assert "Ingen tid väntade längre." in send(browser, olle, deed="take_back")
    assert times() == [(TimedState.TAKEN_BACK, True)]


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("2026-11-23", "", "Välj ett klockslag."),
        ("i morgon", "07:30", "Skriv dagen som 2026-11-24."),
        ("", "07:30", "Välj en dag."),
        ("2030-01-01\x00", "07:30", "Skriv dagen som"),
        ("2030-01-01", "halv åtta", "Skriv klockslaget som 08:30."),
        ("2020-01-01", "07:30", "Den tiden har redan varit."),
        ("9999-12-31", "07:30", "Det är mer än ett år dit."),
        ("9" * 5000, "9" * 5000, "Skriv dagen som"),
    ],
)
def test_an_odd_time_is_told_and_stays_in_its_field(
    browser: Client, olle: Member, day: str, hour: str, said: str
) -> None:
    page = send(browser, olle, deed="set", day=day, hour=hour)
    assert said in page
    assert f'value="{day}"' in page
    assert times() == []


def test_another_s_form_and_an_unknown_deed_do_nothing(browser: Client, olle: Member, editor: Actor) -> None:
    write(editor, "about")
    answer = browser.post(PAGE, {"deed": "publish", "by": "somebody else"}, follow=True).content.decode()
    assert "Sidan hörde till någon annan." in answer
    assert browser.post(PAGE, {"deed": "burn", "by": str(olle.pk)}).status_code == 404
    assert publications() == 1


def test_for_who_may_not_publish_there_is_nothing_here(published: House) -> None:
    maja = published.signed_in(published.member("Maja", Role.COUNSELLOR, share=False))
    hidden, absent = maja.get(PAGE), maja.get("/personal/no-such-page/")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


def test_a_text_taken_down_is_told_too(browser: Client, editor: Actor) -> None:
    with door("staff", actor=editor.member):
        Text.objects.filter(kind="page", slug="safety", language="en").update(ready=None)
    page = shown(browser)
    assert "English: tas ner" in page
    assert "<li>/en/safety/</li>" in page


def test_before_the_centre_opens_the_page_says_where_one_opens_it(published: House, browser: Client) -> None:
    with published.as_superuser() as boss:
        boss.execute("UPDATE people_centre SET opened_on = NULL")
    page = shown(browser)
    assert "Centrumet är inte öppet än" in page
    assert ("Publicera nu" in page, "/personal/centrum/kvar/" in page) == (False, False)
    gunnel = published.signed_in(published.member("Gunnel", Role.HEAD, share=False))
    assert "/personal/centrum/kvar/" in shown(gunnel)
