"""Whether a password is strong enough to stand before the keys. Plain values, no network, no list of thousands."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

LEAST_SIGNS = 12
MOST_SIGNS = 200
LEAST_DIFFERENT = 5
LEAST_PART = 4
LEAST_OWN = 6
"""Letters of a name's shortest part that is looked for, and letters that must be left when such parts are taken out."""

_LINES = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split("\n")
COMMON = frozenset(line for line in _LINES if line and not line.startswith("#"))


def password_fault(password: str, *, about: Iterable[str]) -> str | None:
    """Why this password will not do: "short", "long", "blank", "same", "common" or "own"; None where it will.

    about: what anybody who knows her could guess from, as her name and her address. Twelve signs are the least.
    """
    if len(password) < LEAST_SIGNS:
        return "short"
    if len(password) > MOST_SIGNS:
        return "long"
    if "\x00" in password or password != password.strip():
        return "blank"
    letters = _letters(password)
    if len(set(password.lower())) < LEAST_DIFFERENT or _is_row(password.lower()):
        return "same"
    if letters in COMMON or not letters:
        return "common"
    left = letters
    for part in sorted(_parts(about), key=len, reverse=True):
        left = left.replace(part, "")
    return "own" if left != letters and len(left) < LEAST_OWN else None


def _parts(about: Iterable[str]) -> set[str]:
    found = {part for text in about for part in re.split(r"[^a-z]+", _plain(text))}
    return {part for part in found if len(part) >= LEAST_PART}


def _plain(text: str) -> str:
    """Small letters without dots and rings, as people type a name."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _letters(text: str) -> str:
    return "".join(sign for sign in _plain(text) if sign.isalpha())


def _is_row(text: str) -> bool:
    """Signs that only follow on each other, up or down, as 123456789012 or abcdefghijkl."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}
