"""Visitors and staff without a browser: plain requests, for attacks and for what a browser would hide."""

import re
from typing import Any

import httpx

from journeys.served import Site
from journeys.staff_hands import codes

AT_ONCE_CLOSED = httpx.Limits(max_keepalive_connections=0)
CODE = re.compile(r"<li>(\d{4})</li>")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def visitor(site: Site, **headers: str) -> httpx.Client:
    """A browser that has never been here. It does not follow redirects by itself."""
    return httpx.Client(base_url=site.url, timeout=60, headers=headers, limits=AT_ONCE_CLOSED)


def write(browser: httpx.Client, text: str, **fields: str) -> str:
    """Write a message; gives the code the page shows, or "" where it shows none."""
    browser.post("/sida/", data={"deed": "write", "text": text, **fields})
    return "".join(CODE.findall(browser.get("/sida/").text))


def come_back(browser: httpx.Client, code: str) -> str:
    """Show a code; gives the page that comes of it."""
    browser.post("/sida/", data={"deed": "open", "code": code})
    return browser.get("/sida/").text


def staff(site: Site, role: str) -> httpx.Client:
    """A signed-in member of the staff."""
    account = site.account(role)
    member = visitor(site, Origin=site.url)
    fields = {"login": account["email"], "password": account["password"]}
    assert submit(member, "/personal/logga-in/", **fields).status_code in (302, 303)
    for code in codes(account["totp_secret"]):
        if submit(member, "/personal/logga-in/kod/", code=code).status_code in (302, 303):
            return member
    raise AssertionError("no code was taken")


def submit(member: httpx.Client, path: str, **fields: Any) -> httpx.Response:
    """Fetch a page of the staff's and send a form of it with its token."""
    token = TOKEN.search(member.get(path).text)
    assert token, f"{path} has no form"
    return member.post(path, data={"csrfmiddlewaretoken": token.group(1), **fields})


def seen(member: httpx.Client, address: str) -> str:
    """What the answer form of a dialogue says had been said when it was opened."""
    found = re.search(r'name="seen" value="([^"]*)"', member.get(address).text)
    return found.group(1) if found else ""


def dialogues(member: httpx.Client) -> list[str]:
    """Addresses of the dialogues in the inbox, longest waiting first."""
    return list(
        dict.fromkeys(re.findall(r'href="(/personal/inkorg/[0-9a-f-]{36}/)"', member.get("/personal/inkorg/").text))
    )
