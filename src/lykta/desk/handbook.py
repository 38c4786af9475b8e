"""The staff's handbook: the chapters of docs/handbok/, made into pages once in each process.

A chapter begins with its title and one paragraph that says what it is for. Raw HTML is shown as what it is: text.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

PLACES = (Path(__file__).with_name("handbok"), Path(__file__).parents[3] / "docs" / "handbok")
"""Where an installed package has the chapters (setup.py lays them there), and where a clone has them."""

NAME = re.compile(r"\d\d-(?P<slug>[a-z-]+)\.md(?P<part>#[a-z0-9-]+)?")
"""A chapter's file, as it stands in the directory and in a link of another chapter."""

READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "html_inline", "image"])


@dataclass(frozen=True)
class Chapter:
    """lead: what the chapter is for, in a sentence or two. parts: its headings, as (id, words)."""

    slug: str
    title: str
    lead: str
    body: SafeString
    parts: tuple[tuple[str, str], ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """All of them in their order. Empty where the files did not come along."""
    place = next((place for place in PLACES if place.is_dir()), None)
    files = sorted(place.glob("*.md")) if place else []
    return tuple(_chapter(found["slug"], path) for path in files if (found := NAME.fullmatch(path.name)))


def _chapter(slug: str, path: Path) -> Chapter:
    """Read one file. Raises ValueError where it does not begin with a title and a paragraph."""
    tokens = READER.parse(path.read_text(encoding="utf-8"))
    if [token.type for token in tokens[:6:3]] != ["heading_open", "paragraph_open"]:
        raise ValueError(f"{path.name} does not begin with its title and what it is for")
    title, lead, rest = tokens[1].content, tokens[4].content, tokens[6:]
    parts = tuple(_marked(rest))
    for token in rest:
        _lead_to_pages(token)
    # Safe: made from our own files by a reader that lets no HTML through.
    body = mark_safe(READER.renderer.render(rest, READER.options, {}))
    return Chapter(slug, title, " ".join(lead.split()), body, parts)


def _marked(tokens: list[Token]) -> list[tuple[str, str]]:
    """Give each heading of the second degree an id that links can name."""
    found = []
    for opened, words in pairwise(tokens):
        if opened.type == "heading_open" and opened.tag == "h2":
            name = slugify(words.content)
            opened.attrSet("id", name)
            found.append((name, words.content))
    return found


def _lead_to_pages(token: Token) -> None:
    """A link to another chapter's file leads to that chapter's page."""
    for child in token.children or ():
        if child.type == "link_open" and (found := NAME.fullmatch(str(child.attrGet("href")))):
            child.attrSet("href", f"/personal/handbok/{found['slug']}/{found['part'] or ''}")
