"""An auditor finds a misuse: a file opened without cause, and closes it with words; the log is taken out as a file."""

import re

from playwright.sync_api import Browser, Page, expect

from journeys.served import Site
from journeys.staff_hands import faults, give_code, sign_in


def window(chromium: Browser) -> Page:
    return chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()


def peeked(chromium: Browser, site: Site) -> str:
    """Maja opens a file of Tomas's, for no good reason. Gives the file's reference."""
    page = window(chromium)
    sign_in(page, site, "counsellor")
    page.goto(f"{site.url}/personal/akter/?visa=alla")
    link = page.locator("tbody tr", has_text="Tomas").first.get_by_role("link")
    ref = link.inner_text().strip()
    link.click()
    page.get_by_label("Det brådskar").check()
    page.get_by_label("Berätta kort").fill("Ville bara se hur det gick")
    page.get_by_role("button", name="Öppna i en timme").click()
    expect(page.get_by_text("Du är inte med i akten.")).to_be_visible()
    page.context.close()
    return ref


def sound(page: Page) -> bool:
    """Nothing for axe to find, nothing over the edge; on a phone and on a desk, light and dark."""
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found += faults(page, width)
    assert found == []
    return True


def test_an_auditor_finds_who_opened_a_file_without_cause(chromium: Browser, site: Site) -> None:
    ref = peeked(chromium, site)
    page = window(chromium)
    sign_in(page, site, "auditor")
    page.get_by_role("link", name="att granska").click()
    assert sound(page)
    panel = page.get_by_role("region", name="Öppnade en kollegas akt")
    panel.get_by_role("link", name=re.compile(f"Maja.*{ref}")).click()  # others may have opened it too
    expect(page.get_by_text("Ville bara se hur det gick").first).to_be_visible()
    assert sound(page)
    address = page.url
    page.get_by_role("button", name="Stäng granskningen").click()  # the browser itself asks for the verdict
    expect(page).to_have_url(address)
    page.get_by_label("Går vidare").check()
    page.get_by_role("button", name="Stäng granskningen").click()
    expect(page.get_by_text("Skriv några ord om vad du har gjort åt saken.")).to_be_visible()
    expect(page.get_by_label("Går vidare")).to_be_checked()
    assert sound(page)
    page.get_by_label("Anteckning").fill("Anmält till enhetschefen.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Granskat.")
    page.goto(address)
    expect(page.get_by_text("Anmält till enhetschefen.")).to_be_visible()
    page.goto(f"{site.url}/personal/logg/granska/?visa=granskat")
    assert sound(page)
    page.context.close()


def test_the_log_leaves_the_house_with_a_reason(chromium: Browser, site: Site) -> None:
    page = window(chromium)
    account = sign_in(page, site, "head")
    page.goto(f"{site.url}/personal/logg/")
    page.locator("summary", has_text="Sök i loggen").click()
    page.get_by_label("Visa bara").select_option(label="läsningar")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.get_by_role("link", name="Ta ut som fil").click()
    assert sound(page)
    page.get_by_label("Varför ska den lämna huset?").fill("Begärd av IVO")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Hämta filen").click()
        if page.locator("#code").count():
            give_code(page, account)
            page.get_by_role("button", name="Hämta filen").click()
    text = coming.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("kedja;rad;dag")
    assert "läste" in text
    page.context.close()
