"""Where the public pages are: slug -> address, one map per language, read from the pages themselves."""

import re
from functools import cache
from pathlib import Path

from lykta.core.languages import Language, language, languages
from lykta.core.words import BRIDGE, written

HOUSE = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^(slug|path):\s*[\"']?([^\s\"'#]+)", re.M)


def dialogue(lang: str) -> str:
    """The neutral address of the dialogue. Raises UnknownLanguage."""
    return f"{language(lang).prefix}/sida/"


def own_path(row: Language, slug: str) -> str:
    """Where a page is in a language that has not said it itself."""
    return f"{row.prefix}/{slug}/" if slug != "home" else f"{row.prefix}/"


@cache
def _written(lang: str) -> dict[str, str]:
    found = {}
    for page in sorted(HOUSE.glob(f"*/pages/{lang}/*.yaml")):
        head = dict(LINE.findall(page.read_text(encoding="utf-8")))
        found[head["slug"]] = head["path"]
    return found


@cache
def places(lang: str) -> dict[str, str]:
    """Address of every page in this language. Links to `write` go straight to the dialogue.

    A page made by code has no file: its room writes its address among its words (`finder: {path: …}`). A language
    without words of its own is led to those of the nearest one.
    """
    found = {slug: own_path(language(lang), slug) for slug in _written(languages()[0].code)} | _written(lang)
    for room in (written(lang) or written(BRIDGE)).values():
        found |= {slug: part["path"] for slug, part in room.items() if isinstance(part, dict) and "path" in part}
    return {**found, "write": dialogue(lang)}
