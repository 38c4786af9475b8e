"""A municipality's decision in a real browser: received, answered, warned of, reported back; axe on every page."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from journeys.served import Site
from journeys.staff_hands import sign_in
from journeys.test_files import clean, window
from lykta.core import clock


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
def test_from_order_to_report(chromium: Browser, site: Site, size: str, scheme: str) -> None:
    page = window(chromium, size, scheme)
    sign_in(page, site, "therapist")
    page.goto(f"{site.url}/personal/akter/")
    page.locator("tbody").get_by_role("link").first.click()
    page.get_by_role("link", name="Beslut", exact=True).click()
    page.locator("summary", has_text="Skriv in ett beslut").press("Enter")
    page.get_by_role("button", name="Spara beslutet").click()
    expect(page.get_by_text("Välj kommunen.")).to_be_visible()
    clean(page)
    page.get_by_label("Kommun", exact=True).select_option("Krokom")
    page.get_by_label("Vilket stöd?").select_option("BEHUT")
    decided = clock.today() - timedelta(days=61)
    page.get_by_label("Beslutet fattades").fill(decided.isoformat())
    page.get_by_label("Mål").fill(f"Att våldet upphör, {size}.")
    page.get_by_label("Kontaktperson").fill("Påhittad Handläggare")
    page.get_by_role("button", name="Spara beslutet").click()
    expect(page.get_by_text(f"Att våldet upphör, {size}.")).to_be_visible()
    expect(page.get_by_text("60 dagar utan att ha börjat.")).to_be_visible()
    clean(page)
    address = page.url
    page.goto(f"{site.url}/personal/")
    expect(page.get_by_role("heading", name="Beslut som inte har börjat")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="Alla beslut").click()
    expect(page.locator(f'a[href="{address.removeprefix(site.url)}"]')).to_be_visible()
    clean(page)
    page.goto(address)
    page.locator("summary", has_text="Ta emot uppdraget").click()
    page.get_by_role("button", name="Ta emot uppdraget").press("Enter")
    expect(page.get_by_text("Uppdraget är mottaget.")).to_be_visible()
    page.locator("summary", has_text="Återrapportera").click()
    clean(page)
    page.get_by_label("Det som återrapporteras").fill("Har börjat komma.")
    page.get_by_label("Till vilken enhet").fill("Krokom")
    page.get_by_label("Nämnden som har beslutat").check()
    page.get_by_role("button", name="Återrapportera").click()
    expect(page.get_by_text("Skriv hur du har vägt")).to_be_visible()
    expect(page.get_by_label("Det som återrapporteras")).to_have_value("Har börjat komma.")
    page.get_by_label("Hur vägde du?").fill("Bara det de frågar efter.")
    page.get_by_role("button", name="Återrapportera").click()
    expect(page.locator(".words", has_text="Har börjat komma.")).to_be_visible()
    page.locator("summary", has_text="Avsluta").click()
    form = page.locator("form", has=page.get_by_role("button", name="Avsluta"))
    form.get_by_label("Berätta kort").fill("Prov.")
    form.get_by_role("button", name="Avsluta").click()
    expect(page.get_by_text("Beslutet är avslutat.")).to_be_visible()
    clean(page)
    page.context.close()
