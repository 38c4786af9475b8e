"""The languages of the public pages: one row each in `languages.yaml`, no code per language."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

ROWS = Path(__file__).with_name("languages.yaml")


class UnknownLanguage(LookupError):
    """No row in `languages.yaml` has this code."""


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
    """All languages in the order of the file; the first is the one the others are translated from."""
    rows = yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    return tuple(Language(**row) for row in rows)


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
