"""Personal files in a real browser: opened, written, found, opened by a colleague with a reason; axe on every page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from journeys.served import Site
from journeys.staff_hands import WALLED, sign_in

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 860}}


def window(chromium: Browser, size: str, scheme: str = "light") -> Page:
    return chromium.new_context(viewport=SIZES[size], color_scheme=scheme).new_page()


def clean(page: Page) -> None:
    """axe finds nothing, and nothing hangs over the edge."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(WALLED)}})
    assert found.response["violations"] == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_from_first_word_to_closing(chromium: Browser, site: Site, size: str, scheme: str) -> None:
    page = window(chromium, size, scheme)
    sign_in(page, site, "counsellor")
    page.get_by_role("link", name="Akter").click()
    clean(page)
    page.get_by_role("link", name="Ny akt").click()
    clean(page)
    page.get_by_label("Våldsutsatta").check()
    page.get_by_label("Förnamn").fill("Påhittad")
    page.get_by_label("Efternamn").fill(f"Resa{size}")
    page.get_by_label("Personnummer").check()
    page.get_by_label("Numret").fill("900101-9985")
    page.get_by_role("button", name="Öppna akten").click()
    expect(page.get_by_text("Sista siffran stämmer inte")).to_be_visible()
    clean(page)
    page.get_by_label("Numret").fill("900101-9984")
    page.get_by_role("button", name="Öppna akten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"L-\w{6}"))
    clean(page)
    address = page.url
    page.get_by_role("link", name="Fyll i säker kontakt").click()
    clean(page)
    page.get_by_role("group", name="Får vi ringa?").get_by_label("Ja").check()
    page.get_by_label("Får inte veta").fill("hennes syster")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("hennes syster")).to_be_visible()
    page.get_by_role("link", name="Ny anteckning").click()
    clean(page)
    page.get_by_label("Anteckning").fill("Ett första samtal.")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Spara anteckningen").press("Enter")
    expect(page.get_by_text("Ett första samtal.")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Akter").first.click()
    page.get_by_label("Helt namn").fill(f"resa{size}")
    page.keyboard.press("Enter")
    expect(page.get_by_text("En akt stämmer.")).to_be_visible()
    assert "resa" not in page.url
    page.goto(address)
    page.locator("summary", has_text="Avsluta akten").click()
    page.get_by_label("Stödet är klart").check()
    page.get_by_role("button", name="Avsluta akten").click()
    expect(page.get_by_role("button", name="Öppna akten igen")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_two_files_of_one_person_are_merged_and_taken_apart(
    chromium: Browser, site: Site, size: str, scheme: str
) -> None:
    page = window(chromium, size, scheme)
    sign_in(page, site, "counsellor")
    refs = []
    for given in ("Förra", "Nya"):
        page.goto(f"{site.url}/personal/akter/ny/")
        page.get_by_label("Våldsutsatta").check()
        page.get_by_label("Förnamn").fill(f"{given} {size}")
        page.get_by_label("Personnummer").check()
        page.get_by_label("Numret").fill("900102-9983")
        page.get_by_role("button", name="Öppna akten").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"L-\w{6}"))
        refs.append(page.get_by_role("heading", level=1).inner_text())
    expect(page.get_by_text("Samma nummer finns i")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Hör de ihop?").press("Enter")
    page.get_by_role("button", name="Lägg ihop").click()
    expect(page.locator("p.error").first).to_be_visible()
    clean(page)
    page.get_by_label("Den andra aktens beteckning").fill(refs[0].lower())
    page.get_by_label("Hur vet ni").fill("Samma person, samma nummer.")
    page.get_by_role("button", name="Lägg ihop").press("Enter")
    expect(page.get_by_text("Samma person, samma nummer.")).to_be_visible()
    clean(page)
    page.get_by_role("link", name=refs[0]).click()
    expect(page.get_by_text("Akten är en del av")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Hur de hör ihop").click()
    page.locator("summary", has_text="Ta isär akterna").press("Enter")
    page.get_by_label("Varför tas de isär?").fill("Det var två personer.")
    page.get_by_role("button", name="Ta isär").click()
    expect(page.get_by_text("isär igen", exact=True)).to_be_visible()
    clean(page)
    page.context.close()


def test_a_file_is_handed_over_with_a_letter_that_is_read_first(chromium: Browser, site: Site) -> None:
    first = window(chromium, "phone", "dark")
    sign_in(first, site, "counsellor")
    first.goto(f"{site.url}/personal/akter/ny/")
    first.get_by_label("Våldsutsatta").check()
    first.get_by_label("Förnamn").fill("Arvet")
    first.get_by_role("button", name="Öppna akten").click()
    expect(first.get_by_role("heading", level=1)).to_have_text(re.compile(r"L-\w{6}"))
    address = first.url
    first.get_by_role("link", name="Lämna över akten").press("Enter")
    clean(first)
    first.get_by_label("Sara Demo").check()
    first.get_by_role("button", name="Lämna över ansvaret").press("Enter")
    expect(first.get_by_text("Skriv några ord här.").first).to_be_visible()
    clean(first)
    for label in ("Var vi är nu", "Säker kontakt: det du måste veta", "Nästa steg"):
        first.get_by_label(label).fill(f"{label} står här.")
    first.get_by_role("button", name="Lämna över ansvaret").click()
    expect(first.get_by_text("Nästa steg står här.")).to_be_visible()
    first.context.close()
    second = window(chromium, "desk")
    sign_in(second, site, "partner_contact")
    second.goto(f"{site.url}/personal/akter/bevaka/")
    clean(second)
    second.goto(address)
    expect(second.get_by_role("heading", name="Till dig från Maja")).to_be_visible()
    clean(second)
    second.get_by_role("button", name="Jag har läst brevet").press("Enter")
    expect(second.get_by_role("heading", name="Till dig från Maja")).to_have_count(0)
    clean(second)
    second.context.close()


def test_a_colleague_says_why_before_the_file_opens(chromium: Browser, site: Site) -> None:
    first = window(chromium, "desk")
    sign_in(first, site, "partner_contact")
    first.goto(f"{site.url}/personal/akter/?visa=alla")
    first.locator("tbody tr", has_text="Tomas").first.get_by_role("link").click()
    expect(first.get_by_text("Tomas är ansvarig för akten")).to_be_visible()
    clean(first)
    first.get_by_label("Det brådskar").check()
    first.get_by_label("Berätta kort").fill("Hon ringer nu")
    first.get_by_role("button", name="Öppna i en timme").click()
    expect(first.get_by_text("Du är inte med i akten.")).to_be_visible()
    clean(first)
    first.context.close()


def test_two_open_a_named_file_together_for_an_hour(chromium: Browser, site: Site) -> None:
    holder, asker = window(chromium, "desk"), window(chromium, "phone", "dark")
    sign_in(holder, site, "counsellor")
    holder.goto(f"{site.url}/personal/akter/ny/")
    holder.get_by_label("Våldsutsatta").check()
    holder.get_by_label("Förnamn").fill("Påhittad")
    holder.get_by_label("Efternamn").fill("Tvånycklar")
    holder.get_by_label("Inget nummer").check()
    holder.get_by_label("Namngiven akt").check()
    holder.get_by_role("button", name="Öppna akten").click()
    heading = holder.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile(r"L-\w{6}"))
    ref, address = heading.inner_text(), holder.url
    sign_in(asker, site, "partner_contact")
    asker.goto(f"{site.url}/personal/akter/")
    asker.get_by_role("link", name="Namngiven akt").click()
    clean(asker)
    asker.get_by_label("Aktens beteckning").fill("L-1")
    asker.get_by_label("Det brådskar").check()
    asker.get_by_label("Berätta kort").fill("Hon ringer och är rädd")
    asker.get_by_role("button", name="Skicka frågan").click()
    expect(asker.get_by_text("Så ser ingen beteckning ut")).to_be_visible()
    clean(asker)
    asker.get_by_label("Aktens beteckning").fill(ref.lower())
    asker.get_by_role("button", name="Skicka frågan").press("Enter")
    expect(asker.get_by_text("Frågan är skickad.")).to_be_visible()
    asker.get_by_role("link", name=ref).click()
    expect(asker.get_by_role("button", name="Ta tillbaka frågan")).to_be_visible()
    clean(asker)
    own = asker.url
    holder.goto(f"{site.url}/personal/")
    clean(holder)
    holder.locator("li", has_text="Sara behöver öppna akten").get_by_role("link", name=ref).click()
    expect(holder.get_by_text("Hon ringer och är rädd")).to_be_visible()
    clean(holder)
    holder.get_by_role("button", name="Släpp in i en timme").click()
    expect(holder.get_by_text("Kollegan kan öppna akten i en timme från nu.")).to_be_visible()
    asker.goto(own)
    clean(asker)
    asker.get_by_role("button", name="Öppna akten").click()
    expect(asker.get_by_text("En kollega har släppt in dig till")).to_be_visible()
    clean(asker)
    holder.goto(address)
    clean(holder)
    holder.get_by_role("button", name="Stäng nu").click()
    expect(holder.get_by_role("button", name="Stäng nu")).to_have_count(0)
    asker.reload()
    expect(asker.get_by_text("Här finns ingenting att visa")).to_be_visible()
    asker.goto(own)
    expect(asker.get_by_text("Akten stängdes av Maja")).to_be_visible()
    clean(asker)
    for page in (holder, asker):
        page.context.close()


def test_what_was_typed_in_a_note_is_there_after_the_screen_was_locked(chromium: Browser, site: Site) -> None:
    page = window(chromium, "desk")
    sign_in(page, site, "child_counsellor")
    page.get_by_role("link", name="Akter").click()
    page.locator("tbody").get_by_role("link").first.click()
    page.get_by_role("link", name="Ny anteckning").click()
    page.get_by_label("Anteckning").fill("Halvvägs genom en mening")
    address = page.url
    page.context.clear_cookies()
    page.get_by_role("button", name="Spara anteckningen").click()
    sign_in(page, site, "child_counsellor")
    expect(page).to_have_url(address)
    expect(page.get_by_label("Anteckning")).to_have_value("Halvvägs genom en mening")
    page.context.close()
