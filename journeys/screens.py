"""The ten pictures of docs/screens, taken from a demo centre: `python -m journeys.screens`. Look at them afterwards."""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from journeys import plain
from journeys.conftest import ALONE, CHROMIUM
from journeys.served import Site, serve_site
from journeys.staff_hands import sign_in

SCREENS = Path(__file__).parents[1] / "docs" / "screens"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 860}
PAGES = {
    "home": ("/", (PHONE, "dark"), (DESK, "light")),
    "service": ("/stod/kvinnogrupp/", (DESK, "light")),
    "emergency": ("/akut/", (PHONE, "light")),
    "safety": ("/sakerhet/", (DESK, "dark")),
}


def take(site: Site, browser: Browser) -> None:
    """Every picture, overwriting what was there."""
    for name, (path, *looks) in PAGES.items():
        for size, scheme in looks:
            _save(_open(browser, site, path, size, scheme), f"{name}-{'phone' if size is PHONE else 'desk'}-{scheme}")
    finder = _open(browser, site, "/hitta-ratt-stod/", DESK, "light")
    for answer in ("Jag blir utsatt, eller har blivit", "20 år eller äldre", "Kvinna"):
        finder.get_by_label(answer, exact=True).first.check()
    _save(finder, "finder-desk-light")
    _dialogue(site, browser)
    _staff(site, browser)


def _dialogue(site: Site, browser: Browser) -> None:
    page = _open(browser, site, "/sida/", PHONE, "dark")
    _save(page, "write-phone-dark")
    page.locator("textarea").first.fill("Jag vet inte hur jag ska börja, men nu skriver jag.")
    page.get_by_role("button", name="Skicka").click()
    page.get_by_role("heading", name="Tack").wait_for()
    _save(page, "code-phone-dark")


def _staff(site: Site, browser: Browser) -> None:
    page = browser.new_context(viewport=DESK, color_scheme="light").new_page()
    sign_in(page, site, "counsellor")
    _save(page, "desk-light")
    member = plain.staff(site, "coordinator")
    longest = max(plain.dialogues(member)[:8], key=lambda address: len(member.get(address).text))
    page.goto(site.url + longest)
    if page.get_by_role("radio").count():
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Öppna").click()
    _save(page, "dialogue-light")


def _open(browser: Browser, site: Site, path: str, size: dict[str, int], scheme: str) -> Page:
    page = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce").new_page()
    page.goto(site.url + path)
    return page


def _save(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=SCREENS / f"{name}.jpg", type="jpeg", quality=72)


if __name__ == "__main__":
    with ExitStack() as stack, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ALONE)
        take(serve_site(stack), chromium)
        chromium.close()
