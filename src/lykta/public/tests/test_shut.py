"""Before the centre opens: one calm page, whatever is asked for."""

import re
from pathlib import Path

import pytest

from lykta.catalogue.source import read_catalogue
from lykta.core.languages import languages
from lykta.public.files import publish
from lykta.public.memory import Memory, is_shut
from lykta.public.rendered import Rendered, Site
from lykta.public.shut import shut_site

SITE = shut_site(read_catalogue(), exit_url="https://www.smhi.se/")
PAGES = [f"{row.prefix}/" for row in languages()]


@pytest.mark.parametrize("address", PAGES)
def test_it_says_so_with_the_numbers_to_call_and_leads_nowhere_that_is_not_there(address):
    page = SITE.answers[address].body.decode()
    assert 'href="tel:112"' in page
    assert 'href="tel:020505050"' in page
    links = set(re.findall(r'(?:href|src|action)="(/[^"]*)"', page))
    assert links - set(SITE.answers) == set()
    assert "<textarea" not in page


def test_nothing_else_is_published_and_nothing_is_indexed():
    assert set(SITE.answers) == {*PAGES, "/lamna", "/lykta.js", "/robots.txt"}
    assert {page.status for page in SITE.missing.values()} == {404}
    assert b"Disallow: /" in SITE.answers["/robots.txt"].body


def test_memory_knows_that_it_is_shut_and_that_it_has_opened(tmp_path: Path):
    memory = Memory(tmp_path, look_every=0)
    assert not memory.is_shut()
    publish(SITE, tmp_path)
    assert memory.is_shut()
    assert is_shut(tmp_path)
    publish(Site(answers={"/": Rendered(status=200, headers={}, body=b"open")}), tmp_path)
    assert not memory.is_shut()
    assert not is_shut(tmp_path)
