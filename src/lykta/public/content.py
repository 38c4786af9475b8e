"""What is to be published: pages as they were written, and the catalogue they lean on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from lykta.catalogue.rules import Catalogue
from lykta.catalogue.source import read_catalogue
from lykta.core.words import read_yaml
from lykta.people.facts import CentreFacts
from lykta.public.values import Facts, facts_in

PAGES = Path(__file__).with_name("pages")
KNOWN = {"slug", "path", "title", "eyebrow", "lead", "main", "aside", "description"}
ONLY_HOME = {"hero", "doors_title", "doors", "quiet"}
NEEDED = {"slug", "path", "title", "main"}


class PageFault(Exception):
    """A page cannot be read or leads nowhere. The text names the page and what is missing."""


type Block = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page in one language. main, aside: blocks as written, each with one key. more: only the first page has it.

    checked_on: the day it was last compared with the Swedish page, where that has changed since. reviewed: a native
    speaker has read these very words.
    """

    lang: str
    slug: str
    path: str
    title: str
    main: Sequence[Block]
    lead: str = ""
    eyebrow: str = ""
    description: str = ""
    aside: Sequence[Block] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    checked_on: date | None = None
    reviewed: bool = False

    @property
    def name(self) -> str:
        return f"{self.lang}/{self.slug}"


@dataclass(frozen=True)
class Content:
    """Everything a publication is made of. words: what the centre says in place of the program's own words.

    centre: what it says of itself; None where no centre stands yet.
    """

    pages: Sequence[Page]
    catalogue: Catalogue
    facts: Facts = field(default_factory=facts_in)
    words: Mapping[str, Any] = field(default_factory=dict)
    centre: CentreFacts | None = None


def written_in(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Language, file name and content of every page file, by language and file name."""
    for path in sorted(folder.glob("*/*.yaml")):
        yield path.parent.name, path.name, read_yaml(path)


def page_of(lang: str, name: str, written: dict[str, Any]) -> Page:
    """One page from what was written. Raises PageFault if a part is missing or nobody knows it."""
    if missing := NEEDED - written.keys():
        raise PageFault(f"{lang}/{name} lacks {', '.join(sorted(missing))}")
    allowed = KNOWN | ONLY_HOME if written["slug"] == "home" else KNOWN
    if odd := written.keys() - allowed:
        raise PageFault(f"{lang}/{name} has {', '.join(sorted(odd))}, which no page has")
    more = {key: written.pop(key) for key in ONLY_HOME & written.keys()}
    return Page(lang=lang, more=more, **written)


@cache
def pages_in(folder: Path) -> tuple[Page, ...]:
    """All pages of `folder/<language>/*.yaml`, by language and file name."""
    return tuple(page_of(*written) for written in written_in(folder))


def content_from_repository() -> Content:
    """Pages and catalogue as they stand in this repository. Raises PageFault, or CatalogueError."""
    return Content(pages=pages_in(PAGES), catalogue=read_catalogue())
