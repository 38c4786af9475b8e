"""From contact to file in a real browser, by keyboard where it counts: begun, taken from the desk, taken back; axe."""

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.served import Site
from journeys.staff_hands import sign_in
from journeys.test_files import clean, window


def logged_call(page: Page, site: Site) -> None:
    """Log a call through the page, and stand on the page of it."""
    page.goto(f"{site.url}/personal/samtal/")
    page.get_by_role("group", name="Vem frågar?").get_by_label("Utsatt för våld").check()
    page.locator("#note").fill("Vågar inte gå hem i kväll.")
    page.locator("#call").get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Rätta").click()
    page.locator("nav, p").get_by_role("link", name="S-").click()


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_a_call_becomes_a_file_is_taken_and_taken_back(chromium: Browser, site: Site, size: str, scheme: str) -> None:
    page = window(chromium, size, scheme)
    sign_in(page, site, "partner_contact")
    logged_call(page, site)
    page.get_by_role("link", name="Blir en akt").click()
    clean(page)
    page.get_by_role("link", name="Ny akt utan identitet").click()
    expect(page.get_by_label("Efternamn")).to_have_count(0)
    clean(page)
    page.get_by_role("link", name="Blir en akt").click()
    page.get_by_role("link", name="Ny full akt").press("Enter")
    clean(page)
    page.get_by_label("Så sade personen").fill("Skriv gärna upp det.")
    page.get_by_role("button", name="Öppna akten").click()
    expect(page.get_by_text("Utan personens vilja blir det ingen akt")).to_be_visible()
    expect(page.get_by_label("Så sade personen")).to_have_value("Skriv gärna upp det.")
    clean(page)
    page.get_by_label("Personen vill det").press("Space")
    page.get_by_label("I telefon").check()
    page.get_by_label("Våldsutsatta").check()
    page.get_by_label("Förnamn").fill("Påhittad")
    page.get_by_label("Efternamn").fill(f"Början{size}")
    page.get_by_label("Vågar inte gå hem").check()
    page.get_by_role("group", name="Hur bråttom är det?").get_by_label("I dag").check()
    page.get_by_label("Varför?", exact=True).fill("Hon är ensam i natt.")
    page.get_by_role("button", name="Öppna akten").press("Enter")
    expect(page.get_by_text("Vågar inte gå hem i kväll.")).to_be_visible()
    ref = page.get_by_role("heading", level=1).inner_text()
    clean(page)
    page.goto(f"{site.url}/personal/")
    row = page.locator("li", has_text=ref)
    expect(row).to_contain_text("Ingen har tagit det")
    clean(page)
    row.get_by_role("button", name="Jag tar det").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ref)
    page.get_by_role("link", name="Så kom akten till").click()
    expect(page.get_by_text("tog det i dag")).to_be_visible()
    page.locator("summary", has_text="Ta bort ur akten").press("Enter")
    clean(page)
    page.get_by_label("Det blev gjort av misstag").check()
    page.get_by_label("Berätta kort").fill("Fel samtal.")
    page.get_by_role("button", name="Ta bort ur akten").click()
    expect(page.locator("main").get_by_text("borttagen", exact=True)).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Tillbaka till akten").click()
    expect(page.get_by_text("Vågar inte gå hem i kväll.")).to_have_count(0)
    page.context.close()


def test_a_call_is_added_to_a_file_that_is_found_by_name_without_losing_what_was_typed(
    chromium: Browser, site: Site
) -> None:
    page = window(chromium, "desk")
    sign_in(page, site, "partner_contact")
    logged_call(page, site)
    page.get_by_role("link", name="Blir en akt").click()
    page.get_by_role("link", name="En akt som finns").click()
    page.get_by_label("Personen vill det").check()
    page.get_by_label("På plats").check()
    page.get_by_role("group", name="Hur bråttom är det?").get_by_label("Kan planeras").check()
    page.get_by_label("Helt namn").fill("ingensomfinns")
    page.get_by_role("button", name="Sök").click()
    expect(page.get_by_text("Ingen akt innanför dina murar stämmer")).to_be_visible()
    page.get_by_label("Helt namn").fill("Kristin")
    page.get_by_role("button", name="Sök").click()
    expect(page.get_by_label("Personen vill det")).to_be_checked()
    clean(page)
    page.get_by_role("group", name="Akter som stämmer").get_by_role("radio").check()
    page.get_by_role("button", name="Lägg till i akten").click()
    expect(page.get_by_text("Kontakten är en del av akten.")).to_be_visible()
    page.context.close()


def test_a_dialogue_leads_to_the_choice_and_back(chromium: Browser, site: Site) -> None:
    page = window(chromium, "phone", "dark")
    sign_in(page, site, "counsellor")
    page.goto(f"{site.url}/personal/inkorg/")
    page.locator("tr", has=page.get_by_text("besvarad")).filter(has_text="dig").get_by_role("link").first.click()
    ref = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Blir en akt").click()
    clean(page)
    page.get_by_role("link", name="Bara råd").click()
    expect(page.get_by_role("button", name="Räkna rådet")).to_be_visible()
    clean(page)
    page.get_by_role("link", name=ref).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ref)
    page.context.close()
