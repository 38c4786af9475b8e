"""The call log, drawn: a column for each day, a piece for each channel. Plain values in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

STEP, FLOOR, LEFT, WIDTH = 44, 112, 26, 26
TALLEST = 84
MOST_STEP = 14
"""Height of one call where there are few."""


@dataclass(frozen=True)
class Piece:
    """The calls of one day through one channel. look: the place of the channel, for its colour."""

    y: int
    height: int
    look: int


@dataclass(frozen=True)
class Day:
    """One day: its calls by channel, in the channels' order, and what is drawn of them. top: of the column."""

    on: date
    x: int
    counts: tuple[int, ...]
    pieces: tuple[Piece, ...]
    top: int

    @property
    def total(self) -> int:
        """All calls of the day."""
        return sum(self.counts)

    @property
    def label(self) -> int:
        """Where the number above the column stands."""
        return self.top - 5


def columns(days: Sequence[date], channels: Sequence[str], counts: Mapping[tuple[date, str], int]) -> list[Day]:
    """The days as columns from a common floor, all to one scale. counts: (day, channel) -> calls; others are none."""
    each = {on: tuple(counts.get((on, channel), 0) for channel in channels) for on in days}
    most = max((sum(found) for found in each.values()), default=0)
    scale = min(MOST_STEP, TALLEST / most) if most else 0
    return [_day(on, LEFT + at * STEP, each[on], scale) for at, on in enumerate(days)]


def _day(on: date, x: int, counts: tuple[int, ...], scale: float) -> Day:
    """One column. Edges are rounded, not heights, so that pieces meet and the whole is as tall as its sum."""
    edges = [FLOOR - round(sum(counts[: at + 1]) * scale) for at in range(len(counts))]
    lower = [FLOOR, *edges]
    pieces = [
        Piece(top, below - top, at) for at, (below, top) in enumerate(zip(lower, edges, strict=False)) if top < below
    ]
    return Day(on, x, counts, tuple(pieces), lower[-1])
