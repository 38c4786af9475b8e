"""How the log is asked: filters, the days they mean in each chain, and the place where a page ends."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID

from lykta.core.worded import Worded

READ_ANEW_SECONDS = 30 * 60
"""The same filter opened again within this time is the same reading of the log, and no new event."""


class Only(Worded):
    """A narrower list. The two last have an index of their own."""

    ALL = "", "allt"
    READINGS = "lasningar", "läsningar"
    REASONED = "skal", "sådant som krävde ett skäl eller fick ett märke"
    REFUSED = "nekat", "det som nekades"


@dataclass(frozen=True)
class Filter:
    """What is asked for. Days are whole, both included; an empty field asks for everything."""

    member: UUID | None = None
    act: str = ""
    object: UUID | None = None
    since: date | None = None
    until: date | None = None
    chain: str = ""
    only: Only = Only.ALL

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the fields that ask for something."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))

    @property
    def key(self) -> str:
        """The filter as one text: two that ask for the same have the same."""
        return " ".join(f"{name}={getattr(self, name)}" for name in self.used)


@dataclass(frozen=True, order=True)
class Cursor:
    """The last event of a page. The next page begins after it, however many there are in all."""

    at: datetime
    seq: int
    chain: str

    def __str__(self) -> str:
        return f"{self.at:%Y%m%d%H%M}.{self.seq}.{self.chain}"


def cursor_of(text: str) -> Cursor | None:
    """The cursor in an address; None for anything that is none, which means the first page."""
    try:
        at, seq, chain = text.split(".")
        if len(at) != 12 or not (at + seq).isascii() or not chain.isalpha() or len(chain) > 8 or len(seq) > 18:
            return None
        return Cursor(datetime.strptime(at, "%Y%m%d%H%M").replace(tzinfo=UTC), int(seq), chain)
    except ValueError:
        return None


@dataclass(frozen=True)
class Bounds:
    """Half-open times: for chains that write minutes, and for those that write days. None: no bound."""

    since: datetime | None
    until: datetime | None


def bounds(since: date | None, until: date | None, *, zone: tzinfo) -> Bounds:
    """From the beginning of `since` to the end of `until`, in `zone`: Swedish days for minutes, UTC for bare days.

    A bare day is written as its midnight in UTC, so a Swedish midnight would put it in the day before.
    """
    return Bounds(
        datetime.combine(since, time.min, zone) if since else None,
        datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
    )


def is_new_reading(opened: Mapping[str, float], key: str, *, now: float) -> bool:
    """Whether opening this filter is a reading of its own: first time in the session, or more than half an hour ago.

    opened: filter to epoch seconds. At exactly READ_ANEW_SECONDS it is still the same reading.
    """
    return key not in opened or now - opened[key] > READ_ANEW_SECONDS
