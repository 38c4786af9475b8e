"""The handbook shows every chapter, and says nothing of a page or a button that is not there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import resolve

from journeys.house import House
from lykta.access.enums import Role
from lykta.access.menu import CHAPTERS
from lykta.desk.handbook import NAME, PLACES, READER, chapters
from lykta.desk.tests.test_morning import hands

SOURCE = Path(__file__).parents[2]
FILES = sorted(PLACES[1].glob("*.md"))
SLUGS = [found["slug"] for path in FILES if (found := NAME.fullmatch(path.name))]
SAID = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINKED = re.compile(r"\]\(([^)]+)\)")


def on_screen(text: str) -> str:
    """A phrase as it is compared: one space between words, … for what changes, no mark at the end, small at first."""
    words = " ".join(re.sub(r"\{\{.*?\}\}", " … ", text).split()).strip(" .,:")
    return words[:1].lower() + words[1:]


def staff_words() -> Iterator[str]:
    """Every text between two tags of a template, and every string in the code."""
    for path in SOURCE.rglob("templates/**/*.html"):
        whole = re.sub(r"\{%.*?%\}", "<>", path.read_text(), flags=re.DOTALL)
        yield from re.split(r"<[^>]*>", whole)
        yield from re.findall(r' (?:say|label|title)="([^"]+)"', path.read_text())
        yield from re.split(r"<[^>]*>", re.sub(r"<>|</?span[^>]*>", "", whole))
    for path in SOURCE.rglob("*.py"):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.fixture(scope="module")
def known() -> set[str]:
    return {on_screen(text) for text in staff_words()}


def test_every_file_is_a_chapter_with_a_title_a_lead_and_parts() -> None:
    assert len(SLUGS) == len(FILES) >= 12
    assert [chapter.slug for chapter in chapters()] == SLUGS
    assert len({chapter.title for chapter in chapters()}) == len(SLUGS)
    for chapter in chapters():
        assert len({id for id, _ in chapter.parts}) == len(chapter.parts)
        assert "*" not in chapter.lead
        assert "`" not in chapter.lead


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_chapter_is_short(path: Path) -> None:
    assert 35 <= len(path.read_text().splitlines()) <= 95


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_word_in_bold_stands_on_a_page(path: Path, known: set[str]) -> None:
    said = [on_screen(words) for words in SAID.findall(path.read_text())]
    assert [words for words in said if words not in known] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_link_leads_to_a_part_that_is_there(path: Path) -> None:
    parts = {chapter.slug: {id for id, _ in chapter.parts} for chapter in chapters()}
    for link in LINKED.findall(path.read_text()):
        found = NAME.fullmatch(link)
        assert found, link
        assert (path.parent / link.partition("#")[0]).exists(), link
        assert not found["part"] or found["part"][1:] in parts[found["slug"]], link


def test_a_member_reads_it_page_by_page_from_the_menu(house: House) -> None:
    client = hands(house, house.member("Bo", Role.TECHNICIAN, place=False, share=False))
    assert '<a href="/personal/handbok/">Handboken</a>' in client.get("/personal/").content.decode()
    shown = client.get("/personal/handbok/").content.decode()
    assert [f'href="/personal/handbok/{slug}/"' in shown for slug in SLUGS] == [True] * len(SLUGS)
    for before, slug, after in zip(["", *SLUGS], SLUGS, [*SLUGS[1:], ""], strict=False):
        answer = client.get(f"/personal/handbok/{slug}/")
        assert answer.status_code == 200
        page = answer.content.decode()
        for rel, other in (("prev", before), ("next", after)):
            link = re.search(rf'href="/personal/handbok/([a-z-]+)/" rel="{rel}"', page)
            assert (link[1] if link else "") == other
        links = set(re.findall(r'href="(/personal/handbok/[^"#]*)', page))
        assert [client.get(link).status_code for link in sorted(links)] == [200] * len(links)
        assert " style=" not in page
        assert "<script>" not in page


def test_who_is_not_signed_in_reads_nothing(house: House) -> None:
    client = hands(house, house.member("Maja"))
    client.cookies.clear()
    for address in ("/personal/handbok/", f"/personal/handbok/{SLUGS[0]}/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (303, "/personal/logga-in/")


def test_a_chapter_that_is_not_there_is_not_found(house: House) -> None:
    client = hands(house, house.member("Maja"))
    assert client.get("/personal/handbok/nagot-annat/").status_code == 404
    assert client.get("/personal/handbok/../../keys.json/").status_code == 404


def test_a_page_leads_to_its_chapter_and_one_that_is_not_there_to_none(house: House) -> None:
    client = hands(house, house.member("Maja"))
    page = client.get("/personal/inkorg/").content.decode()
    assert '<a href="/personal/handbok/kontaktrummet/">Handboken om det här</a>' in page
    assert "Handboken om det här" not in client.get("/personal/").content.decode()
    assert "Handboken om det här" not in client.get("/personal/logg/").content.decode()  # not hers


def test_each_address_with_a_chapter_is_a_page_and_each_chapter_is_written() -> None:
    for address, slug in CHAPTERS:
        assert resolve(address)
        assert slug in SLUGS


def test_html_in_a_chapter_is_text() -> None:
    made = READER.render("Hej <script>alert(1)</script>\n\n<b>fet</b>\n\n[y](javascript:alert(1))")
    assert re.findall(r"<(?!/?p>)[^>]*>", made) == []
