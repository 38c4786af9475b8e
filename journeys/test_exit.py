"""Leave quickly, tried as the person beside her would: Back, Reload, a slow line, no script, the keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, Page

from journeys.quiet_server import Seen, neutral_target, publish_repository, quiet_server

READ = ("/", "/vald/", "/tystnadsplikt/", "/sakerhet/")


@dataclass
class House:
    """address: ours. target: where Leave quickly goes. asked, target_asked: what each server was asked."""

    address: str
    asked: Seen
    target: str
    target_asked: Seen
    let_go: Event


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("published")
    with neutral_target() as (target, target_asked, let_go):
        publish_repository(folder, exit_url=target)
        with quiet_server(folder, exit_url=target) as (address, asked):
            yield House(address, asked, target, target_asked, let_go)


@pytest.fixture
def visitor(chromium: Browser, house: House) -> Iterator[Page]:
    house.asked.clear()
    house.target_asked.clear()
    house.let_go.set()
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    house.let_go.set()
    context.close()


@pytest.fixture
def visitor_without_script(chromium: Browser, house: House) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    house.target_asked.clear()
    yield context.new_page()
    context.close()


def read_four_pages(page: Page, house: House) -> None:
    for path in READ:
        page.goto(house.address + path)


def leave(page: Page, house: House) -> None:
    page.locator("#leave button").click()
    page.wait_for_url(house.target)


def go_nowhere(page: Page, house: House) -> None:
    """The target answers that there is nothing to show, so that the page that was left can be looked at."""
    page.route(house.target, lambda route: route.fulfill(status=204))


def test_the_button_leads_away(visitor: Page, house: House) -> None:
    visitor.goto(house.address + "/vald/")

    leave(visitor, house)

    assert visitor.title() == "Weather"


def test_the_button_leads_away_without_script(visitor_without_script: Page, house: House) -> None:
    visitor_without_script.goto(house.address + "/vald/")

    leave(visitor_without_script, house)

    assert visitor_without_script.title() == "Weather"


@pytest.mark.parametrize("path", ["/vald/", "/en/violence/"])
def test_the_session_is_ended_on_the_server_as_well(visitor: Page, house: House, path: str) -> None:
    visitor.goto(house.address + path)
    with visitor.expect_request(house.address + "/lamna") as ended:
        leave(visitor, house)

    assert ended.value.method == "POST"


def test_the_target_is_not_told_where_she_came_from(visitor: Page, house: House) -> None:
    visitor.goto(house.address + "/vald/")

    leave(visitor, house)

    assert [headers.get("referer") for _, _, headers in house.target_asked] == [None]


def test_the_target_is_not_told_where_she_came_from_without_script(visitor_without_script: Page, house: House) -> None:
    visitor_without_script.goto(house.address + "/vald/")

    leave(visitor_without_script, house)

    assert [headers.get("referer") for _, _, headers in house.target_asked] == [None]


WATCH = """requestAnimationFrame(function look() {
  const words = document.body && document.body.innerText;
  if (words && words.trim()) tell(location.host);
  requestAnimationFrame(look);
})"""


def test_back_three_times_never_paints_a_page_of_ours(visitor: Page, house: House) -> None:
    painted: set[str] = set()
    visitor.expose_function("tell", lambda host: painted.add(host))
    visitor.add_init_script(WATCH)
    ours = house.address.removeprefix("http://")
    read_four_pages(visitor, house)
    assert painted == {ours}  # the watch sees what is painted
    leave(visitor, house)
    painted.clear()

    for _ in range(3):
        visitor.go_back(wait_until="commit")
        visitor.wait_for_url(house.target)
        assert visitor.title() == "Weather"

    assert ours not in painted


def test_reload_of_a_page_left_quickly_leaves_again(visitor: Page, house: House) -> None:
    visitor.goto(house.address + "/vald/")
    visitor.evaluate("sessionStorage.x = 1")

    visitor.reload(wait_until="commit")
    visitor.wait_for_url(house.target)

    assert visitor.title() == "Weather"


def test_writing_the_address_again_shows_the_page_again(visitor: Page, house: House) -> None:
    visitor.goto(house.address + "/vald/")
    leave(visitor, house)

    visitor.goto(house.address + "/vald/")

    assert visitor.locator("h1").is_visible()
    assert visitor.evaluate("sessionStorage.length") == 0


def test_the_mark_is_one_character_and_there_only_after_leaving(visitor: Page, house: House) -> None:
    go_nowhere(visitor, house)
    visitor.goto(house.address + "/vald/")
    assert visitor.evaluate("sessionStorage.length") == 0

    visitor.locator("#leave button").click(no_wait_after=True)
    visitor.wait_for_function("document.documentElement.style.display === 'none'")

    assert visitor.evaluate("({...sessionStorage})") == {"x": "1"}


def test_page_and_title_are_gone_at_once_while_the_target_hangs(visitor: Page, house: House) -> None:
    visitor.goto(house.address + "/vald/")
    tools = visitor.context.new_cdp_session(visitor)
    house.let_go.clear()

    pressed = "document.querySelector('#leave button').click()"
    seen = "document.title + ' ' + document.querySelector('h1').checkVisibility()"
    left = tools.send("Runtime.evaluate", {"expression": f"{pressed}; {seen}"})

    assert left["result"]["value"] == house.target.removeprefix("http://").rstrip("/") + " false"
    house.let_go.set()
    visitor.wait_for_url(house.target)


def test_a_page_kept_whole_by_the_browser_is_hidden_while_it_waits(visitor: Page, house: House) -> None:
    visitor.goto(house.address + "/vald/")

    visitor.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    hidden = visitor.locator("body").is_hidden()
    visitor.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    assert hidden
    assert visitor.locator("h1").is_visible()


def test_a_page_kept_whole_by_the_browser_leaves_again_after_leaving(visitor: Page, house: House) -> None:
    visitor.goto(house.address + "/vald/")
    visitor.evaluate("sessionStorage.x = 1; dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")

    visitor.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    visitor.wait_for_url(house.target)

    assert visitor.title() == "Weather"


# --- three times Shift ---

PRESS = ["down ShiftLeft", "up ShiftLeft"]
OTHER_PRESS = ["down ShiftRight", "up ShiftRight"]
BOTH = ["down ShiftLeft", "down ShiftRight", "up ShiftRight", "up ShiftLeft"]
CAPITAL = ["down ShiftLeft", "down a", "up a", "up ShiftLeft"]

SHIFT_TABLE = [
    ("three presses", PRESS * 3, True),
    ("left, right, left", PRESS + OTHER_PRESS + PRESS, True),
    ("two presses", PRESS * 2, False),
    ("three presses just within five seconds", [*PRESS, "wait 2500", *PRESS, "wait 2499", *PRESS], True),
    ("three presses just over five seconds", [*PRESS, "wait 2500", *PRESS, "wait 2501", *PRESS], False),
    ("the first press too old, three after it", [*PRESS, "wait 5001", *PRESS * 3], True),
    ("the first press too old, two after it", [*PRESS, "wait 5001", *PRESS * 2], False),
    ("another key between", [*PRESS, *PRESS, "down a", "up a", *PRESS], False),
    ("Escape between", [*PRESS, *PRESS, "down Escape", "up Escape", *PRESS], False),
    ("four capitals", CAPITAL * 4, False),
    ("both Shifts together, three times", BOTH * 3, False),
    ("both Shifts together, then three presses", [*BOTH, *PRESS * 3], True),
    ("held down and repeating", ["down ShiftLeft"] * 9 + ["up ShiftLeft"], False),
    ("with Control held", ["down Control", *PRESS * 3, "up Control"], False),
    ("Shift and a click, three times", ["down ShiftLeft", "click", "up ShiftLeft"] * 3, False),
]


def play(page: Page, doings: list[str]) -> None:
    for doing in doings:
        what, _, key = doing.partition(" ")
        match what:
            case "down":
                page.keyboard.down(key)
            case "up":
                page.keyboard.up(key)
            case "wait":
                page.clock.run_for(int(key))
            case "click":
                page.locator("h1").click()


@pytest.mark.parametrize(("doings", "leaves"), [row[1:] for row in SHIFT_TABLE], ids=[row[0] for row in SHIFT_TABLE])
def test_shift_three_times_within_five_seconds(visitor: Page, house: House, doings: list[str], leaves: bool) -> None:
    go_nowhere(visitor, house)
    visitor.clock.install()
    visitor.goto(house.address + "/vald/")
    visitor.clock.pause_at("2035-01-01")

    play(visitor, doings)

    assert (visitor.evaluate("document.documentElement.style.display") == "none") is leaves


@pytest.mark.parametrize(("path", "two", "one"), [("/vald/", "två gånger", "en gång"), ("/en/violence/", "two", "one")])
def test_each_press_is_told_in_words_and_then_taken_back(
    visitor: Page, house: House, path: str, two: str, one: str
) -> None:
    visitor.clock.install()
    visitor.goto(house.address + path)
    visitor.clock.pause_at("2035-01-01")
    said = visitor.get_by_role("status")

    play(visitor, PRESS)
    assert two in said.inner_text()
    play(visitor, PRESS)
    assert one in said.inner_text()
    visitor.clock.run_for(5000)
    expired = said.inner_text()
    visitor.clock.run_for(5000)

    assert expired
    assert expired != one
    assert said.inner_text() == ""


def test_shift_works_while_writing_in_a_field(visitor: Page, house: House) -> None:
    visitor.goto(house.address + "/vald/")
    visitor.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    visitor.locator("textarea").focus()

    play(visitor, PRESS * 3)
    visitor.wait_for_url(house.target)

    assert visitor.title() == "Weather"


def test_every_page_has_the_way_out_in_sight_wherever_one_has_scrolled(visitor: Page, house: House) -> None:
    visitor.set_viewport_size({"width": 360, "height": 740})
    for path in READ:
        visitor.goto(house.address + path)
        visitor.evaluate("scrollTo(0, document.body.scrollHeight)")
        box = visitor.locator("#leave button").bounding_box()
        assert box is not None
        on_top = visitor.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('#leave') !== null",
            [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
        )
        assert (on_top, box["y"] >= 0, box["height"] >= 44) == (True, True, True)
