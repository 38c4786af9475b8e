"""Languages, words, places, style sheets, headers and the frame they make together."""

import base64
import hashlib
from dataclasses import dataclass, replace

import pytest
from django.template.loader import render_to_string

from lykta.core.frame import Frame, frame
from lykta.core.languages import Language, UnknownLanguage, language, language_of_path, languages
from lykta.core.places import places
from lykta.core.policy import content_policy, page_headers
from lykta.core.styles import PUBLIC, STAFF, sheet, smaller
from lykta.core.words import said_day

EXIT = "https://weather.example/today"


@dataclass(frozen=True)
class Number:
    number: str
    tel: str


PHONES = {
    "nod112": Number("112", "112"),
    "polis11414": Number("114 14", "11414"),
    "kvinnofrid": Number("020-50 50 50", "020505050"),
}


def a_frame(lang: str = "sv", **more: object) -> Frame:
    return frame(lang=lang, title="Lykta", exit_url=EXIT, phones=PHONES, paths={"sv": "/", "en": "/en/"}, **more)  # type: ignore[arg-type]


def shown(f: Frame) -> str:
    return str(render_to_string("lykta/public.html", {"f": f}))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/", "sv"),
        ("/vald/", "sv"),
        ("/en", "en"),
        ("/en/", "en"),
        ("/en/x/", "en"),
        ("/enskilt/", "sv"),
        ("", "sv"),
    ],
)
def test_the_language_of_an_address_is_its_first_part(path: str, code: str) -> None:
    assert language_of_path(path).code == code


def test_an_unknown_language_is_a_fault() -> None:
    with pytest.raises(UnknownLanguage):
        language("xx")


@pytest.mark.parametrize(
    ("written", "sv", "en"),
    [
        ("2026-11-03", "3 november 2026", "3 November 2026"),
        ("2024-06", "juni 2024", "June 2024"),
        ("2022", "2022", "2022"),
    ],
)
def test_a_day_is_said_as_exactly_as_it_is_known(written: str, sv: str, en: str) -> None:
    assert (said_day("sv", written), said_day("en", written)) == (sv, en)


def test_links_to_write_go_straight_to_the_neutral_address() -> None:
    assert {row.code: places(row.code)["write"] for row in languages()} == {"sv": "/sida/", "en": "/en/sida/"}


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("a { color: red; }\n/* why */ b > i { margin: 0 1px; }", "a{color:red}b>i{margin:0 1px}"),
        ("a :focus { width: calc(1px + 2px) }", "a :focus{width:calc(1px + 2px)}"),
        ("@media (min-width: 40rem) { a { top: 0 } }", "@media (min-width:40rem){a{top:0}}"),
    ],
)
def test_a_smaller_sheet_has_the_same_rules(css: str, small: str) -> None:
    assert smaller(css) == small


@pytest.mark.parametrize("parts", [PUBLIC, STAFF])
def test_the_policy_allows_exactly_the_sheet_on_the_page(parts: tuple[str, ...]) -> None:
    made = sheet(*parts, extra="a{b:c}")
    digest = base64.b64encode(hashlib.sha256(made.css.encode()).digest()).decode()

    assert made.source == f"'sha256-{digest}'"
    assert "</" not in made.css


def test_the_form_may_lead_to_the_exit_and_nowhere_else() -> None:
    policy = dict(part.split(" ", 1) for part in content_policy(style="'sha256-x'", exit_url=EXIT).split("; "))

    assert policy["form-action"] == "'self' https://weather.example"
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in "".join(policy.values())


def test_headers_of_a_page_leave_nothing_to_chance() -> None:
    headers = page_headers(lang="sv", style="'sha256-x'", exit_url=EXIT)

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Language"] == "sv"
    assert not any(name.lower() in {"set-cookie", "server", "etag", "last-modified"} for name in headers)


def test_the_way_out_comes_right_after_the_skip_link_and_before_everything_else() -> None:
    html = shown(a_frame())
    order = [html.index(part) for part in ('class="skip"', 'id="leave"', 'class="brand"', "<main")]

    assert order == sorted(order)


def test_the_dialogue_can_send_its_own_exit() -> None:
    html = shown(a_frame(exit_action="/sida/", exit_fields=[("deed", "leave")]))

    assert 'action="/sida/"' in html
    assert '<input type="hidden" name="deed" value="leave">' in html


def test_the_foot_shows_only_languages_that_have_the_page() -> None:
    both, one = a_frame(), frame(lang="sv", title="x", exit_url=EXIT, phones=PHONES, paths={"sv": "/"})

    assert [tongue.path for tongue in both.tongues] == ["/", "/en/"]
    assert 'hreflang="en"' not in shown(one)


def test_a_page_is_kept_out_of_search_engines_unless_it_says_otherwise() -> None:
    assert 'content="noindex"' in shown(a_frame())
    assert "noindex" not in shown(a_frame(indexed=True))


def test_a_language_right_to_left_turns_the_page_and_keeps_numbers_in_order() -> None:
    arabic = Language(code="ar", name="العربية", dir="rtl", prefix="/ar", reviewed=False)
    f = replace(a_frame(), language=arabic)
    html = shown(f)

    assert '<html lang="ar" dir="rtl">' in html
    assert 'href="tel:112"><bdi dir="ltr">112</bdi>' in html
