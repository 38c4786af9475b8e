"""Every published page, one by one: light, silent, readable by all, and leading somewhere."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Request

from journeys.quiet_server import publish_repository, quiet_server
from lykta.catalogue.source import read_catalogue
from lykta.core.languages import languages
from lykta.core.places import dialogue, places
from lykta.core.words import words
from lykta.public.content import PAGES, pages_in
from lykta.public.memory import Memory
from lykta.public.rendered import Rendered, Site

EXIT = "https://www.smhi.se/"
ONE_FLIGHT = 14_000  # bytes on the wire: headers and body
STATUS_LINE = len("HTTP/1.1 200 OK\r\n\r\n")
SIZES = {"phone": (360, 740), "desk": (1280, 900)}
PHYSICAL = re.compile(
    r"[;{]\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|"
    r"(?:min-|max-)?(?:width|height)|float|clear)\s*:|text-align\s*:\s*(?:left|right)"
)
LIVING = ("/lamna", "/samverkan/", *(dialogue(row.code) for row in languages()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("published")


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    return publish_repository(folder, exit_url=EXIT)


@pytest.fixture(scope="module")
def address(folder: Path, site: Site) -> Iterator[str]:
    with quiet_server(folder, exit_url=EXIT) as (address, _):
        yield address


def html_pages(site: Site) -> dict[str, Rendered]:
    found = {path: one for path, one in site.answers.items() if is_html(one)}
    return found | {f"{row.prefix}/no-such-page/": site.missing[row.prefix.strip("/")] for row in languages()}


def is_html(answer: Rendered) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


class Parts(HTMLParser):
    """Start tags with their attributes, ids, and what stands between script and style tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.styles.append(data)
        if self._inside == "script" and data.strip():
            self.scripts.append(data)

    @property
    def ids(self) -> list[str | None]:
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "a"]


def parts_of(answer: Rendered) -> Parts:
    return Parts(answer.body.decode())


# --- bytes ---


def wire(memory: Memory, path: str, encoding: str) -> int:
    """Bytes of one answer on the wire, headers included."""
    answer = memory.answer({"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_ACCEPT_ENCODING": encoding})
    assert answer is not None
    _, headers, body = answer
    return STATUS_LINE + sum(len(f"{name}: {value}\r\n") for name, value in headers) + len(body)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_every_page_and_the_script_fit_one_flight_of_packets(folder: Path, site: Site, encoding: str) -> None:
    memory = Memory(folder)
    script = wire(memory, "/lykta.js", encoding)

    too_heavy = {
        path: size
        for path, answer in site.answers.items()
        if is_html(answer) and (size := wire(memory, path, encoding) + script) > ONE_FLIGHT
    }

    assert too_heavy == {}


def test_no_page_has_style_attributes_or_inline_scripts(site: Site) -> None:
    for path, answer in html_pages(site).items():
        parts = parts_of(answer)
        odd = [attrs for _, attrs in parts.tags if any(name == "style" or name.startswith("on") for name in attrs)]
        assert (path, odd, parts.scripts, len(parts.styles)) == (path, [], [], 1)


def test_no_style_knows_left_from_right(site: Site) -> None:
    for path, answer in html_pages(site).items():
        (style,) = parts_of(answer).styles
        without_conditions = re.sub(r"@media[^{]*\{", "{", style)
        assert (path, PHYSICAL.findall(without_conditions)) == (path, [])


def test_ids_are_given_once_on_a_page(site: Site) -> None:
    for path, answer in html_pages(site).items():
        ids = parts_of(answer).ids
        assert (path, sorted(map(str, ids))) == (path, sorted(map(str, set(ids))))


def test_at_most_one_light_and_one_glowing_notice_on_a_page(site: Site) -> None:
    for path, answer in html_pages(site).items():
        classes = [set(str(attrs.get("class", "")).split()) for _, attrs in parts_of(answer).tags]
        lights, glows = (sum(given >= wanted for given in classes) for wanted in ({"lantern"}, {"notice", "glow"}))
        assert (path, lights <= 1, glows <= 1) == (path, True, True)


def test_every_page_closes_with_112_and_kvinnofridslinjen(site: Site) -> None:
    for path, answer in html_pages(site).items():
        foot = answer.body.decode().split("<footer")[1]
        assert (path, 'href="tel:112"' in foot, 'href="tel:020505050"' in foot) == (path, True, True)


# --- languages and links ---


def test_every_page_stands_in_every_language() -> None:
    slugs: dict[str, set[str]] = {}
    for page in pages_in(PAGES):
        slugs.setdefault(page.lang, set()).add(page.slug)

    assert slugs == dict.fromkeys((row.code for row in languages()), slugs["sv"])


@pytest.mark.parametrize("room", ["core", "public"])
def test_words_of_the_public_side_are_the_same_in_every_language(room: str) -> None:
    def keys(value: Any, path: str = "") -> set[str]:
        if not isinstance(value, dict):
            return {path}
        return {key for name, part in value.items() for key in keys(part, f"{path}.{name}")}

    first, *others = (keys(words(row.code)[room]) for row in languages())

    assert [first ^ other for other in others] == [set() for _ in others]


def test_the_foot_leads_to_pages_that_exist() -> None:
    for row in languages():
        assert set(words(row.code)["core"]["foot"]["links"]) - set(places(row.code)) == set()


def test_every_link_inside_leads_to_something(site: Site) -> None:
    pages = {path: parts_of(answer) for path, answer in html_pages(site).items()}
    for path, parts in pages.items():
        for link in parts.links():
            to = urlsplit(link)
            if to.scheme:
                assert to.scheme in {"https", "tel"}
                continue
            target = to.path or path
            assert (path, link, target in site.answers or target in LIVING or target == path) == (
                path,
                link,
                True,
            )
            if to.fragment and target in pages:
                assert (path, link, to.fragment in pages[target].ids) == (path, link, True)


def test_every_service_has_a_page_in_every_language_and_stands_in_the_list(site: Site) -> None:
    for list_path, lang in (("/stod/", "sv"), ("/en/support/", "en")):
        listed = parts_of(site.answers[list_path]).links()
        for service in read_catalogue().services:
            path = f"{list_path}{service.slug[lang]}/"
            assert (path, path in site.answers, path in listed) == (path, True, True)


def test_the_sitemap_names_the_pages_and_nothing_that_leads_on(site: Site) -> None:
    named = set(re.findall(r"<loc>https://lykta\.example(.*?)</loc>", site.answers["/sitemap.xml"].body.decode()))

    assert named == {path for path, answer in site.answers.items() if is_html(answer)}


# --- in a browser ---


def test_reading_every_page_leaves_no_trace_and_asks_nobody_else(chromium: Browser, address: str, site: Site) -> None:
    context = chromium.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    for path in html_pages(site):
        asked: list[str] = []

        def note(request: Request, asked: list[str] = asked) -> None:
            asked.append(request.url)

        page.on("request", note)
        page.goto(address + path)
        page.remove_listener("request", note)
        assert sorted(asked) == sorted([address + path, address + "/lykta.js"])
    stored = page.evaluate("[localStorage.length, sessionStorage.length]")

    assert (context.cookies(), stored) == ([], [0, 0])
    assert [fault for fault in faults if "404" not in fault] == []
    context.close()


def one_of_each_kind(site: Site) -> list[str]:
    """Every page, but of the services, which share one form, only the first ones."""
    services = [path for path in html_pages(site) if re.fullmatch(r"/stod/.+|/en/support/.+", path)]
    return [path for path in html_pages(site) if path not in services[2:-2]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(chromium: Browser, address: str, site: Site, scheme: Any, size: str) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    faults = {}
    for path in one_of_each_kind(site):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page, options=rules).response["violations"]
        if found:
            faults[path] = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
    context.close()

    assert faults == {}, json.dumps(faults, indent=1)


def test_nothing_scrolls_sideways_at_320(chromium: Browser, address: str, site: Site) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in html_pages(site):
        page.goto(address + path)
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 320)
    context.close()


def test_without_script_the_page_is_the_same(chromium: Browser, address: str, site: Site) -> None:
    words_of = {}
    for script in (True, False):
        context = chromium.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(address + "/vald/")
        words_of[script] = page.locator("body").inner_text()
        context.close()

    assert words_of[True] == words_of[False]


def test_every_stop_of_the_keyboard_is_seen_and_not_covered(chromium: Browser, address: str, site: Site) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path in ("/", "/akut/", "/stod/kvinnogrupp/"):
        page.goto(address + path)
        stops = page.locator("a:visible, button:visible, summary:visible").count()
        for _ in range(stops):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => { const at = document.activeElement, box = at.getBoundingClientRect();
                     const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                     return box.height > 0 && (at.contains(top) || top.contains(at)) }"""
            )
            assert seen, f"{path}: {page.evaluate('document.activeElement.outerHTML')}"
    context.close()


def test_on_paper_the_numbers_stand_side_by_side_and_each_once(chromium: Browser, address: str, site: Site) -> None:
    page = chromium.new_page(viewport={"width": 718, "height": 1000})  # A4 within its margins
    page.goto(f"{address}/akut/")
    page.emulate_media(media="print")
    tops = page.locator(".lines.first > li").evaluate_all("rows => rows.map(li => li.offsetTop)")
    twice = page.locator('footer a[href^="tel:"]:visible').count()
    page.goto(f"{address}/vald/")
    elsewhere = page.locator('footer a[href="tel:112"]:visible').count()
    page.close()

    assert (len(tops), len(set(tops)), twice, elsewhere) == (3, 1, 0, 1)


def test_at_four_hundred_per_cent_the_bars_leave_room_to_read(chromium: Browser, address: str, site: Site) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 256})
    page.goto(f"{address}/hitta-ratt-stod/")
    page.locator("input").first.check()
    covered = page.locator(".bar, .sum").evaluate_all(
        """bars => bars.filter(bar => getComputedStyle(bar).position === "sticky")
             .map(bar => bar.getBoundingClientRect().height).reduce((sum, one) => sum + one, 0)"""
    )
    page.close()

    assert covered < 256 / 5
