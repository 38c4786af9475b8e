"""The program's own words, as texts that a centre's shelf can take in: pages and facts, Swedish first."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lykta.public.content import PAGES, page_of, written_in
from lykta.public.enums import Kind
from lykta.public.values import SOURCE, facts_in


@dataclass(frozen=True)
class Brought:
    """One text in one language as this release says it."""

    kind: Kind
    slug: str
    language: str
    body: dict[str, Any]

    @property
    def digest(self) -> str:
        """Tells whether another release says it otherwise."""
        return hashlib.sha256(json.dumps(self.body, sort_keys=True).encode()).hexdigest()[:32]


def brought() -> list[Brought]:
    """Every text, the Swedish ones first: translations are compared with them. Raises PageFault."""
    return sorted([*_pages(), *_facts()], key=lambda one: one.language != SOURCE)


def _pages() -> Iterator[Brought]:
    for language, name, written in written_in(PAGES):
        page_of(language, name, dict(written))
        yield Brought(Kind.PAGE, written["slug"], language, written)


def _facts() -> Iterator[Brought]:
    for name, said in facts_in().items():
        for language, fact in said.items():
            yield Brought(Kind.FACT, name, language, {"text": fact.text})
