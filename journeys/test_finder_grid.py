"""The whole grid of answers in a real browser against the rule engine; nothing of it leaves the phone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from journeys.quiet_server import Seen, publish_repository, quiet_server
from lykta.catalogue.enums import Verdict
from lykta.catalogue.rules import verdict_on
from lykta.catalogue.source import read_catalogue
from lykta.catalogue.told import filled, told
from lykta.core import clock
from lykta.core.words import words
from lykta.public.finder import Finder
from lykta.public.tests.finder_grid import Shown, combinations, expected, persona

EXIT = "https://www.smhi.se/"
CHUNK = 1_500
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
EXPOSED, TWENTY, WOMAN, HONOUR = "#w0", "#a7", "#g0", "#h0"

# Sets every combination of the chunk and writes down, as bits, which of the watched elements can be seen.
WALK = """([groups, combinations, watched]) => {
  document.getElementById("no").open = true;
  const elements = watched.map(id => document.getElementById(id));
  const now = groups.map(() => 0);
  document.querySelector("form.f").reset();
  return combinations.map(combination => {
    combination.forEach((choice, i) => {
      if (choice === now[i]) return;
      const id = groups[i][choice || now[i]];
      document.getElementById(id).checked = choice > 0;
      now[i] = choice;
    });
    return elements.map(one => one.checkVisibility() ? 1 : 0).join("");
  });
}"""


@dataclass
class House:
    """address: ours, without a slash at its end. asked: requests that reached it."""

    address: str
    asked: Seen


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("published")
    publish_repository(folder, exit_url=EXIT)
    with quiet_server(folder, exit_url=EXIT) as (address, asked):
        yield House(address, asked)


@cache
def finder(lang: str = "sv") -> Finder:
    return Finder(read_catalogue(), words(lang)["public"]["finder"], clock.today())


def opened(chromium: Browser, house: House, lang: str = "sv", **options: Any) -> Page:
    page = chromium.new_context(**options).new_page()
    page.goto(house.address + finder(lang).said["path"])
    return page


@pytest.fixture
def visitor(chromium: Browser, house: House) -> Iterator[Page]:
    page = opened(chromium, house, viewport=DESK)
    yield page
    page.context.close()


@pytest.fixture
def visitor_without_script(chromium: Browser, house: House) -> Iterator[Page]:
    page = opened(chromium, house, viewport=PHONE, java_script_enabled=False)
    yield page
    page.context.close()


def articles(page: Page) -> int:
    return page.locator("article.s:visible").count()


def said_by_style(page: Page) -> str:
    """The count as a screen reader is given it, generated content included."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    spoken = "".join(one["name"]["value"] for one in tree["nodes"] if one.get("role", {}).get("value") == "StaticText")
    found = re.search(r"\d+ av \d+ kan passa", spoken)
    return found[0] if found else ""


def with_values(shown: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """What the engine says, with the numbers its words name."""
    return tuple(replace(one, texts=tuple(map(with_value, one.texts))) for one in shown)


@cache
def with_value(text: str) -> str:
    return filled(text, told(read_catalogue(), ("sv",), clock.today()), "sv")


def test_every_combination_of_answers_shows_what_the_engine_says(visitor: Page) -> None:
    made, said = finder(), finder().said["badges"]
    items = made.compiled.items
    watched = [f"{letter}{item.number}" for item in items for letter in "sbkn"]
    watched += [name for item in items for name in (*item.reasons, *item.refusals)]
    texts = {name: visitor.locator(f"#{name}").text_content() or "" for name in watched}
    badges = {said[verdict.value]: verdict for verdict in (Verdict.OPEN, Verdict.DECISION, Verdict.EITHER, Verdict.ASK)}

    @cache
    def read(bits: str) -> tuple[Shown, ...]:
        seen = {name for name, bit in zip(watched, bits, strict=True) if bit == "1"}
        return tuple(_read(item, seen, texts, badges) for item in items)

    grid = list(combinations(made))
    groups = [[None, *(option.id for option in question.options)] for question in made.questions]
    assert len(grid) == 8 * 10 * 4 * 4 * 4 * 4
    wrong = []
    for start in range(0, len(grid), CHUNK):
        chunk = grid[start : start + CHUNK]
        numbers = [
            [group.index(option.id if option else None) for group, option in zip(groups, one, strict=True)]
            for one in chunk
        ]
        for combination, bits in zip(chunk, visitor.evaluate(WALK, [groups, numbers, watched]), strict=True):
            found = read(bits)
            both = [with_values(expected(made, combination, "sv", last_year=last)) for last in (False, True)]
            if both != [found, found]:
                wrong.append((combination, found))
            assert any(one.fits for one in found), "an empty list"
    assert not wrong, (len(wrong), wrong[0])


def _read(item: Any, seen: set[str], texts: dict[str, str], badges: dict[str, Verdict]) -> Shown:
    n = item.number
    fits = f"s{n}" in seen
    assert fits is (f"n{n}" not in seen), "either offered or explained"
    shown = [badges[texts[name].strip()] for name in (f"b{n}", f"k{n}") if name in seen]
    assert len(shown) <= 1, "two verdicts at once"
    why = (name for name in (item.reasons if fits else item.refusals) if name in seen)
    return Shown(item.service.code, fits, shown[0] if shown else None, tuple(texts[name] for name in why))


def test_material_is_there_for_everybody_as_the_engine_says(visitor: Page) -> None:
    made = finder()
    for option in (None, *made.questions[0].options):
        if option:
            visitor.locator(f"#{option.id}").check()
        who = persona(made, (option, *(None for _ in made.questions[1:])))
        for service in made.for_everybody:
            assert verdict_on(service, who, made.on).verdict is Verdict.OPEN
            assert visitor.get_by_role("link", name=service.names["sv"], exact=True).is_visible()


def test_answering_asks_the_server_for_nothing_and_leaves_no_trace(visitor: Page, house: House) -> None:
    house.asked.clear()
    here, steps = visitor.url, visitor.evaluate("history.length")

    for answer in (EXPOSED, TWENTY, WOMAN, HONOUR):
        visitor.locator(answer).check()
    visitor.locator(WOMAN).press("Enter")
    visitor.locator("#no summary").click()

    assert articles(visitor) == 6
    assert (visitor.url, visitor.evaluate("history.length"), house.asked) == (here, steps, [])
    assert visitor.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_the_answers_are_gone_when_the_page_is_loaded_anew(visitor: Page) -> None:
    visitor.locator(EXPOSED).check()

    visitor.reload()

    assert visitor.locator(":checked").count() == 0


def test_it_works_when_the_line_is_cut(visitor: Page) -> None:
    visitor.context.set_offline(True)

    visitor.locator(EXPOSED).check()

    assert articles(visitor) == 7


def test_it_works_without_script(visitor_without_script: Page) -> None:
    visitor_without_script.locator(EXPOSED).check()
    visitor_without_script.locator(TWENTY).check()

    assert articles(visitor_without_script) == 6
    assert said_by_style(visitor_without_script) == "6 av 11 kan passa"


def test_whoever_follows_the_count_on_a_phone_comes_to_the_list_and_leaves_no_trace(
    visitor_without_script: Page,
) -> None:
    page = visitor_without_script
    here = page.url
    page.locator(EXPOSED).check()
    count = page.locator(".sum").bounding_box()
    assert count
    assert count["y"] + count["height"] <= PHONE["height"], "the count is in reach"

    page.locator(".sum label").click()

    head = page.locator("#res").bounding_box()
    assert head
    assert 64 <= head["y"] <= 160
    assert page.url == here
    page.go_back()
    assert page.url == "about:blank"


def test_the_count_is_told_in_words_where_script_runs(visitor: Page) -> None:
    told = visitor.locator("output")
    assert told.text_content() == ""

    visitor.locator(EXPOSED).check()
    assert told.text_content() == "7 av 11 kan passa"
    visitor.locator(TWENTY).check()
    assert told.text_content() == "6 av 11 kan passa"
    visitor.get_by_role("button", name="Töm svaren").click()
    assert told.text_content() == "Svaren är tömda."


def test_clearing_the_answers_brings_everything_back(visitor: Page) -> None:
    visitor.locator(EXPOSED).check()
    visitor.locator(TWENTY).check()

    visitor.get_by_role("button", name="Töm svaren").click()

    assert visitor.locator(":checked").count() == 0
    assert articles(visitor) == 11
    assert visitor.locator("fieldset:visible").count() == 1


def test_the_keyboard_meets_the_questions_before_the_list(visitor: Page) -> None:
    visitor.locator(EXPOSED).check()
    visitor.locator(EXPOSED).focus()

    met = []
    for _ in range(9):
        visitor.keyboard.press("Tab")
        met.append(visitor.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))

    work = finder().said["professional"]
    assert met == [work, "a0", "g0", "h0", "d0", "f0", "Töm svaren", "Enskilt stöd", "Resurscentrum heder"]


def test_a_browser_that_cannot_sort_shows_every_service_with_its_condition(chromium: Browser, house: House) -> None:
    page = opened(chromium, house, java_script_enabled=False)
    old = page.content().replace("@supports selector(:has(a))", "@supports selector(:never(a))")
    page.goto("about:blank")  # where the policy of the page does not hold
    page.set_content(old)

    assert articles(page) == 11
    assert page.locator(".plainonly").is_visible()
    assert page.locator(".badge:visible, fieldset:visible, .x:visible, .sum:visible").count() == 0
    assert page.get_by_role("link", name=finder().said["professional"]).is_visible()
    page.context.close()


@pytest.mark.parametrize(
    ("lang", "size", "scheme"),
    [("sv", PHONE, "light"), ("sv", DESK, "dark"), ("en", DESK, "light"), ("en", PHONE, "dark")],
    ids=["sv-phone-light", "sv-desk-dark", "en-desk-light", "en-phone-dark"],
)
def test_no_barrier_is_found(chromium: Browser, house: House, lang: str, size: Any, scheme: Any) -> None:
    page = opened(chromium, house, lang, viewport=size, color_scheme=scheme, bypass_csp=True)
    page.locator(EXPOSED).check()
    page.locator(TWENTY).check()
    page.locator("#no summary").click()

    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
