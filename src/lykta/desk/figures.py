"""The drawing of the waiting: a column for each number of days, a mark for each dialogue. Plain values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass

LAST_DAY = 7
MOST_MARKS = 6
STEP, FLOOR, LEFT, RADIUS = 44, 112, 26, 6
RISE = 16


@dataclass(frozen=True)
class Mark:
    """One dialogue in the drawing. kind: the class that colours it."""

    x: int
    y: int
    kind: str


@dataclass(frozen=True)
class Column:
    """All dialogues that have waited equally long. more: how many there was no room to draw."""

    label: str
    x: int
    count: int
    late: int
    marks: tuple[Mark, ...]
    more: int
    top: int


def waiting_columns(waits: Sequence[tuple[int, bool]]) -> list[Column]:
    """Columns from today to the longest wait, at most LAST_DAY, where everything longer stands too.

    waits: days waited and whether it is late, one for each dialogue. Empty where nothing waits.
    """
    if not waits:
        return []
    last = min(max(days for days, _ in waits), LAST_DAY)
    return [_column(day, [late for days, late in waits if min(days, LAST_DAY) == day]) for day in range(last + 1)]


def _column(day: int, lates: list[bool]) -> Column:
    x = LEFT + day * STEP
    drawn = sorted(lates, reverse=True)[:MOST_MARKS]
    marks = tuple(Mark(x, FLOOR - 12 - row * RISE, "late" if late else "on-time") for row, late in enumerate(drawn))
    label = "i dag" if day == 0 else f"{day}" if day < LAST_DAY else f"{LAST_DAY}+"
    return Column(label, x, len(lates), sum(lates), marks, len(lates) - len(drawn), FLOOR - 12 - len(drawn) * RISE)
