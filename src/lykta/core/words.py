"""All words on screen, gathered from every room's `texts/<language>.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

HOUSE = Path(__file__).resolve().parent.parent


@cache
def words(lang: str) -> dict[str, Any]:
    """{room: its words}. A room without a file in this language is left out; templates get this as `w`."""
    return {
        path.parent.parent.name: yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for path in sorted(HOUSE.glob(f"*/texts/{lang}.yaml"))
    }


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
