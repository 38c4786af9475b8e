"""The catalogue in an editor's hands, in a real browser: a rule is changed, seen before it holds, and saved."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.served import Site
from journeys.staff_hands import faults, sign_in

HOME = "/personal/tjanster/"


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


def open_row(page: Page, site: Site, code: str, name: str) -> None:
    """The page of one row of a service."""
    page.goto(f"{site.url}{HOME}{code}/")
    page.get_by_role("link", name=name, exact=True).click()


@pytest.mark.parametrize(("width", "role"), [(360, "editor"), (1280, "head")])
def test_the_pages_of_the_catalogue_are_accessible_and_never_scroll_sideways(
    page: Page, site: Site, width: int, role: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, site, role)
    open_row(page, site, "TRAPPAN", "Högsta ålder")
    page.get_by_label("Värde").fill(str(17 - width // 1000))
    page.get_by_role("button", name="Spara i utkastet").click()
    expect(page.get_by_role("status")).to_have_text("Sparat i utkastet.")
    lists = ["", "TRAPPAN/", "telefoner/", "platser/", "gemensamt/", "andringar/", "utgavor/"]
    forms = ["TRAPPAN/grund/", "TRAPPAN/texter/", "ny/telefon/", "ENSK/ny/dokumentation/", "ENSK/ny/regel/?om=age"]
    for path in lists if width == 360 else [*forms, *lists[1:6:4]]:
        page.goto(f"{site.url}{HOME}{path}")
        assert (path, faults(page, width)) == (path, [])
    open_row(page, site, "TRAPPAN", "Om ålder (våldsutsatt)")
    assert faults(page, width) == []


def test_a_faulty_form_leads_by_keyboard_to_its_fault_and_keeps_what_was_typed(page: Page, site: Site) -> None:
    sign_in(page, site, "editor")
    open_row(page, site, "ENSK", "Lägsta ålder")
    page.get_by_label("Värde").fill("sexton")
    page.get_by_label("Värde").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Skriv ett tal, som 16 eller 4,5.")
    assert faults(page, 1280) == []
    page.get_by_role("alert").get_by_role("link", name="Värde").press("Enter")
    expect(page.get_by_label("Värde")).to_have_value("sexton")
    expect(page.get_by_label("Värde")).to_have_attribute("aria-invalid", "true")
