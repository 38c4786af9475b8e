"""Concern for a child, and the person's own copy, in a real browser: to the paper in one's hand; axe on every page."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from journeys.served import Site
from journeys.staff_hands import sign_in
from journeys.test_files import clean, window
from lykta.core import clock


def new_file(page: Page, site: Site, name: str) -> str:
    """A file of one's own, so that no other journey touches it. Gives its address."""
    page.goto(f"{site.url}/personal/akter/ny/")
    page.get_by_label("Våldsutsatta").check()
    page.get_by_label("Förnamn").fill("Påhittad")
    page.get_by_label("Efternamn").fill(name)
    page.get_by_role("button", name="Öppna akten").click()
    expect(page.get_by_role("link", name="Ny anteckning")).to_be_visible()
    return page.url


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_from_the_prompt_to_the_report_that_is_sent(chromium: Browser, site: Site, size: str, scheme: str) -> None:
    page = window(chromium, size, scheme)
    sign_in(page, site, "counsellor")
    new_file(page, site, f"Oro{size}")
    page.get_by_role("link", name="Ny anteckning").click()
    page.get_by_role("main").get_by_role("link", name="Oro för ett barn").click()
    expect(page.get_by_text("Ring 112.")).to_be_visible()
    clean(page)
    page.get_by_label("Inte akut").check()
    page.get_by_role("group", name="Vet vårdnadshavarna").get_by_label("Ja").check()
    page.get_by_role("button", name="Skriv anmälan").click()
    expect(page.get_by_text("Skriv något här.").first).to_be_visible()
    clean(page)
    for label, words in {
        "Barnets kommun": "Påhitt kommun",
        "Vilka barn gäller det?": "Påhittad Lo, 7 år",
        "Vad har du sett och hört?": "Det smällde hemma.",
        "Vem kommer uppgifterna från?": "Mormor",
        "Ditt yrke": "samtalsstödjare",
        "Ditt telefonnummer i arbetet": "063-00 00 00",
    }.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Skriv anmälan").press("Enter")
    expect(page.get_by_text("Skicka anmälan i dag.")).to_be_visible()
    clean(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Hämta anmälan").click()
    paper = PdfReader(BytesIO(Path(taken.value.path()).read_bytes()))
    assert "Det smällde hemma." in paper.pages[0].extract_text()
    page.locator("summary", has_text="Skriv att den är skickad").press("Enter")
    page.get_by_label("Till vilken mottagning?").fill("Mottagningen")
    page.get_by_label("På vilken säker väg?").fill("Säker e-post")
    page.get_by_role("button", name="Spara", exact=True).first.press("Enter")
    expect(page.get_by_text("Kvitto väntas senast")).to_be_visible()
    clean(page)
    ref = page.get_by_role("main").get_by_role("link", name="L-").first.inner_text()
    page.get_by_role("link", name="Att bevaka").click()
    expect(page.locator("li", has_text=ref)).to_contain_text("Väntar på kvitto")
    clean(page)
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_from_the_note_to_the_copy_in_her_hand_and_the_answer_to_a_court(
    chromium: Browser, site: Site, size: str, scheme: str
) -> None:
    page = window(chromium, size, scheme)
    sign_in(page, site, "counsellor")
    new_file(page, site, f"Utdrag{size}")
    for words, guard in (("Hon kom med tåget.", ""), ("Hemligt från grannen.", "Uppgiftslämnaren måste skyddas")):
        page.get_by_role("link", name="Ny anteckning").click()
        page.get_by_label("Anteckning").fill(words)
        if guard:
            page.locator("summary", has_text="Egen mening och skydd").press("Enter")
            page.get_by_label(guard).check()
        page.get_by_role("button", name="Spara anteckningen").press("Enter")
        expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("link", name="Utdrag", exact=True).click()
    expect(page.get_by_role("region", name="Lämnas inte ut")).to_contain_text("Hemligt från grannen.")
    clean(page)
    page.get_by_role("button", name="Hämta utdraget").press("Enter")
    expect(page.get_by_text("Se efter vem det är")).to_be_visible()
    clean(page)
    page.get_by_label("Jag vet att det är rätt person").check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Hämta utdraget").press("Enter")
    assert taken.value.suggested_filename == "utdrag.pdf"
    told = "".join(one.extract_text() for one in PdfReader(BytesIO(Path(taken.value.path()).read_bytes())).pages)
    assert "Hon kom med tåget." in told
    assert "Hemligt" not in told
    answer_a_court(page)
    page.context.close()


def answer_a_court(page: Page) -> None:
    """A request to the file one stands in: written in, seen in what is due, and answered in part."""
    page.get_by_role("link", name="Förfrågningar").click()
    page.locator("summary", has_text="Skriv in en begäran").press("Enter")
    clean(page)
    page.get_by_label("Domstolen").check()
    page.get_by_label("Med brev").check()
    page.get_by_label("Vilken myndighet?").fill("Påhittade tingsrätten")
    page.get_by_label("Svara senast").fill(clock.today().isoformat())
    page.get_by_role("button", name="Spara begäran").press("Enter")
    expect(page.get_by_text("Skriv några ord här.")).to_be_visible()
    page.get_by_label("Vad ber de om?").fill("Hur många samtal")
    page.get_by_role("button", name="Spara begäran").press("Enter")
    expect(page.get_by_text("Svara senast i dag.")).to_be_visible()
    clean(page)
    address, ref = page.url, page.get_by_role("main").get_by_role("link", name="L-").first.inner_text()
    page.goto(urljoin(address, "/personal/akter/bevaka/"))
    expect(page.locator("li", has_text=ref)).to_contain_text("Begäran från en myndighet")
    page.locator("li", has_text=ref).get_by_role("link").press("Enter")
    page.locator("summary", has_text="Vi lämnar en del").press("Enter")
    form = page.locator("details[open] form")
    form.get_by_label("Vad lämnades?").fill("Två samtal")
    form.get_by_label("Det står klart att uppgiften kan lämnas").check()
    form.get_by_label("Vad lämnades inte").fill("Orden")
    form.get_by_label("Hur vägde du?").fill("Ingen lider men.")
    form.get_by_label("Jag har sagt att ett skriftligt").check()
    clean(page)
    form.get_by_role("button", name="Spara svaret").press("Enter")
    expect(page.get_by_text("en del lämnades")).to_be_visible()
    clean(page)
