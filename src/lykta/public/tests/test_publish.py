"""Pages as written, and what becomes of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lykta.catalogue.rules import Catalogue
from lykta.catalogue.source import read_catalogue
from lykta.core.languages import language
from lykta.core.markup import Markup
from lykta.public.blocks import Writer, anchor, headings, with_own_ids
from lykta.public.content import Content, Page, PageFault, content_from_repository, page_of
from lykta.public.links import links_for
from lykta.public.publish import render_site, small_script, tighter, without_markup
from lykta.public.rendered import Rendered, Site
from lykta.public.services import related_to

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue()


@pytest.fixture(scope="module")
def writer(catalogue: Catalogue) -> Writer:
    links = links_for(language("sv"), content_from_repository().pages, catalogue)
    markup = Markup(phones={one.id: one for one in catalogue.phones}, address=links)
    return Writer(lang="sv", links=links, markup=markup, catalogue=catalogue, on=DAY)


def site_on(day: date, **changed: Any) -> Site:
    content = replace(content_from_repository(), **changed)
    return render_site(content, exit_url="https://weather.example/", base="https://lykta.example", on=day)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Så går det till", "sa-gar-det-till"),
        ("Vad? Nu!", "vad-nu"),
        ("Ring 112", "ring-112"),
        ("متى", "متى"),
    ],
)
def test_a_heading_gives_its_anchor(heading: str, name: str) -> None:
    assert anchor(heading) == name


@pytest.mark.parametrize(
    "block",
    [
        {"picture": "x"},
        {"h2": "x", "p": "y"},
        {"p": "[x](page:none)"},
        {"phones": ["none"]},
        {"services": ["NONE"]},
        {"notice": {"kind": "red", "title": "x", "text": ["y"]}},
        {"acts": [{"text": "x", "to": "page:write", "kind": "blinking"}]},
        {"facts": [{"term": "x"}]},
    ],
)
def test_a_block_that_cannot_be_shown_is_a_fault(writer: Writer, block: dict[str, Any]) -> None:
    with pytest.raises(PageFault):
        writer.blocks([block])


def test_a_phone_is_shown_with_its_hours_and_the_day_it_was_checked(writer: Writer) -> None:
    (block,) = writer.blocks([{"phones": ["kvinnofrid"]}])
    (row,) = block["rows"]

    assert (row["name"], row["hours"]) == ("Kvinnofridslinjen", "Öppet dygnet runt")
    assert row["checked"] == "Numret kontrollerat 23 november 2026"


def test_a_name_stands_once_on_a_page(writer: Writer) -> None:
    blocks = writer.blocks([{"section": {"id": "barn", "blocks": [{"h2": "Barn"}]}}, {"h2": "Våld"}, {"h3": "Våld"}])
    with_own_ids(blocks)

    assert [blocks[0]["id"], blocks[0]["blocks"][0]["id"], blocks[1]["id"], blocks[2]["id"]] == [
        "barn",
        "",
        "vald",
        "",
    ]
    assert [(one["id"], one["html"]) for one in headings(blocks)] == [("barn", "Barn"), ("vald", "Våld")]


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ({"slug": "x", "path": "/x/", "main": []}, "title"),
        ({"slug": "x", "path": "/x/", "title": "X", "main": [], "hero": {}}, "hero"),
        ({"slug": "x", "path": "/x/", "title": "X", "main": [], "colour": "red"}, "colour"),
    ],
)
def test_a_page_that_is_not_whole_is_named(written: dict[str, Any], missing: str) -> None:
    with pytest.raises(PageFault, match=rf"sv/x\.yaml.*{missing}"):
        page_of("sv", "x.yaml", written)


def test_a_fault_names_its_page() -> None:
    lost = Page(lang="sv", slug="lost", path="/lost/", title="Lost", main=[{"p": "[x](page:none)"}])

    with pytest.raises(PageFault, match="sv/lost: a link or a value leads nowhere: page:none"):
        site_on(DAY, pages=[*content_from_repository().pages, lost])


def test_a_language_without_a_first_page_is_not_published() -> None:
    swedish_and_one = [page for page in content_from_repository().pages if page.lang == "sv" or page.slug == "about"]

    site = site_on(DAY, pages=swedish_and_one)

    assert [path for path in site.answers if path.startswith("/en")] == []
    assert b'hreflang="en"' not in site.answers["/"].body


@pytest.mark.parametrize(("day", "ended"), [(date(2027, 12, 31), False), (date(2028, 1, 1), True)])
def test_a_service_says_when_its_years_are_over(day: date, ended: bool) -> None:
    page = site_on(day).answers["/stod/heder/"].body.decode()

    assert ("<h2>Pågår inte nu</h2>" in page) is ended


def test_related_services_are_for_the_same_people_and_at_most_three(catalogue: Catalogue) -> None:
    found = [one.code for one in related_to(catalogue.service("KVGRP"), catalogue.services)]

    assert 0 < len(found) <= 3
    assert not {"KVGRP", "BEHUT", "SAMRAD"} & set(found)


def test_nothing_unconfirmed_is_shown_to_the_public() -> None:
    site = site_on(DAY)
    hidden = [phone.tel for phone in read_catalogue().phones if not phone.show]
    assert hidden

    shown = "".join(answer.body.decode() for answer in site.answers.values())

    assert [tel for tel in hidden if f"tel:{tel}" in shown] == []


def test_publishing_twice_gives_the_same_bytes() -> None:
    first, second = site_on(DAY), site_on(DAY)

    assert {path: one.body for path, one in first.answers.items()} == {
        path: one.body for path, one in second.answers.items()
    }


def test_small_things_are_made_small() -> None:
    assert tighter("<p>\n   a\n\n  b</p>\n") == "<p>\na\nb</p>"
    assert without_markup("**Läs** [mer](page:x) {phone:y}") == "Läs mer"
    assert len(Rendered(200, {}, small_script()).bodies["gzip"]) < 1_500
    assert b"//" not in small_script().replace(b"https://", b"")


def test_content_is_pages_and_catalogue() -> None:
    assert isinstance(content_from_repository(), Content)
