"""Where the public pages are: slug -> address, one map per language, read from the pages themselves."""

import re
from functools import cache
from pathlib import Path

from lykta.core.languages import language
from lykta.core.words import words

HOUSE = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^(slug|path):\s*[\"']?([^\s\"'#]+)", re.M)


def dialogue(lang: str) -> str:
    """The neutral address of the dialogue. Raises UnknownLanguage."""
    return f"{language(lang).prefix}/sida/"


@cache
def places(lang: str) -> dict[str, str]:
    """Address of every page published in this language. Links to `write` go straight to the dialogue.

    A page made by code has no file: its room writes its address among its words (`finder: {path: …}`).
    """
    found = {}
    for page in sorted(HOUSE.glob(f"*/pages/{lang}/*.yaml")):
        head = dict(LINE.findall(page.read_text(encoding="utf-8")))
        found[head["slug"]] = head["path"]
    for room in words(lang).values():
        found |= {slug: part["path"] for slug, part in room.items() if isinstance(part, dict) and "path" in part}
    return {**found, "write": dialogue(lang)}
