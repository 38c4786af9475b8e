"""The browser of the journeys: the real one, one for each module.

Not one for the whole run: while Playwright runs in a thread, Django refuses to touch the database there, and modules
that meet the house in-process come in any order.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, sync_playwright

CHROMIUM = os.environ.get("LYKTA_CHROMIUM", "/usr/bin/chromium")
ALONE = ["--no-sandbox"]  # containers and root have none; only our own pages are shown


@pytest.fixture(scope="module")
def engine() -> Iterator[BrowserType]:
    """What browsers are launched with."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def chromium(engine: BrowserType) -> Iterator[Browser]:
    """One running browser; each test opens windows of its own."""
    browser = engine.launch(executable_path=CHROMIUM, args=ALONE)
    yield browser
    browser.close()
