"""All words on screen: every room's `texts/<language>.yaml`, and what the centre says in their place."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from lykta.core.voice import Voice, voice

try:
    from yaml import CSafeLoader as SafeLoader  # the same rules, ten times as fast
except ImportError:  # PyYAML built without its C part
    from yaml import SafeLoader  # type: ignore[assignment]

HOUSE = Path(__file__).resolve().parent.parent
BRIDGE = "en"  # said where a language has no words of its own: more of those who read it know English than Swedish


def read_yaml(path: Path) -> Any:
    """What a file of ours holds."""
    return yaml.load(path.read_text(encoding="utf-8"), SafeLoader)


@cache
def written(lang: str) -> dict[str, Any]:
    """{room: its words} as they came with the program; a room without a file in this language is left out."""
    return {path.parent.parent.name: read_yaml(path) or {} for path in sorted(HOUSE.glob(f"*/texts/{lang}.yaml"))}


def words(lang: str) -> dict[str, Any]:
    """{room: its words}, whole in every language, with their values put in; templates get this as `w`."""
    return _spoken(lang, voice())


def speaks(lang: str, room: str) -> bool:
    """Whether the room has words of its own in this language, and need not borrow."""
    return room in written(lang) or room in voice().words.get(lang, {})


@lru_cache(maxsize=64)
def _spoken(lang: str, one: Voice) -> dict[str, Any]:
    borrowed = {} if lang == "sv" else written(BRIDGE)
    found = laid_over(laid_over(borrowed, written(lang)), one.words.get(lang, {}))
    said: dict[str, Any] = _said(found, lang, one)
    return said


def laid_over(below: Any, above: Any) -> Any:
    """The lower tree, with every leaf of the upper one in its place. Lists are taken whole."""
    if not isinstance(below, Mapping) or not isinstance(above, Mapping):
        return above
    return {**below, **{key: laid_over(below.get(key), part) for key, part in above.items()}}


def _said(part: Any, lang: str, one: Voice) -> Any:
    if isinstance(part, Mapping):
        return {key: _said(value, lang, one) for key, value in part.items()}
    if isinstance(part, list):
        return [_said(value, lang, one) for value in part]
    return one.says(lang, part) if isinstance(part, str) else part


def leaves(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a tree with its place in it, as `entry.facts.0.term`."""
    rows = part.items() if isinstance(part, Mapping) else enumerate(part) if isinstance(part, list) else ()
    if isinstance(part, str):
        yield path, part
    for key, value in rows:
        yield from leaves(value, f"{path}.{key}" if path else str(key))


def said_day(lang: str, written: str) -> str:
    """`2026-11-23` as it is said in the language; `2026-11` and `2022` only as far as they go."""
    dates = words(lang)["core"]
    year, *rest = written.split("-")
    if not rest:
        return year
    month = dates["months"][int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    return str(dates["dates"]["full"]).format(day=int(rest[1]), month=month, year=year)
