"""When the centre is open: spans of a day, a week, what differs, and how a person types it. Plain values, no clock."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

DAY_MINUTES = 24 * 60
WEEKDAYS = 7
MOST_SPANS = 4

_TIME = r"(\d{1,2})(?:[.:](\d{2}))?"
_SPAN = re.compile(rf"{_TIME}\s*(?:-|–|—|till)\s*{_TIME}")
_BETWEEN = re.compile(r"[\s,;&+]|\boch\b|\bkl\b\.?")
_SHUT = {"", "stängt", "stangt", "-", "–"}


class HoursFault(ValueError):
    """What was typed is no opening hours. `code`: "signs", "clock", "backwards", "overlap" or "many"; `at`: where."""

    def __init__(self, code: str, at: str = "") -> None:
        self.code, self.at = code, at
        super().__init__(f"{code} {at}".strip())


@dataclass(frozen=True, order=True)
class Span:
    """From one minute of the day to another, half-open: 480 to 960 is open at 8 and not any longer at 16."""

    opens: int
    closes: int

    def __str__(self) -> str:
        """`8–16.30`."""
        return f"{clock_said(self.opens)}–{clock_said(self.closes)}"


type Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Exceptional:
    """Days when other hours hold, half-open: until_on is the first day with ordinary hours again. No spans: shut."""

    from_on: date
    until_on: date
    spans: Spans = ()
    why: str = ""


@dataclass(frozen=True)
class Coming:
    """One thing that will differ. last_on: its last day. name: of a holiday, else empty."""

    from_on: date
    last_on: date
    spans: Spans
    name: str = ""


def clock_said(minute: int) -> str:
    """`8`, `16.30`; midnight at the end of the day is `24`."""
    hours, minutes = divmod(minute, 60)
    return f"{hours}.{minutes:02}" if minutes else str(hours)


def said(spans: Spans) -> str:
    """`8–12, 13–16`; empty where it is shut."""
    return ", ".join(map(str, spans))


def spans_of(typed: str) -> Spans:
    """What was typed for one day, in order: `8–16`, `8-12, 13.30-16`; nothing, or `stängt`, is shut.

    Spans may meet (8–12, 12–16) but not overlap. Raises HoursFault.
    """
    text = " ".join(typed.lower().split())
    if text in _SHUT:
        return ()
    if _BETWEEN.sub("", _SPAN.sub("", text)):
        raise HoursFault("signs", text)
    found = [_span(*match.groups()) for match in _SPAN.finditer(text)]
    if not found:
        raise HoursFault("signs", text)
    if len(found) > MOST_SPANS:
        raise HoursFault("many", text)
    for before, after in pairwise(sorted(found)):
        if before.closes > after.opens:
            raise HoursFault("overlap", f"{before} och {after}")
    return tuple(sorted(found))


def _span(opens: str, opens_at: str | None, closes: str, closes_at: str | None) -> Span:
    span = Span(_minute(opens, opens_at), _minute(closes, closes_at))
    if span.opens >= span.closes:
        raise HoursFault("backwards", str(span))
    return span


def _minute(hours: str, minutes: str | None) -> int:
    minute = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or minute > DAY_MINUTES:
        raise HoursFault("clock", f"{hours}.{minutes}" if minutes else hours)
    return minute


def overlapping(exceptions: Sequence[Exceptional]) -> tuple[Exceptional, Exceptional] | None:
    """The first two exceptions that claim the same day; None where all keep apart."""
    for before, after in pairwise(sorted(exceptions, key=lambda one: one.from_on)):
        if before.until_on > after.from_on:
            return before, after
    return None


def spans_on(
    on: date, *, week: Mapping[int, Spans], exceptions: Sequence[Exceptional], holidays: Mapping[date, str]
) -> Spans:
    """The hours of one day. An exception goes before a holiday, and a holiday before the week.

    week: weekday (0 is Monday) -> spans. holidays: days the centre is shut, by name.
    """
    for one in exceptions:
        if one.from_on <= on < one.until_on:
            return one.spans
    return () if on in holidays else week.get(on.weekday(), ())


def coming(
    *,
    week: Mapping[int, Spans],
    exceptions: Sequence[Exceptional],
    holidays: Mapping[date, str],
    on: date,
    days: int,
) -> list[Coming]:
    """What differs from the week during `days` days from `on`, in order. Days off that would be shut anyway are not
    told; an exception that has begun is told from its first day.
    """
    last = on + timedelta(days=days)
    found = [
        Coming(one.from_on, one.until_on - timedelta(days=1), one.spans)
        for one in exceptions
        if one.until_on > on and one.from_on < last
    ]
    claimed = [(one.from_on, one.until_on) for one in exceptions]
    for day in _days(on, last):
        if day in holidays and week.get(day.weekday()) and not any(start <= day < end for start, end in claimed):
            found.append(Coming(day, day, (), holidays[day]))
    return sorted(found, key=lambda one: one.from_on)


def _days(first: date, end: date) -> Iterator[date]:
    yield from (first + timedelta(days=n) for n in range((end - first).days))
