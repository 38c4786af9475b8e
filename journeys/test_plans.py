"""The plan of a file in a real browser, and whom it tells of: goals, tasks, children, relations; axe on every page."""

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.served import Site
from journeys.staff_hands import sign_in
from journeys.test_files import clean, window
from lykta.core import clock


def own_file(page: Page, site: Site, name: str) -> str:
    """A file of this journey's own. Gives its address."""
    page.goto(f"{site.url}/personal/akter/ny/")
    page.get_by_label("Våldsutsatta").check()
    page.get_by_label("Förnamn").fill("Påhittad")
    page.get_by_label("Efternamn").fill(name)
    page.get_by_role("button", name="Öppna akten").click()
    page.wait_for_url("**/akter/*-*/")
    return page.url


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_from_a_goal_in_her_own_words_to_a_task_that_is_done(
    chromium: Browser, site: Site, size: str, scheme: str
) -> None:
    page = window(chromium, size, scheme)
    sign_in(page, site, "counsellor")
    address = own_file(page, site, f"Plan{size}")
    ref = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Plan och uppgifter").click()
    expect(page.get_by_text("Inget mål än.")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Nytt mål").press("Enter")
    clean(page)
    page.get_by_label("Målet, med personens egna ord").fill("Jag vill kunna sova")
    first = page.get_by_role("group", name="Steg 1")
    first.get_by_label("Vad ska göras?").fill("Byta lås")
    first.get_by_label("Vem?", exact=True).select_option("other")
    page.get_by_role("button", name="Spara målet").click()
    expect(page.get_by_text("Skriv vem.")).to_be_visible()
    clean(page)
    first.get_by_label("Om någon annan: vem?").fill("hyresvärden")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Hyresvärden")).to_be_visible()
    clean(page)
    page.locator("summary", has_text="Ny uppgift").press("Enter")
    page.get_by_label("Vad ska göras?").fill("Ring om låset")
    page.locator("details[open]").get_by_label("Till vilken dag?").fill(clock.today().isoformat())
    page.get_by_role("button", name="Spara uppgiften").click()
    expect(page.get_by_text("Uppgiften står i planen.")).to_be_visible()
    clean(page)
    page.goto(f"{site.url}/personal/uppgifter/")
    mine = page.get_by_role("region", name="Att göra").get_by_role("link", name=ref)
    expect(mine).to_be_visible()
    expect(page.get_by_text("Ring om låset")).to_have_count(0)
    clean(page)
    page.get_by_role("link", name="Telefonlista för i dag").press("Enter")
    hers = page.get_by_role("article").filter(has_text=ref)
    expect(hers.get_by_text("inte frågat än").first).to_be_visible()
    clean(page)
    page.go_back()
    mine.click()
    page.get_by_role("button", name="Klar").click()
    expect(page.get_by_text("Uppgiften är klar.")).to_be_visible()
    clean(page)
    page.goto(address)
    page.get_by_role("link", name="Relationer och barn").press("Enter")
    expect(page.get_by_text("Inget barn är inskrivet.")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Skriv in ett barn").click()
    page.get_by_label("Barnets namn").fill("Påhittad Lo")
    page.get_by_label("Personnummer eller samordningsnummer").fill("160101-9986")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sista siffran stämmer inte")).to_be_visible()
    clean(page)
    page.get_by_label("Personnummer eller samordningsnummer").fill("160101-9985")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Barnets egen akt öppnas av en kollega")).to_be_visible()
    page.get_by_role("link", name="Ny relation").click()
    clean(page)
    page.get_by_label("Bor ihop med").check()
    page.get_by_label("Vem?").fill("Min mamma")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("b", has_text="Min mamma")).to_be_visible()
    clean(page)
    page.goto(address)
    page.locator("summary", has_text="Avsluta akten").click()
    page.get_by_label("Stödet är klart").check()
    page.get_by_role("button", name="Avsluta akten").click()
    expect(page.get_by_role("button", name="Öppna akten igen")).to_be_visible()
    page.context.close()
