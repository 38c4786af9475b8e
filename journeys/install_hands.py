"""What two people do at an empty house: the installation in a real browser, page by page."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from journeys.served import Site

WORD = re.compile(r"one-time word\): (\S+)")
HEAD = {"name": "Gunnel Åkerström", "email": "gunnel@centrum.example", "password": "snöskor under granen"}
READER = {"name": "Maja Norrby", "email": "maja@centrum.example", "password": "varm mjölk och kanel"}


@dataclass
class Paper:
    """What the two have written down."""

    rows: list[str] = field(default_factory=list)


def word_of(data: Path) -> str:
    """The word that was printed last."""
    return WORD.findall((data / "serve.log").read_text(encoding="utf-8"))[-1]


def give_word(page: Page, site: Site) -> None:
    """From any staff address to the first page that is left."""
    page.goto(f"{site.url}/personal/")
    page.get_by_label("Engångsord").fill(word_of(site.data).lower().replace("-", " "))
    page.get_by_role("button").click()


def on(page: Page) -> None:
    """Save this page and go on."""
    page.get_by_role("button", name="Spara och fortsätt").click()


def say_who(page: Page) -> None:
    """Name, board and municipalities."""
    page.get_by_label("Centrumets namn").fill("Centrum mot våld i provlänet")
    page.get_by_label("Nämnd som är värd").fill("Provnämnden")
    for name in ("Östersund", "Krokom"):
        page.get_by_label(name, exact=True).check()
    on(page)


def say_numbers(page: Page) -> None:
    """One number of the centre's own."""
    page.get_by_label("Nummer", exact=True).first.fill("063-00 00 01")
    page.get_by_label("Senast ringt").first.fill("2026-11-20")
    on(page)


def say_hours(page: Page) -> None:
    """Two days, and one day with other hours."""
    page.get_by_label("Måndag").fill("8–12, 13–16.30")
    page.get_by_label("Tisdag").fill("8-16")
    on(page)


def make_key(page: Page, *, parts: bool = False) -> Paper:
    """Have it made, and write it down."""
    if parts:
        page.get_by_label("I tre delar").check()
    page.get_by_role("button", name="Gör nyckeln").click()
    rows = page.locator(".key").all_inner_texts()
    return Paper([" ".join(row.split()) for row in rows])


def type_back(page: Page, *rows: str) -> None:
    """From the paper."""
    page.get_by_label("Hela nyckeln, eller en del").fill(rows[0])
    if len(rows) > 1:
        page.get_by_label("En del till").fill(rows[1])
    page.get_by_role("button", name="Stämmer den?").click()


def say_people(page: Page) -> None:
    """The head, and one who reads."""
    names, addresses = page.get_by_label("Namn"), page.get_by_label("E-postadress att logga in med")
    for at, person in enumerate((HEAD, READER)):
        names.nth(at).fill(person["name"])
        addresses.nth(at).fill(person["email"])
    page.get_by_label("Våldsutsatta").check()
    on(page)


def say_passwords(page: Page) -> None:
    """Both twice, and then the house stands."""
    for name, person in (("head", HEAD), ("reader", READER)):
        page.locator(f"#id_secret_{name}").fill(person["password"])
        page.locator(f"#id_secret_{name}_again").fill(person["password"])
    page.get_by_role("button", name="Res huset").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Huset står")


def add_code_app(page: Page, password: str) -> str:
    """From the page that offers it; she is asked for her password once more. Gives the app's secret."""
    page.get_by_role("link", name="Lägg till kodapp").click()
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Fortsätt").click()
    return page.locator(".mono").inner_text()
