"""The dated list of grounds, read once from its file."""

from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from lykta.cases.enums import Agency
from lykta.cases.sharing_rules import Ground


@cache
def all_grounds() -> tuple[Ground, ...]:
    """Every ground there is or was. Raises ValueError where the file names an agency there is not."""
    rows = yaml.safe_load((files("lykta.cases") / "data" / "grounds.yaml").read_text(encoding="utf-8"))["grounds"]
    return tuple(
        Ground(
            code=row["code"],
            law=row["law"],
            text=row["text"],
            duty=row.get("duty", False),
            to=tuple(Agency(one) for one in row.get("to", ())),
            begins=_day(row.get("from")),
            ends=_day(row.get("until")),
        )
        for row in rows
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def ground_of(code: str) -> Ground | None:
    """The ground with a code; None where there is none."""
    return next((ground for ground in all_grounds() if ground.code == code), None)
