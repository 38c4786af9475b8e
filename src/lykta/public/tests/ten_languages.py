"""A house with ten languages, three of them right to left: rows of data, and pages that say which language they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import yaml
from django.conf import settings

from lykta.core.languages import languages
from lykta.core.places import own_path, places
from lykta.core.words import words
from lykta.public.content import Content, Page, content_from_repository
from lykta.public.values import Fact

ADDED = (
    ("sma", "Åarjelsaemien", "ltr"),
    ("fi", "Suomi", "ltr"),
    ("ar", "العربية", "rtl"),
    ("prs", "دری", "rtl"),
    ("ckb", "کوردی", "rtl"),
    ("so", "Soomaali", "ltr"),
    ("ti", "ትግርኛ", "ltr"),
    ("uk", "Українська", "ltr"),
)


@contextmanager
def ten_languages() -> Iterator[None]:
    """Eight more rows in the centre's own file, as a technician would write them."""
    file = settings.LYKTA_DATA / "languages.yaml"
    rows = [{"code": c, "name": n, "dir": d, "prefix": f"/{c}", "reviewed": False} for c, n, d in ADDED]
    file.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    _forget()
    try:
        yield
    finally:
        file.unlink()
        _forget()


def _forget() -> None:
    for known in (languages, places):
        known.cache_clear()


def content(*, catalogue_too: bool = False) -> Content:
    """Every page and fact in all ten languages. Translations are the English words, each marked with its language.

    catalogue_too: services and numbers and the words around the pages as well.
    """
    ours = content_from_repository()
    english = [page for page in ours.pages if page.lang == "en"]
    pages = [_in(page, code) for code, _, _ in ADDED for page in english]
    facts = {
        name: dict(said) | {c: Fact(f"{said['en'].text} ({c})") for c, _, _ in ADDED}
        for name, said in ours.facts.items()
    }
    found = replace(ours, pages=[*ours.pages, *pages], facts=facts)
    if not catalogue_too:
        return found
    spoken = {c: {room: {**tree, "spoken": c} for room, tree in words("en").items()} for c, _, _ in ADDED}
    speaking = replace(ours.catalogue, languages=(*ours.catalogue.languages, *(c for c, _, _ in ADDED)))
    return replace(found, words=spoken, catalogue=_everywhere(speaking))


def _in(page: Page, code: str) -> Page:
    row = next(row for row in languages() if row.code == code)
    return replace(page, lang=code, path=own_path(row, page.slug), title=f"{page.title} ({code})")


def _everywhere(part: Any) -> Any:
    """Wherever English is said, the added languages say the same."""
    if isinstance(part, dict) and "en" in part:
        return {**part, **{code: part["en"] for code, _, _ in ADDED}}
    if isinstance(part, dict):
        return {key: _everywhere(value) for key, value in part.items()}
    if isinstance(part, tuple):
        return tuple(_everywhere(one) for one in part)
    if hasattr(part, "__dataclass_fields__"):
        return replace(part, **{name: _everywhere(getattr(part, name)) for name in part.__dataclass_fields__})
    return part
