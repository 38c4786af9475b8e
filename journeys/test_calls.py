"""A call is logged by keyboard alone: the keys are counted, with script and without."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.served import Site
from journeys.staff_hands import sign_in
from journeys.test_staff import faults

MOST_KEYS = 25
LOG = "/personal/samtal/"


@dataclass
class Keyboard:
    """A keyboard that counts."""

    page: Page
    pressed: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed.append(key)

    def type(self, text: str) -> None:
        """Write letters; each is a key."""
        self.page.keyboard.type(text)
        self.pressed += text


@pytest.fixture(scope="module", params=["script", "no script"])
def signed_in(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[tuple[Page, bool]]:
    """A member's window, with script or without, signed in once. Broken policies and scripts are not kept quiet."""
    script = request.param == "script"
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 860})
    window, wrong = context.new_page(), []
    window.on("pageerror", lambda error: wrong.append(str(error)))
    window.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
    sign_in(window, site, "partner_contact" if script else "kast_counsellor")
    yield window, script
    context.close()
    assert wrong == []


@pytest.fixture
def hands(signed_in: tuple[Page, bool], site: Site) -> Keyboard:
    """A keyboard on an empty form."""
    page, _ = signed_in
    page.goto(site.url + LOG)
    expect(page.locator("#channel-phone")).to_be_focused()
    return Keyboard(page)


@pytest.fixture
def script(signed_in: tuple[Page, bool]) -> bool:
    """Whether this window runs scripts."""
    return signed_in[1]


def logged(page: Page) -> dict[str, str]:
    """What the log says of the call that was just saved, title by title."""
    page.get_by_role("link", name="Rätta").click()
    page.locator("nav, p").get_by_role("link", name="S-").click()
    titles = page.locator(".facts dt").all_inner_texts()
    return dict(zip(titles, page.locator(".facts dd").all_inner_texts(), strict=True))


def test_a_typical_call_takes_at_most_twenty_five_keys(hands: Keyboard, script: bool) -> None:
    if script:  # a figure chooses, Tab goes to the next question
        hands.press("Tab", "1", "Tab", "3", "Tab", "1", "2", "Tab", "1", "Tab", "1", "4")
    else:  # Tab stops at each box, space and arrows choose
        hands.press("Tab", "Space", "Tab", "ArrowDown", "ArrowDown", "Tab", "Space", "Tab", "Space")
        hands.press(*["Tab"] * 12, "Tab", "Space")
    hands.press("Enter")
    expect(hands.page.get_by_role("status")).to_contain_text("Sparat. Telefon, utsatt för våld, 15 min.")
    assert len(hands.pressed) <= MOST_KEYS
    told = logged(hands.page)
    assert told["Vad gällde det?"] == "Psykiskt våld, Fysiskt våld"
    assert told["Orosanmälan för barn?"] == "Inget barn berörs"
    if script:
        assert told["Råd och stöd"] == "Sagt att man kan ansöka om insats, Om säkerhet"


def test_a_call_with_everything_takes_hardly_more(hands: Keyboard, script: bool) -> None:
    if not script:
        pytest.skip("the same questions, a Tab for each box")
    hands.press("2", "Tab", "6", "Tab", "1", "Tab", "5", "Tab", "8", "9", "Tab", "1", "Tab", "3", "Tab", "3")
    hands.press("Tab", "8", "Tab", "2", "Tab", "2", "Tab")
    hands.type("so")
    hands.press("Tab", "e", "l", "Enter")
    expect(hands.page.get_by_role("alert")).to_contain_text("skicka aldrig något till dem")
    hands.press("Enter")  # asked once, and saved as it is
    told = logged(hands.page)
    assert told == {
        "Hur?": "Besök",
        "Vem frågar?": "Yrkesverksam",
        "Inom vad?": "Socialtjänst",
        "Hur länge?": "45 min",
        "Vad gällde det?": "Heder, Barn berörs",
        "Hur gammal är den det gäller?": "Under 15",
        "Orosanmälan för barn?": "Orosanmälan görs",
        "Vem anmäler?": "Av den som hörde av sig",
        "Råd och stöd": "Konsultation",
        "Hur bråttom är det?": "Samma dag",
        "Tolk?": "Tolk",
        "Språk": "Somaliska",
        "Hänvisad till": "Hederslinjen för yrkesverksamma, Socialtjänsten i Berg",
    }
    assert len(hands.pressed) <= 35


def test_the_shortest_call_takes_three(hands: Keyboard) -> None:
    hands.press("Tab", "Space", "Enter")
    expect(hands.page.get_by_role("status")).to_contain_text("Sparat. Telefon, utsatt för våld.")


def test_what_is_not_asked_takes_no_key_and_comes_when_it_is(hands: Keyboard) -> None:
    page = hands.page
    sector, age, report_by = (page.locator(f"#q-{name}") for name in ("sector", "age", "report_by"))
    for hidden in (sector, age, report_by, page.locator("#language"), page.locator(".if-guardians")):
        expect(hidden).to_be_hidden()
    page.locator("#caller-professional").check()
    expect(sector).to_be_visible()
    page.locator("#concern-honour").check()
    expect(age).to_be_visible()
    page.locator("#age-under_15").check()
    expect(page.locator(".if-guardians")).to_contain_text("skicka aldrig något till vårdnadshavarna")
    page.locator("#child-report").check()
    expect(report_by).to_be_visible()
    page.locator("#interpreter-telephone").check()
    expect(page.locator("#language")).to_be_visible()
    page.locator("#urgency-emergency").check()
    expect(page.get_by_text("Fara nu: ring 112.")).to_be_visible()


def test_what_is_missing_is_said_where_the_hands_are(hands: Keyboard, script: bool) -> None:
    hands.press("Enter")
    expect(hands.page.get_by_role("alert")).to_have_text("Välj vem som frågar. Okänd går också bra.")
    expect(hands.page.locator("#caller-exposed")).to_be_focused()
    hands.press("3" if script else "Space", "Enter")
    expect(hands.page.get_by_role("status")).to_contain_text("Sparat.")


def test_letters_in_the_note_are_letters(hands: Keyboard) -> None:
    hands.page.locator("#caller-other").check()
    hands.page.locator("#note").focus()
    hands.type("Ringer igen 1 gång")
    hands.press("Enter")
    assert logged(hands.page)["Notering"] == "Ringer igen 1 gång"


def test_keys_choose_only_in_the_question_one_stands_in(hands: Keyboard, script: bool, site: Site) -> None:
    page = hands.page
    page.get_by_role("link", name="Dag för dag").focus()
    hands.press("2")
    expect(page.locator("#channel-phone")).to_be_checked()
    page.locator("#concern-psychological").focus()
    hands.press("2")
    expect(page.locator("#concern-physical")).to_be_checked(checked=script)
    expect(page.locator("#channel-phone")).to_be_checked()


def test_back_to_what_was_written_and_mend_it(hands: Keyboard) -> None:
    page = hands.page
    hands.press("Tab", "Space", "Enter")
    page.get_by_role("link", name="Rätta").click()
    expect(page.locator("#caller-exposed")).to_be_checked()
    page.locator("#caller-relative").check()
    hands.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Rättat. Telefon, anhörig.")
    page.goto(page.url.replace(LOG, f"{LOG}dagar/"))
    expect(page.get_by_role("row", name="rättat").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_call_log_is_accessible_and_never_scrolls_sideways(hands: Keyboard, script: bool, width: int) -> None:
    if not script:
        pytest.skip("the machine that looks for faults is a script itself")
    page = hands.page
    page.set_viewport_size({"width": width, "height": 860})
    page.locator("#caller-child").check()
    hands.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert ("asked", faults(page, width)) == ("asked", [])
    hands.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    assert ("saved", faults(page, width)) == ("saved", [])
    for address in ("dagar/", "dagar/?dag=2020-01-01"):
        page.goto(page.url.split("dagar/")[0] + address)
        assert (address, faults(page, width)) == (address, [])
    page.go_back()
    page.locator("tbody th a").first.click()
    page.locator("summary").click()
    assert ("call", faults(page, width)) == ("call", [])
    page.get_by_role("link", name="Rätta").click()
    assert ("correct", faults(page, width)) == ("correct", [])
    page.set_viewport_size({"width": 1280, "height": 860})
