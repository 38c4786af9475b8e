"""What a page shows of the difference between two editions: each change in words, and for whom it is one. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lykta.catalogue import labels
from lykta.catalogue.changes import Difference
from lykta.catalogue.enums import Outcome, Verdict
from lykta.catalogue.impact import (
    WAYS_IN,
    Moved,
    ServiceImpact,
    days_that_matter,
    impact_on,
    left_without,
    moved_for,
)
from lykta.catalogue.layout import EntryRow
from lykta.catalogue.personas import Tried
from lykta.catalogue.rules import Catalogue, ServiceVerdict
from lykta.catalogue.sentences import thing_of, told_of
from lykta.catalogue.told import SPELT, Told, filled, told

WIDE = 600
"""Units of a whole bar in the drawing."""
BARS = {
    Verdict.OPEN: "bar1",
    Verdict.DECISION: "bar2",
    Verdict.EITHER: "bar2",
    Verdict.ASK: "bar4",
    Verdict.NO: "bar3",
    Verdict.ENDED: "bar3",
}


@dataclass(frozen=True)
class ChangeShown:
    """One changed row: what it is, what happens to it, and texts to look at again."""

    line: UUID
    kind: str
    code: str
    thing: str
    told: tuple[str, ...]
    look_at: str


@dataclass(frozen=True)
class MovedShown:
    """One service's other answer for somebody. way: "opens", "shuts" or "" where the way in stays as it was."""

    service: str
    before: str
    after: str
    way: str
    is_words_only: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PersonShown:
    name: str
    moved: tuple[MovedShown, ...]


@dataclass(frozen=True)
class Segment:
    """A piece of a bar, in its units."""

    x: int
    width: int
    css: str


@dataclass(frozen=True)
class ServiceBars:
    """One service over everybody one can think of, before and after."""

    service: str
    people: int
    moved: int
    shares: tuple[tuple[str, int, int], ...]
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]


@dataclass(frozen=True)
class DayShown:
    """What is otherwise from a day on. shut: services nobody gets into any more; without: who has no way in left."""

    on: date
    is_today: bool
    people: tuple[PersonShown, ...]
    unmoved: tuple[str, ...]
    services: tuple[ServiceBars, ...]
    shut: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def tried(self) -> int:
        """How many invented people the change was tried on."""
        return len(self.people) + len(self.unmoved)


def changes_shown(
    found: Iterable[Difference], names: Mapping[str, str], rows: Iterable[EntryRow] = ()
) -> list[ChangeShown]:
    """Every change in words. rows: the edition after it, whose texts are searched for what they still say."""
    rows = tuple(rows)
    return [
        ChangeShown(one.line, one.kind, one.code, thing_of(one, names), tuple(told_of(one)), _look_at(one, rows))
        for one in found
    ]


def days_shown(
    before: Catalogue, after: Catalogue, found: Iterable[Difference], people: Iterable[Tried], today: date
) -> list[DayShown]:
    """Today and each later day on which something changes, but for days on which nobody gets another answer."""
    people = tuple(people)
    shown = [_day(before, after, people, on, today) for on in days_that_matter(found, today)]
    return [one for one in shown if one.is_today or one.people or one.services]


def _day(before: Catalogue, after: Catalogue, people: tuple[Tried, ...], on: date, today: date) -> DayShown:
    names = {one.code: one.names["sv"] for one in (*before.services, *after.services)}
    moved = {tried.name: [one for one in moved_for(before, after, tried, on) if one.is_other] for tried in people}
    impacts, said = impact_on(before, after, on), told(after, ("sv",), on)
    return DayShown(
        on=on,
        is_today=on == today,
        people=tuple(
            PersonShown(name, tuple(moved_shown(one, names, said) for one in sorted(found, key=_loudest)))
            for name, found in sorted(moved.items(), key=lambda item: min(map(_loudest, item[1]), default=9))
            if found
        ),
        unmoved=tuple(name for name, found in moved.items() if not found),
        services=tuple(_bars(one, names) for one in impacts if one.moved),
        shut=tuple(names[one.code] for one in impacts if one.shuts),
        without=tuple(labels.WHOS[who] for who in left_without(before, after, on)),
    )


def moved_shown(one: Moved, names: Mapping[str, str], said: Told) -> MovedShown:
    """One service's answer before and after, with the reasons that decide it now. said: the values they name."""
    way = {True: "opens", False: "shuts", None: ""}[one.opens]
    return MovedShown(
        names[one.code],
        labels.VERDICTS[one.before.verdict] if one.before else "fanns inte",
        labels.VERDICTS[one.after.verdict] if one.after else "finns inte",
        way,
        not one.is_other_verdict,
        reasons_of(one.after, said) if one.after else (),
    )


def reasons_of(verdict: ServiceVerdict, said: Told) -> tuple[str, ...]:
    """The words that decide the answer: why one asks, why not; else all there is to say."""
    deciding = {Verdict.ASK: Outcome.ASK, Verdict.NO: Outcome.NOT}.get(verdict.verdict)
    found = [filled(one.words["sv"], said, "sv") for one in verdict.reasons if deciding in (None, one.outcome)]
    return tuple(dict.fromkeys(found))


def _loudest(one: Moved) -> int:
    """Shut ways first, then opened ones, other answers, other words."""
    if one.opens is not None:
        return 1 if one.opens else 0
    return 2 if one.is_other_verdict else 3


def _bars(one: ServiceImpact, names: Mapping[str, str]) -> ServiceBars:
    shares = [share for share in one.shares if share.before or share.after]
    return ServiceBars(
        names[one.code],
        one.people,
        one.moved,
        tuple((labels.VERDICTS[share.verdict], share.before, share.after) for share in shares),
        _segments([(share.verdict, share.before) for share in shares], one.people),
        _segments([(share.verdict, share.after) for share in shares], one.people),
    )


def _segments(counts: list[tuple[Verdict, int]], people: int) -> tuple[Segment, ...]:
    found, passed = [], 0
    for verdict, count in sorted(counts, key=lambda item: item[0] not in WAYS_IN):
        start, end = (WIDE * part // people for part in (passed, passed + count))
        passed += count
        if end > start:
            found.append(Segment(start, end - start, BARS[verdict]))
    return tuple(found)


def _look_at(one: Difference, rows: tuple[EntryRow, ...]) -> str:
    """A sentence about texts that may no longer be true: changed in one language only, or naming the old number."""
    changed: dict[tuple[str, ...], set[str]] = {}
    for place, before, _ in one.parts:
        if place[-1] in labels.LANGUAGES:
            changed.setdefault(place[:-1], set()).add(place[-1])
        if place == ("value",) and (left := _still_saying(before, one.code, rows)):
            return f"En text säger fortfarande {before}: ”{left}”. Stämmer den?"
    if any(langs == {"sv"} for langs in changed.values()):
        return "Bara den svenska texten är ändrad. Säger de andra språken samma sak?"
    return ""


def _still_saying(number: int | float, code: str, rows: tuple[EntryRow, ...]) -> str:
    """The words around a number that a text of the service says by itself, in figures or spelt; "" where none does."""
    spelt = SPELT["sv"][int(number) - 2] if 2 <= number < 2 + len(SPELT["sv"]) else str(number)
    figure = re.compile(
        rf"(?<![\w{{.:,-]){re.escape(str(number))}(?![\w.,:}}-]*\w)|\b{re.escape(spelt)}\b", re.IGNORECASE
    )
    for row in rows:
        if code and code in (row.parent, row.ref) and row.kind in ("services", "rules"):
            for text in _texts(row.body):
                if found := figure.search(text):
                    start, end = max(0, found.start() - AROUND), found.end() + AROUND
                    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
    return ""


AROUND = 24
"""Signs shown on each side of a number that a text still says."""


def _texts(value: Any) -> Iterator[str]:
    """Every Swedish text in a row."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == "sv" and isinstance(item, str):
                yield item
            elif key not in ("slug", "source"):
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
