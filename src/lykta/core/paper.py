"""A paper of the house: words set as a tagged PDF that a screen reader can read (PDF/UA-1), in memory alone.

Words go in as values, never as markup, so nothing that somebody has written can lead the setting. The fonts come with
Typst itself and are embedded, so that a paper looks the same on every machine.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any

import typst

MOST_STRANGE = 100
"""Different signs without a shape in our fonts that a paper can name instead; more is no text."""
_UNSHOWN = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class NotSet(Exception):
    """The paper could not be set. Bears no word of it."""


@dataclass(frozen=True)
class Paper:
    """A title and its parts, in order. over: a line above the title. at: the moment it says it was made."""

    title: str
    author: str
    at: datetime
    over: str = ""
    lang: str = "sv"
    parts: list[dict[str, Any]] = field(default_factory=list, repr=False)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading. The first is of level 1, and none is skipped."""
        self.parts.append({"kind": "heading", "level": level, "text": text})

    def words(self, text: str) -> None:
        """Paragraphs, parted by empty lines; nothing where there are no words."""
        if text.strip():
            self.parts.append({"kind": "words", "text": text.strip()})

    def rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and what is said of them; those of which nothing is said are left out."""
        said = [row for row in rows if row[1].strip()]
        if said:
            self.parts.append({"kind": "rows", "rows": said})

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int]) -> None:
        """A table with one row of headings."""
        self.parts.append({"kind": "table", "head": head, "rows": rows, "widths": widths})


def as_pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF with its language and title.

    A sign without a shape in our fonts stands as its number, `[U+1F600]`, so that no word is ever the reason why
    something can't be said. Raises NotSet where the paper can't be set at all.
    """
    told = {name: _plain(getattr(paper, name)) for name in ("title", "author", "over", "lang", "parts")}
    source = (files("lykta.core") / "typst" / "paper.typ").read_bytes()
    for _ in range(MOST_STRANGE):
        try:
            made = typst.compile(
                source,
                sys_inputs={"paper": json.dumps(told, ensure_ascii=False)},
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
                timestamp=paper.at.replace(microsecond=0),
            )
        except typst.TypstError as why:
            strange = _strange(str(why))
            if not strange:
                raise NotSet from None  # the error could quote the words
            told = {name: _named(value, strange) for name, value in told.items()}
        else:
            assert isinstance(made, bytes)
            return made
    raise NotSet


def _plain(value: Any) -> Any:
    """Without signs that steer a machine and have no shape."""
    return _each(value, lambda text: "".join(s for s in text.replace("\r\n", "\n") if s == "\n" or _has_shape(s)))


def _has_shape(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs")


def _strange(told: str) -> str:
    """The signs that Typst says it has no shape for, "" where it complains of something else."""
    found = _UNSHOWN.search(told)
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    return "".join(s for s in text if not s.isascii())


def _named(value: Any, strange: str) -> Any:
    """The same with each strange sign as its number."""
    return _each(value, lambda text: "".join(f"[U+{ord(s):04X}]" if s in strange else s for s in text))


def _each(value: Any, change: Any) -> Any:
    """Every text in a nest of lists and mappings, changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each(one, change) for name, one in value.items()}
    return [_each(one, change) for one in value] if isinstance(value, list | tuple) else value
