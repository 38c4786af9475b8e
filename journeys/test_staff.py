"""A member's day in a real browser: through both halves of the door, the contact room, and out again."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys import plain
from journeys.served import Site
from journeys.staff_hands import faults, give_code, give_password, sign_in, virtual_passkey


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh browser window that refuses to be quiet about a broken policy or script."""
    context = chromium.new_context()
    window = context.new_page()
    wrong: list[str] = []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
    yield window
    context.close()
    assert wrong == []


def open_deed(page: Page, name: str) -> None:
    """Unfold one of the deeds."""
    page.locator("summary", has_text=name).click()


def open_a_new_one(page: Page, site: Site) -> None:
    """A dialogue nobody has taken: somebody writes, and the member opens it from the inbox."""
    plain.write(plain.visitor(site), "Hej")
    page.goto(f"{site.url}/personal/inkorg/")
    page.locator("tr", has=page.get_by_role("button", name="Ta")).last.get_by_role("link").first.click()


def said(page: Page, text: str) -> None:
    """What the page tells after a deed."""
    expect(page.get_by_role("status")).to_have_text(text)


def test_password_and_code_lead_to_the_morning(page: Page, site: Site) -> None:
    sign_in(page, site, "therapist")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ingrid")
    expect(page.get_by_role("heading", name="Väntar på svar")).to_be_visible()
    expect(page.get_by_text("Allt här är påhittat")).to_be_visible()


def test_a_passkey_is_added_and_used_in_place_of_the_code(page: Page, site: Site) -> None:
    local = site.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to a number
    account = site.account("child_counsellor")
    virtual_passkey(page)
    give_password(page, local, account)
    give_code(page, account)
    page.get_by_role("link", name="Mitt konto").click()
    page.get_by_role("link", name="Lägg till passernyckel").click()
    give_code(page, account)
    page.get_by_label("Namn på nyckeln").fill("Min dator")
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("heading", name="Dina reservkoder")).to_be_visible()  # she had none before
    page.get_by_role("link", name="Jag har dem på papper").click()
    expect(page.get_by_text("Min dator").first).to_be_visible()
    page.get_by_role("button", name="Lås").click()
    give_password(page, local, account)
    page.get_by_role("button", name="Använd passernyckel").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Elsa")


def test_a_working_day_in_the_contact_room(page: Page, site: Site) -> None:
    sign_in(page, site, "counsellor")
    page.get_by_role("link", name="Öppna den som väntat längst").click()
    page.get_by_role("button", name="Ta dialogen").click()
    said(page, "Den är din nu.")
    page.get_by_label("Ditt svar").fill("Hej. Tack för att du skrev.")
    page.get_by_role("radio", name="Lykta").check()
    page.get_by_role("button", name="Skicka svaret").click()
    said(page, "Svaret är skickat.")
    expect(page.locator(".reply")).to_contain_text("Tack för att du skrev")
    open_deed(page, "Skriv i marginalen")
    page.get_by_label("Anteckning").fill("Kom ihåg tolk.")
    page.get_by_role("button", name="Spara i marginalen").click()
    said(page, "Det står i marginalen.")
    expect(page.locator(".margin").last).to_contain_text("Syns inte för den som skrev")
    open_deed(page, "Fråga en kollega")
    page.locator("#ask-who").select_option(label="Tomas Demo Fjällgren")
    page.get_by_label("Fråga", exact=True).fill("Vad tror du?")
    page.get_by_role("button", name="Fråga").click()
    said(page, "Frågan är ställd.")
    open_deed(page, "Stäng av nya meddelanden")
    page.get_by_role("button", name="Stäng av nya meddelanden").click()
    said(page, "Den tar inte emot fler meddelanden.")
    page.get_by_role("button", name="Ta emot meddelanden igen").click()
    said(page, "Den tar emot meddelanden igen.")
    address = page.url
    open_deed(page, "Lämna över")
    page.locator("#over-who").select_option(label="Tomas Demo Fjällgren")
    page.get_by_role("button", name="Lämna över").click()
    said(page, "Den är lämnad till din kollega.")
    page.goto(address)
    expect(page.get_by_text("Tomas har tagit den här dialogen")).to_be_visible()
    page.get_by_label("Det brådskar").check()
    page.get_by_role("button", name="Öppna orden").click()
    expect(page.locator(".visitor").first).to_be_visible()
    open_deed(page, "Avsluta")
    page.get_by_label("Samtalet är klart").check()
    page.get_by_role("button", name="Avsluta och förstör orden").click()
    expect(page.get_by_role("alert")).to_contain_text("Kryssa i")
    page.get_by_label("Jag vet att orden inte går att få tillbaka").check()
    page.get_by_role("button", name="Avsluta och förstör orden").click()
    said(page, "Dialogen är avslutad och orden är borta.")
    page.goto(address)
    expect(page.get_by_text("Nycklarna är förstörda")).to_be_visible()


def test_what_stands_unsent_is_there_after_locking(page: Page, site: Site) -> None:
    account = sign_in(page, site, "coordinator")
    open_a_new_one(page, site)
    page.get_by_label("Ditt svar").fill("Ett halvt svar")
    page.get_by_role("button", name="Lås").click()
    expect(page.get_by_text("Det du skrev är kvar")).to_be_visible()
    give_password(page, site.url, account)
    give_code(page, account)
    expect(page.get_by_label("Ditt svar")).to_have_value("Ett halvt svar")
    page.get_by_role("button", name="Lås").click()
    page.go_back()
    expect(page.get_by_label("Lösenord")).to_be_visible()


def test_no_form_of_the_page_is_lost_by_locking_or_by_sending_another(page: Page, site: Site) -> None:
    account = sign_in(page, site, "partner_contact")
    open_a_new_one(page, site)
    page.get_by_label("Ditt svar").fill("Ett halvt svar")
    open_deed(page, "Skriv i marginalen")
    page.get_by_label("Anteckning").fill("Kom ihåg tolk.")
    page.get_by_role("button", name="Lås").click()
    give_password(page, site.url, account)
    give_code(page, account)
    expect(page.get_by_label("Anteckning")).to_have_value("Kom ihåg tolk.")
    page.get_by_role("button", name="Spara i marginalen").click()
    said(page, "Det står i marginalen.")
    expect(page.get_by_label("Ditt svar")).to_have_value("Ett halvt svar")


def test_a_page_left_alone_locks_by_itself_and_keeps_the_text(page: Page, site: Site) -> None:
    page.clock.install()
    account = sign_in(page, site, "therapist")
    open_a_new_one(page, site)
    page.get_by_label("Ditt svar").fill("Ett halvt svar")
    page.clock.fast_forward(14 * 60 * 1000)
    expect(page.get_by_label("Ditt svar")).to_be_visible()
    page.clock.fast_forward(2 * 60 * 1000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Skärmen låstes")
    give_password(page, site.url, account)
    give_code(page, account)
    expect(page.get_by_label("Ditt svar")).to_have_value("Ett halvt svar")


def test_a_form_on_another_page_can_not_act_for_a_member(page: Page, site: Site) -> None:
    sign_in(page, site, "head")
    page.goto(site.neutral)
    page.evaluate(
        """url => { const form = document.createElement("form"); form.method = "post"; form.action = url;
        form.append(Object.assign(document.createElement("input"), {name: "deed", value: "take"}));
        document.body.append(form); form.submit(); }""",
        f"{site.url}/personal/inkorg/{UUID(int=7)}/",
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingenting har gjorts.")


def test_each_public_page_of_the_practice_centre_says_that_it_is_one(page: Page, site: Site) -> None:
    for address in ("/", "/en/", "/sida/", "/nothing/"):
        page.goto(site.url + address)
        expect(page.locator(".bar .demo")).to_contain_text("Demo.")


@pytest.mark.parametrize("width", [360, 1280])
def test_staff_pages_are_accessible_and_never_scroll_sideways(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site.url}/personal/")
    assert faults(page, width) == []
    sign_in(page, site, "therapist" if width == 360 else "auditor")
    addresses = ["/personal/", "/personal/konto/", "/personal/nothing/"]
    addresses += ["/personal/handbok/", "/personal/handbok/installation/"]
    if width == 360:
        page.goto(f"{site.url}/personal/inkorg/")
        dialogues = page.locator("tbody th a").evaluate_all("links => links.map(a => a.pathname)")
        addresses += ["/personal/inkorg/", "/personal/inkorg/?visa=avslutade", *dialogues[:3]]
    for address in addresses:
        page.goto(site.url + address)
        assert (address, faults(page, width)) == (address, [])
