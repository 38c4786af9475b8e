"""The whole dialogue in a real browser: written, left, found again by its code, read, removed, erased."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from journeys.conftest import ALONE, CHROMIUM
from journeys.served import Site
from lykta.config.cluster import Cluster

WORDS = "Jag vet inte hur jag ska börja, men nu skriver jag."
REPLY = "Hej! Det är inte ditt fel.\n\nDu får gärna skriva mer."
ONCE = re.compile(r'name="once" value="(\w+)"')
GROUP = re.compile(r"<li>(\d{4})</li>")

# Answers every waiting dialogue as a member of the contact room, in a process of its own.
ANSWER = """
import sys
import django
django.setup()
from lykta.contact import actions
from lykta.contact.models import Dialogue
from lykta.core.doors import WORKER, become, door
from lykta.people.models import Member
from lykta.people.queries import actor_of
with door("worker", actor=WORKER):
    member = Member.objects.only("centre_id", "name", "role").get(name__istartswith=sys.argv[1])
with door("staff", actor=member.pk):
    for dialogue in Dialogue.objects.filter(state="waiting"):
        become(case=dialogue.id)
        actions.answer(by=actor_of(member, ""), dialogue=dialogue, text=sys.argv[2], signed="Maja", given="urgent")
from django.db import connection
connection.close()
connection.close_pool()
"""


@pytest.fixture(params=[(True, 360), (True, 1280), (False, 360), (False, 1280)], ids=lambda p: f"js={p[0]}-{p[1]}px")
def visitor(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A fresh browser, with and without script, on a phone and on a desk."""
    script, width = request.param
    context = chromium.new_context(java_script_enabled=script, viewport={"width": width, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def answer(site: Site) -> Callable[[], None]:
    """What a member does on her side: every waiting dialogue gets a reply."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("LYKTA_")} | {
        "LYKTA_DATA": str(site.data),
        "LYKTA_SOCKET": Cluster(site.data).address().host,
        "DJANGO_SETTINGS_MODULE": "lykta.config.settings",
    }
    name = site.account("counsellor")["email"].partition("@")[0]

    def run() -> None:
        subprocess.run([sys.executable, "-c", ANSWER, name, REPLY], env=surroundings, check=True, timeout=60)

    return run


def page_of(site: Site) -> str:
    return f"{site.url}/sida/"


def write(page: Page, site: Site, text: str = WORDS) -> str:
    """Write a first message; gives the code."""
    page.goto(page_of(site))
    page.fill("#text", text)
    page.click("button[value=write]")
    page.wait_for_selector("ol.code")
    return "".join(page.locator("ol.code li").all_inner_texts())


def come_back(page: Page, site: Site, code: str) -> None:
    page.goto(page_of(site))
    page.get_by_text("Jag har en kod").click()
    page.fill("#code", " ".join(re.findall("....", code)))
    page.click("button[value=open]")


def leave(page: Page, site: Site) -> None:
    """Gone at once; the visit ends a moment later, by a post that outlives the page. Both have happened after this."""
    page.click("#leave button")
    page.wait_for_url(site.neutral)
    for _ in range(200):
        if not page.context.cookies(site.url):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the visit was not ended")


def test_the_whole_dialogue(visitor: Page, site: Site, answer: Callable[[], None]) -> None:
    code = write(visitor, site)
    visitor.click("button[value=written]")
    expect(visitor.locator("h1")).to_have_text("Koden är gömd.")
    leave(visitor, site)
    answer()

    come_back(visitor, site, code)
    expect(visitor.locator("h1")).to_have_text("Du har fått svar")
    assert visitor.locator("article.ours p").inner_text() == REPLY
    visitor.click("button[value=remove]")
    expect(visitor.get_by_role("status").filter(has_text="Svaret är borttaget.")).to_be_visible()
    assert visitor.locator("article.ours").count() == 0

    visitor.fill("#text", "Tack.")
    visitor.click("button[value=more]")
    expect(visitor.locator(".moss h2")).to_have_text("Tack. Nu ligger det hos oss.")
    visitor.click("button[value=erase_ask]")
    visitor.click("button[value=erase]")
    expect(visitor.locator("h1")).to_have_text("Nu är allt borttaget.")
    leave(visitor, site)

    come_back(visitor, site, code)
    expect(visitor.locator("h1")).to_have_text("Här finns ingenting att visa")


def test_back_three_times_after_leaving_shows_nothing_of_hers(visitor: Page, site: Site) -> None:
    code = write(visitor, site)
    leave(visitor, site)
    for _ in range(3):
        visitor.go_back(wait_until="load")
        shown = visitor.locator("body").inner_text() if visitor.locator("body").count() else ""
        assert (code[:4] in shown, WORDS in shown, "Koden" in shown) == (False, False, False)


def test_a_reload_hides_the_code_and_offers_a_new_one(visitor: Page, site: Site) -> None:
    code = write(visitor, site)
    visitor.reload()
    expect(visitor.locator("h1")).to_have_text("Koden är gömd.")
    visitor.click("button[value=renew]")
    expect(visitor.locator("h1")).to_have_text("Här är din nya kod.")
    new = "".join(visitor.locator("ol.code li").all_inner_texts())
    leave(visitor, site)

    come_back(visitor, site, code)
    expect(visitor.locator("h1")).to_have_text("Här finns ingenting att visa")
    visitor.fill("#code", new)
    visitor.click("button[value=open]")
    expect(visitor.locator("h1")).to_have_text("Inget svar än")


def test_a_wrong_digit_is_told_and_what_was_typed_is_kept(visitor: Page, site: Site) -> None:
    come_back(visitor, site, "1" * 20)
    expect(visitor.locator("#fault")).to_have_text("En siffra verkar ha blivit fel. Jämför med lappen.")
    assert visitor.input_value("#code") == "1111 1111 1111 1111 1111"


def test_the_other_language_is_chosen_without_losing_a_word(visitor: Page, site: Site) -> None:
    visitor.goto(page_of(site))
    visitor.fill("#text", WORDS)
    visitor.get_by_role("button", name="English").click()
    visitor.wait_for_url(f"{site.url}/en/sida/")
    expect(visitor.locator("#text")).to_have_value(WORDS)
    visitor.get_by_role("button", name="Svenska").click()
    visitor.wait_for_url(page_of(site))
    expect(visitor.locator("#text")).to_have_value(WORDS)


def test_two_tabs_do_not_mix(scripted: Page, site: Site) -> None:
    other = scripted.context.new_page()
    other.goto(page_of(site))
    write(scripted, site)
    other.fill("#text", "Från den andra fliken.")
    other.click("button[value=write]")
    other.wait_for_selector("#fault")
    assert other.input_value("#text") == "Från den andra fliken."
    expect(other.locator("#fault")).to_contain_text("annan flik")


def test_a_text_that_meets_no_network_is_still_there(scripted: Page, site: Site) -> None:
    scripted.goto(page_of(site))
    scripted.fill("#text", WORDS)
    scripted.context.set_offline(True)
    scripted.click("button[value=write]")
    expect(scripted.locator("#lost")).to_be_visible()
    assert scripted.input_value("#text") == WORDS

    scripted.context.set_offline(False)
    scripted.click("button[value=write]")
    scripted.wait_for_selector("ol.code")


def test_an_injury_leads_to_112_first_and_the_text_can_be_sent_from_there(visitor: Page, site: Site) -> None:
    visitor.goto(page_of(site))
    visitor.fill("#text", WORDS)
    visitor.get_by_text("Två frågor, om du vill").click()
    visitor.check("input[name=hurt][value=yes]")
    visitor.click("button[value=write]")
    expect(visitor.locator("h1")).to_have_text("Ring 112 först")
    visitor.click("button[value=change]")
    assert visitor.input_value("#text") == WORDS

    visitor.click("button[value=write]")
    visitor.click("button[value=send]")
    expect(visitor.locator("ol.code")).to_be_visible()


def test_one_address_and_one_neutral_title_stand_in_the_history(
    engine: BrowserType, site: Site, tmp_path: Path
) -> None:
    context = engine.launch_persistent_context(tmp_path, executable_path=CHROMIUM, args=ALONE)
    page = context.pages[0]
    code = write(page, site)
    page.click("button[value=written]")
    page.wait_for_selector("button[value=renew]")
    leave(page, site)
    come_back(page, site, code)
    page.wait_for_selector("button[value=erase_ask]")
    kept = cookies(context)
    leave(page, site)
    for _ in range(50):  # the server's answer may come after the other page has been painted
        if not (left := cookies(context)):
            break
        page.wait_for_timeout(100)
    context.close()
    with closing(sqlite3.connect(tmp_path / "Default" / "History")) as history:
        rows = history.execute("SELECT url, title FROM urls WHERE url LIKE ?", [f"{site.url}%"]).fetchall()

    # Chromium gives a page that was left by a script the title of the place it led to.
    assert [address for address, _ in rows] == [page_of(site)]
    assert {title for _, title in rows} <= {"Lykta", "Weather"}
    assert (kept, left) == ([("l", -1, True, "Strict")], [])


def cookies(context: BrowserContext) -> list[tuple[object, ...]]:
    """Name, end (-1: with the window), hidden from script, and to which sites each cookie is shown."""
    return [(c["name"], c["expires"], c["httpOnly"], c["sameSite"]) for c in context.cookies()]


# --- without a browser: what stands on the wire ---


@pytest.fixture
def wire(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, timeout=30) as client:
        yield client


def say(client: httpx.Client, **fields: str) -> httpx.Response:
    """Post a form as the page has it; gives the answer to the POST."""
    once = ONCE.search(client.get("/sida/").text)
    assert once is not None
    return client.post("/sida/", data={"once": once[1], **fields})


def new_code(client: httpx.Client) -> str:
    say(client, deed="write", text=WORDS)
    return "".join(GROUP.findall(client.get("/sida/").text))


def outside(site: Site, code: str) -> tuple[object, ...]:
    """Everything an observer of the line sees when a code is shown from a fresh browser."""
    with httpx.Client(base_url=site.url, timeout=30) as client:
        sent = say(client, deed="open", code=code)
        shown = client.get("/sida/")
    return looks(sent), looks(shown)


def looks(answer: httpx.Response) -> tuple[object, ...]:
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    if "set-cookie" in headers:
        headers["set-cookie"] = re.sub("[0-9a-f]{64}", "", headers["set-cookie"])
    return answer.status_code, headers, len(answer.content)


def test_unknown_waiting_answered_and_erased_codes_look_alike_from_outside(
    wire: httpx.Client, site: Site, answer: Callable[[], None]
) -> None:
    answered = new_code(wire)
    answer()
    wire.cookies.clear()
    waiting = new_code(wire)
    wire.cookies.clear()
    erased = new_code(wire)
    say(wire, deed="erase")
    unknown = "0" * 20

    seen = [outside(site, code) for code in (unknown, waiting, answered, erased)]

    assert seen == [seen[0]] * 4


def test_a_page_that_is_read_sets_no_cookie_and_every_form_sets_the_same_kind(wire: httpx.Client) -> None:
    read = wire.get("/sida/")
    kinds = set()
    for fields in ({"deed": "write", "text": ""}, {"deed": "open", "code": "1"}, {"deed": "nonsense"}, {}):
        wire.cookies.clear()
        answer = say(wire, **fields)
        kinds.add((answer.status_code, re.sub("[0-9a-f]{64}", "", answer.headers["set-cookie"])))
    assert "set-cookie" not in read.headers
    assert kinds == {(303, "l=; HttpOnly; Path=/; SameSite=Strict")}


def test_the_same_form_twice_is_one_dialogue_and_the_code_is_not_lost(wire: httpx.Client, site: Site) -> None:
    form = {"once": "ab" * 16, "deed": "write", "text": WORDS}
    first, second = (httpx.post(f"{site.url}/sida/", data=form) for _ in range(2))
    assert first.headers["set-cookie"] == second.headers["set-cookie"]
    shown = httpx.get(f"{site.url}/sida/", cookies=second.cookies)
    assert len(GROUP.findall(shown.text)) == 5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Skriv några ord först."),
        (" \n\t\u200b", "Skriv några ord först."),
        ("å" * 20_001, "Nu är det 20\u00a0001."),
        ("a" * 1_000_000, "Nu är det 1\u00a0000\u00a0000."),
    ],
)
def test_a_text_that_cannot_be_sent_is_kept_with_a_word_about_why(wire: httpx.Client, text: str, says: str) -> None:
    say(wire, deed="write", text=text)
    page = wire.get("/sida/").text
    kept = re.search(r"<textarea[^>]*>\r?\n(.*?)</textarea>", page, re.S)
    assert kept is not None
    assert (says in page, kept[1].replace("\r\n", "\n") == text) == (True, True)


@pytest.mark.parametrize(
    "text", ["hej\x00du", "\u202eomvänt\u202c", "🧡🏽‍🦱", "<script>x</script>", "a" * 20_000, "السلام"]
)
def test_any_text_at_all_can_be_sent(wire: httpx.Client, text: str) -> None:
    say(wire, deed="write", text=text)
    assert len(GROUP.findall(wire.get("/sida/").text)) == 5


def test_her_own_code_is_not_sent_along(wire: httpx.Client) -> None:
    code = new_code(wire)
    text = f"koden är {code[:4]} {code[4:8]}-{code[8:]} tror jag"
    say(wire, deed="more", text=text)
    page = wire.get("/sida/").text
    assert ("Din kod står i texten." in page, text in page) == (True, True)


@pytest.mark.parametrize(
    "sent",
    [
        {
            "content": b"\xff\xfe=\xff&deed=write",
            "headers": {"Content-Type": "application/x-www-form-urlencoded"},
        },
        {"content": b"{}", "headers": {"Content-Type": "application/json"}},
        {"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data"}},
        {
            "content": b"deed=write",
            "headers": {"Content-Type": "application/x-www-form-urlencoded; charset=utf-7"},
        },
        {
            "content": b"&".join([b"a=b"] * 5000),
            "headers": {"Content-Type": "application/x-www-form-urlencoded"},
        },
        {"data": {"deed": "erase"}},
        {"data": {"deed": "more", "text": "x", "once": "' or 1"}},
        {"data": {"deed": "write", "text": "x", "municipality": "9999"}},
        {"data": {"deed": "write", "text": "x"}, "headers": {"Cookie": "l=" + "0" * 64}},
        {"data": {"deed": "write", "text": "x"}, "headers": {"Cookie": "l=\"';--"}},
    ],
)
def test_whatever_is_posted_is_answered_kindly(wire: httpx.Client, sent: dict[str, object]) -> None:
    assert wire.post("/sida/", **sent).status_code == 303  # type: ignore[arg-type]
    assert wire.get("/sida/").status_code == 200


def test_more_than_we_take_in_is_told_and_not_an_error(wire: httpx.Client) -> None:
    assert wire.post("/sida/", data={"deed": "write", "text": "a" * 5_000_000}).status_code == 303
    assert "längre än vi kan ta emot" in wire.get("/sida/").text


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://other.example"}],
)
def test_a_form_that_another_site_sends_does_nothing(wire: httpx.Client, headers: dict[str, str]) -> None:
    new_code(wire)
    answer = wire.post("/sida/", data={"deed": "erase"}, headers=headers)
    assert (answer.status_code, answer.headers["location"], "set-cookie" in answer.headers) == (
        303,
        "/sida/",
        False,
    )
    assert "Koden är gömd." in wire.get("/sida/").text


def test_leave_quickly_on_any_page_ends_the_visit(wire: httpx.Client) -> None:
    new_code(wire)
    token = wire.cookies["l"]
    wire.post("/lamna")
    wire.cookies.set("l", token)
    assert "Koden är gömd." not in wire.get("/sida/").text


AXE = Axe()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_screen_has_a_fault_that_axe_can_see_or_scrolls_sideways(
    chromium: Browser, site: Site, answer: Callable[[], None], width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()

    def look(waits_for: str) -> None:
        page.wait_for_selector(waits_for)
        found = AXE.run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def press(deed: str, waits_for: str) -> None:
        page.click(f"button[value={deed}]")
        look(waits_for)

    page.goto(page_of(site))
    look("#text")
    press("write", "#fault")
    page.get_by_text("Jag har en kod").click()
    press("open", "#code[aria-invalid]")
    page.fill("#text", WORDS)
    page.get_by_text("Två frågor, om du vill").click()
    page.check("input[name=hurt][value=yes]")
    press("write", "button[value=send]")
    press("send", "ol.code")
    code = "".join(page.locator("ol.code li").all_inner_texts())
    press("written", "button[value=renew]")
    leave(page, site)
    answer()
    come_back(page, site, code)
    look("article.ours")
    press("remove", "text=Svaret är borttaget.")
    press("erase_ask", "button[value=erase]")
    press("erase", "button[value=anew]")
    page.click("button[value=anew]")
    page.wait_for_selector("#text")
    come_back(page, site, code)
    look("button[value=anew]")
    context.close()


def test_everything_can_be_done_from_the_keyboard(scripted: Page, site: Site) -> None:
    scripted.goto(page_of(site))
    seen = []
    for _ in range(12):
        scripted.keyboard.press("Tab")
        seen.append(scripted.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
    wanted = [
        "Till innehållet",
        "Lämna snabbt",
        "Lykta",
        "Jag har en kod",
        "112",
        "text",
        "Två frågor, om du vill",
        "Skicka",
    ]
    assert seen[: len(wanted)] == wanted

    scripted.focus("summary")
    scripted.keyboard.press("Enter")
    scripted.keyboard.press("Tab")
    scripted.keyboard.type("1" * 20)
    scripted.keyboard.press("Enter")
    expect(scripted.locator("#code")).to_be_focused()
    expect(scripted.locator("#fault")).to_be_visible()


def test_an_answer_that_is_no_redirect_is_shown_by_the_browser_itself(scripted: Page, site: Site) -> None:
    """A house that is dark for one request; the browser then sends the same form by itself."""
    scripted.goto(page_of(site))
    scripted.fill("#text", WORDS)
    scripted.route("**/sida/", lambda route: route.fulfill(status=503, body="dark"), times=1)
    scripted.click("button[value=write]")
    scripted.wait_for_selector("ol.code")
