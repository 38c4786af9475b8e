"""A language is data: rows and words, no code. What it lacks it borrows, and says so kindly."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings

from lykta.core.languages import LanguageFault, languages
from lykta.public.content import Content
from lykta.public.publish import render_site
from lykta.public.rendered import Site
from lykta.public.tests.ten_languages import ADDED, content, ten_languages

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module", autouse=True)
def ten() -> Iterator[None]:
    with ten_languages():
        yield


def site(of: Content) -> Site:
    return render_site(of, exit_url="https://weather.example/", base="https://lykta.example", on=DAY)


def without(of: Content, *names: str) -> Content:
    return replace(of, pages=[page for page in of.pages if page.name not in names])


def body(found: Site, path: str) -> str:
    return found.answers[path].body.decode()


def test_eight_rows_of_data_give_eight_more_languages() -> None:
    found = site(content())

    for code, name, direction in ADDED:
        page = body(found, f"/{code}/secrecy/")
        turned = ' dir="rtl"' if direction == "rtl" else ""
        assert f'<html lang="{code}"{turned}>' in page
        assert (f'lang="{code}" hreflang="{code}"' in body(found, "/"), name in body(found, "/")) == (True, True)
    assert 'tel:112"><bdi dir="ltr">112</bdi>' in body(found, "/ar/")


def test_a_page_that_is_missing_is_lent_by_english_and_says_so() -> None:
    found = site(without(content(), "ar/secrecy"))

    page = body(found, "/ar/secrecy/")

    assert "This page is not in العربية yet. Here it is in English." in page
    assert 'lang="en" dir="ltr">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'href="/ar/safety/"' in page  # its links lead on in Arabic
    assert "/ar/secrecy/" not in body(found, "/sitemap.xml")
    assert 'href="/ar/secrecy/" lang="ar"' in body(found, "/fi/secrecy/")
    assert "not in Suomi yet" not in body(found, "/fi/secrecy/")


def test_where_english_lacks_it_too_swedish_lends_it() -> None:
    found = site(without(content(), "ar/secrecy", "en/secrecy"))

    assert "Here it is in Svenska." in body(found, "/ar/secrecy/")
    assert "<h1>Tystnadsplikt" in body(found, "/ar/secrecy/")
    assert "<h1>Tystnadsplikt" in body(found, "/en/secrecy/")


def test_services_are_told_in_the_nearest_language_until_the_catalogue_speaks_it() -> None:
    found = site(content())
    speaking = site(content(catalogue_too=True))

    assert 'href="/en/find-support/"' in body(found, "/ar/")
    assert [path for path in found.answers if path.startswith("/ar/support/")] == []
    assert 'href="/ar/support/trappan/"' in body(speaking, "/ar/children/")


def test_a_translation_older_than_its_source_says_when_it_was_checked() -> None:
    ours = content()
    old = [replace(one, checked_on=date(2026, 10, 2)) if one.name == "en/safety" else one for one in ours.pages]

    page = body(site(replace(ours, pages=old)), "/en/safety/")

    assert "last checked against the Swedish one on 2 October 2026" in page
    assert 'href="/sakerhet/" hreflang="sv"' in page
    assert "last checked" not in body(site(ours), "/en/safety/")


def test_a_translation_is_marked_until_a_native_speaker_has_read_that_very_page() -> None:
    ours = content()
    read = [replace(one, reviewed=True) if one.name == "so/safety" else one for one in ours.pages]
    mark = "not yet been reviewed by a native speaker"

    found = site(replace(ours, pages=read))

    assert [mark in body(found, path) for path in ("/so/safety/", "/so/secrecy/", "/en/safety/", "/sakerhet/")] == [
        False,
        True,
        False,
        False,
    ]


def test_every_address_is_given_once() -> None:
    found = body(site(content(catalogue_too=True)), "/sitemap.xml")
    places = re.findall(r"<loc>([^<]*)</loc>", found)
    assert len(places) == len(set(places)) > 300


@pytest.mark.parametrize(
    "row",
    [
        "- {code: ar, name: X, dir: rtl, prefix: /ar}",
        "- {code: ar, name: X, dir: up, prefix: /ar, reviewed: false}",
        "- {code: ../x, name: X, dir: rtl, prefix: /ar, reviewed: false}",
        "- {code: ar, name: X, dir: rtl, prefix: '', reviewed: false}",
    ],
)
def test_a_row_that_can_not_be_read_is_named(row: str) -> None:
    file = settings.LYKTA_DATA / "languages.yaml"
    kept = file.read_text(encoding="utf-8")
    file.write_text(row, encoding="utf-8")
    languages.cache_clear()
    try:
        with pytest.raises(LanguageFault, match=r"languages\.yaml, row 1"):
            languages()
    finally:
        file.write_text(kept, encoding="utf-8")
        languages.cache_clear()
