"""What the centre has published besides its pages: words of its own, and the values that words name.

A text says `{limit:dialogue_keep_days}`, `{hours:kvinnofrid}` or `{fact:cost}` and never the number itself; the value
stands in one place (the catalogue, or a fact) and is put in here. What was published lies as a file beside the pages,
so that the dialogue says the same as they do, also while the database is down.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from lykta.core.published import VOICE, pointed

NAMED = re.compile(r"\{([a-z]+):([\w.-]+)\}")
LOOK_EVERY = 1.0  # seconds

type Tree = Mapping[str, Any]
type Values = Mapping[str, tuple[str, str]]  # "limit:reply_keep_days" -> the words, and the language they are in


@dataclass(frozen=True)
class Number:
    """A telephone number: as it stands on screen, and what is dialled."""

    number: str
    tel: str


@dataclass(frozen=True, eq=False)
class Voice:
    """words: language -> room -> what is said there in place of the program's own words. values: by language."""

    words: Mapping[str, Mapping[str, Tree]] = field(default_factory=dict)
    values: Mapping[str, Values] = field(default_factory=dict)
    phones: Mapping[str, Number] = field(default_factory=dict)

    def says(self, lang: str, text: str) -> str:
        """The text with its values put in. Telephone numbers, and what nobody knows, are left as they are written."""
        values = self.values.get(lang, {})
        return NAMED.sub(lambda found: values.get(f"{found[1]}:{found[2]}", (found[0],))[0], text)

    def as_json(self) -> bytes:
        """As it lies beside the pages; the same voice gives the same bytes."""
        phones = {name: [one.number, one.tel] for name, one in self.phones.items()}
        held = {"words": self.words, "values": self.values, "phones": phones}
        return json.dumps(held, ensure_ascii=False, sort_keys=True).encode()


def from_json(written: bytes) -> Voice:
    """The reverse of as_json. Raises ValueError, KeyError, TypeError."""
    held = json.loads(written)
    values = {lang: {name: (said, code) for name, (said, code) in v.items()} for lang, v in held["values"].items()}
    return Voice(held["words"], values, {name: Number(*one) for name, one in held["phones"].items()})


_spoken: ContextVar[Voice | None] = ContextVar("voice", default=None)
_before_publishing: list[Callable[[], Voice]] = [Voice]


def voice() -> Voice:
    """The one that is being published just now, else the published one, else the program's own."""
    return _spoken.get() or _published().voice() or _own()


@contextmanager
def speaking(one: Voice) -> Iterator[None]:
    """Whatever is rendered inside says what this voice says."""
    token = _spoken.set(one)
    try:
        yield
    finally:
        _spoken.reset(token)


def own_voice(make: Callable[[], Voice]) -> None:
    """Tell how the program's own voice is made: it is asked for once, and only where nothing is published."""
    _before_publishing[:] = [make]
    _own.cache_clear()


@cache
def _own() -> Voice:
    return _before_publishing[0]()


class _Published:
    """The voice beside the pages that are shown, read anew when another version is."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._looked_at, self._version = folder, float("-inf"), ""
        self._voice: Voice | None = None

    def voice(self) -> Voice | None:
        """What cannot be read changes nothing."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_EVERY:
            self._looked_at = now
            version, _ = pointed(self._folder)
            if version and version != self._version:
                self._take(version)
        return self._voice

    def _take(self, version: str) -> None:
        try:
            self._voice = from_json((self._folder / version / VOICE).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return
        self._version = version


@cache
def _published() -> _Published:
    return _Published(settings.LYKTA_DATA / "published")
