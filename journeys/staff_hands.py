"""What a member of the staff does with her hands: signing in with password and code, in a real browser."""

import base64
import hmac
import time
from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page

PERIOD_SECONDS = 30
WALLED = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")


_used: dict[str, set[int]] = {}


def codes(secret: str) -> Iterator[str]:
    """One-time codes that are valid now and that nobody in this run has used: each works only once.

    The period before and the one after are taken too; where all three are used, waits for the next one.
    """
    used = _used.setdefault(secret, set())
    for _ in range(3):
        while not (free := [c for c in _valid() if c not in used]):
            time.sleep(0.5)
        used.add(free[0])
        yield _code(secret, free[0])


def _valid() -> list[int]:
    period = int(time.time()) // PERIOD_SECONDS
    return [period - 1, period, period + 1]


def _code(secret: str, counter: int) -> str:
    """RFC 4226, six digits, as every authenticator app makes them."""
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1").digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def give_password(page: Page, url: str, account: dict[str, str]) -> None:
    """The first half of the door."""
    if "/personal/logga-in/" not in page.url:
        page.goto(f"{url}/personal/logga-in/")
    page.get_by_label("E-postadress").fill(account["email"])
    page.get_by_label("Lösenord").fill(account["password"])
    page.get_by_role("button", name="Fortsätt").click()


def give_code(page: Page, account: dict[str, str]) -> None:
    """Six digits from the app, on the page that asks for them."""
    for code in codes(account["totp_secret"]):
        page.get_by_label("Kod, sex siffror").fill(code)
        page.locator("form:has(#code) button").click()
        page.wait_for_load_state()
        if page.locator("#code").count() == 0:
            return
    raise AssertionError("no code was taken")


def sign_in(page: Page, site: Any, role: str) -> dict[str, str]:
    """Sign in as the demo account of a role. Gives the account."""
    account: dict[str, str] = site.account(role)
    give_password(page, site.url, account)
    give_code(page, account)
    return account


def virtual_passkey(page: Page) -> CDPSession:
    """Plug a passkey into the browser that always finds its owner present."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools


def faults(page: Page, width: int) -> list[str]:
    """What axe finds, on a telephone by night and on a desk by day, and whether the page is wider than the screen."""
    page.emulate_media(color_scheme="dark" if width < 700 else "light")
    found = [v["id"] for v in Axe().run(page, options={"runOnly": list(WALLED)}).response["violations"]]
    return found + (["sideways"] if page.evaluate("document.documentElement.scrollWidth") > width else [])
