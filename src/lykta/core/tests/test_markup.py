"""Inline markup of texts."""

from dataclasses import dataclass

import pytest

from lykta.core.markup import Markup, UnknownTarget, spoken


@dataclass(frozen=True)
class Number:
    number: str
    tel: str


PHONES = {"line": Number("020-50 50 50", "020505050")}
PLACES = {("page", "secrecy"): "/tystnadsplikt/", ("service", "ANH"): "/stod/anhoriga/"}


def address(kind: str, name: str) -> str:
    return PLACES[kind, name]


ltr = Markup(phones=PHONES, address=address)
rtl = Markup(phones=PHONES, address=address, rtl=True)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ett ord.", "Ett ord."),
        ("**starkt** ord", "<b>starkt</b> ord"),
        ("[läs](page:secrecy)", '<a href="/tystnadsplikt/">läs</a>'),
        ("[läs](page:secrecy#barn)", '<a href="/tystnadsplikt/#barn">läs</a>'),
        ("[stöd](service:ANH)", '<a href="/stod/anhoriga/">stöd</a>'),
        ("[ring](tel:112)", '<a href="tel:112">ring</a>'),
        ("[ut](https://a.example/?b=1&c=2)", '<a href="https://a.example/?b=1&amp;c=2">ut</a>'),
        ("{phone:line}", '<a class="tel" href="tel:020505050">020-50 50 50</a>'),
        ("**ring {phone:line}**", '<b>ring <a class="tel" href="tel:020505050">020-50 50 50</a></b>'),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[<b>](page:secrecy)", '<a href="/tystnadsplikt/">&lt;b&gt;</a>'),
        (
            '["](https://a.example/"onclick="x)',
            '<a href="https://a.example/&quot;onclick=&quot;x">&quot;</a>',
        ),
        ("2 * 3 * 4 [utan mål]", "2 * 3 * 4 [utan mål]"),
    ],
)
def test_markup_becomes_safe_html(written: str, shown: str) -> None:
    assert ltr.inline(written) == shown


@pytest.mark.parametrize(
    "written",
    ["[x](page:none)", "[x](service:NONE)", "{phone:none}", "[x](javascript:alert)", "[x](http://a.example)"],
)
def test_a_link_that_leads_nowhere_is_a_fault(written: str) -> None:
    with pytest.raises(UnknownTarget):
        ltr.inline(written)


def test_a_number_keeps_its_order_inside_right_to_left_text() -> None:
    assert rtl.inline("{phone:line}") == ('<a class="tel" href="tel:020505050"><bdi dir="ltr">020-50 50 50</bdi></a>')


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ett ord.", "Ett ord."),
        ("[Skriv](page:write), eller ring {phone:line}.", "Skriv, eller ring 020-50 50 50."),
        ("**ring [oss](page:write), {phone:line}**", "ring oss, 020-50 50 50"),
        ("{phone:gone} och {limit:min_age}", "{phone:gone} och {limit:min_age}"),
        ("<b>", "<b>"),
    ],
)
def test_a_text_said_aloud_has_no_signs(written: str, said: str) -> None:
    assert spoken(written, {"line": "020-50 50 50"}) == said
