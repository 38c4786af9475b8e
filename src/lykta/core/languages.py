"""The languages of the public pages: one row each in `languages.yaml`, no code per language.

A centre adds its own in a file of the same form and name in the data directory; they follow after ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from django.conf import settings

ROWS = Path(__file__).with_name("languages.yaml")
CODE, PREFIX = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"), re.compile(r"/[a-z0-9-]+")


class UnknownLanguage(LookupError):
    """No row in `languages.yaml` has this code."""


class LanguageFault(Exception):
    """A row of the file can't be read. The text names the file and the row, and says what should stand there."""


@dataclass(frozen=True)
class Language:
    """code: BCP 47. prefix: first part of its addresses, "" for Swedish. reviewed: by a native speaker."""

    code: str
    name: str
    dir: Literal["ltr", "rtl"]
    prefix: str
    reviewed: bool

    @property
    def is_rtl(self) -> bool:
        return self.dir == "rtl"


@cache
def languages() -> tuple[Language, ...]:
    """All languages, ours first; the first is the one the others are translated from. Raises LanguageFault."""
    return (*_rows(ROWS), *_rows(settings.LYKTA_DATA / ROWS.name))


def _rows(file: Path) -> Iterator[Language]:
    if not file.exists():
        return
    for number, row in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")) or [], start=1):
        try:
            found = Language(**row)
        except TypeError as odd:
            raise LanguageFault(f"{file}, row {number}: write code, name, dir, prefix and reviewed.") from odd
        known = file == ROWS or (CODE.fullmatch(found.code) and PREFIX.fullmatch(found.prefix))
        if not known or found.dir not in ("ltr", "rtl"):
            raise LanguageFault(f"{file}, row {number}: write for example code: ar, prefix: /ar, dir: rtl.")
        yield found


def language(code: str) -> Language:
    """The row with this code. Raises UnknownLanguage."""
    for row in languages():
        if row.code == code:
            return row
    raise UnknownLanguage(code)


def language_of_path(path: str) -> Language:
    """The language whose prefix begins the address; the first language when none does."""
    for row in languages():
        if row.prefix and (path == row.prefix or path.startswith(row.prefix + "/")):
            return row
    return languages()[0]
