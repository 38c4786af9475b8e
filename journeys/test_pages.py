"""The words of the site in an editor's hands, in a real browser: a translation grows old, is mended, all goes back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.served import Site
from journeys.staff_hands import faults, sign_in

HOME = "/personal/sidor/"
SWEDISH, ENGLISH = f"{HOME}sida/interpreters/sv/", f"{HOME}sida/interpreters/en/"


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


def save(page: Page, said: str = "Sparat. Texten är klar och väntar på att publiceras.") -> None:
    """As ready."""
    page.get_by_role("button", name="Spara som klar").last.click()
    expect(page.get_by_role("status")).to_have_text(said)


def publish(page: Page, site: Site) -> None:
    """Everything that is ready, by keyboard."""
    page.goto(f"{site.url}/personal/publicera/")
    page.get_by_role("button", name="Publicera nu").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Publicerat.")


def reads(page: Page, address: str, *, old: bool, words: str) -> None:
    """A visitor's page, once the served house has taken it up."""
    for _ in range(40):
        page.goto(address)
        found = page.locator("main").inner_text() + " ".join(page.locator(".notice").all_inner_texts())
        if ("last checked" in found, words in found) == (old, True):
            return
        page.wait_for_timeout(250)
    raise AssertionError(found)


def test_a_translation_grows_old_is_mended_and_everything_goes_back(page: Page, site: Site) -> None:
    visitor = page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    sign_in(page, site, "editor")
    page.goto(f"{site.url}{HOME}")
    page.get_by_role("link", name="Tolk, Svenska: klar").press("Enter")
    page.get_by_label("Ingress").fill("Ett prov: du får tolk på ditt eget språk.")
    page.get_by_label("Varför?").fill("Prov av hela vägen")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Förhandsgranska").first.click()
    expect(opened.value.get_by_text("Förhandsvisning.")).to_be_visible()
    expect(opened.value.get_by_text("Ett prov: du får tolk")).to_be_visible()
    opened.value.close()
    save(page)

    page.goto(f"{site.url}{HOME}")
    page.get_by_role("link", name="Tolk, English: föråldrad").press("Enter")
    expect(page.get_by_role("heading", name="Äldre än den svenska")).to_be_visible()
    expect(page.get_by_text("ändrad i svenskan")).to_have_count(1)
    look_closely(page, site)
    publish(page, site)
    reads(visitor, f"{site.url}/en/interpreters/", old=True, words="interpreter")

    page.goto(f"{site.url}{ENGLISH}")
    page.get_by_label("Ingress").fill("A trial: you get an interpreter in your own language.")
    save(page)
    publish(page, site)
    reads(visitor, f"{site.url}/en/interpreters/", old=False, words="A trial: you get an interpreter")

    for address in (SWEDISH, ENGLISH):
        page.goto(f"{site.url}{address}")
        page.get_by_role("link", name="Ta fram version 1").click()
        expect(page.get_by_text("Det här är version 1.")).to_be_visible()
        save(page)
    publish(page, site)
    reads(visitor, f"{site.url}/en/interpreters/", old=False, words="You can speak your own language with us.")
    visitor.context.close()


def look_closely(page: Page, site: Site) -> None:
    """At both widths and in both colours: the list, a page that has grown old, a fault, a fact, and what waits."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in (HOME, ENGLISH, f"{HOME}uppgift/cost/en/", "/personal/publicera/"):
            page.goto(f"{site.url}{path}")
            assert (path, faults(page, width)) == (path, [])
    page.goto(f"{site.url}{SWEDISH}")
    page.get_by_label("Rubrik", exact=True).first.fill("")
    page.get_by_role("button", name="Spara som klar").last.press("Enter")
    page.get_by_role("alert").get_by_role("link", name="Rubrik").press("Enter")
    expect(page.get_by_label("Rubrik", exact=True).first).to_be_focused()
    page.locator("summary", has_text="Flytta, ta bort").first.press("Enter")
    page.get_by_role("button", name="Flytta ner").first.press("Enter")
    expect(page.locator("textarea[autofocus]")).to_be_focused()
    assert faults(page, 1280) == []
