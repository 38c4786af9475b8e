"""What a page shows of the difference between two editions: each change in words, and for whom it is one. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
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
from lykta.catalogue.personas import Tried
from lykta.catalogue.rules import Catalogue, ServiceVerdict
from lykta.catalogue.sentences import thing_of, told_of

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


def changes_shown(found: Iterable[Difference], names: Mapping[str, str]) -> list[ChangeShown]:
    """Every change in words."""
    return [
        ChangeShown(one.line, one.kind, one.code, thing_of(one, names), tuple(told_of(one)), _look_at(one))
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
    impacts = impact_on(before, after, on)
    return DayShown(
        on=on,
        is_today=on == today,
        people=tuple(
            PersonShown(name, tuple(moved_shown(one, names) for one in sorted(found, key=_loudest)))
            for name, found in sorted(moved.items(), key=lambda item: min(map(_loudest, item[1]), default=9))
            if found
        ),
        unmoved=tuple(name for name, found in moved.items() if not found),
        services=tuple(_bars(one, names) for one in impacts if one.moved),
        shut=tuple(names[one.code] for one in impacts if one.shuts),
        without=tuple(labels.WHOS[who] for who in left_without(before, after, on)),
    )


def moved_shown(one: Moved, names: Mapping[str, str]) -> MovedShown:
    """One service's answer before and after, with the reasons that decide it now."""
    way = {True: "opens", False: "shuts", None: ""}[one.opens]
    return MovedShown(
        names[one.code],
        labels.VERDICTS[one.before.verdict] if one.before else "fanns inte",
        labels.VERDICTS[one.after.verdict] if one.after else "finns inte",
        way,
        not one.is_other_verdict,
        reasons_of(one.after) if one.after else (),
    )


def reasons_of(verdict: ServiceVerdict) -> tuple[str, ...]:
    """The words that decide the answer: why one asks, why not; else all there is to say."""
    deciding = {Verdict.ASK: Outcome.ASK, Verdict.NO: Outcome.NOT}.get(verdict.verdict)
    found = [one.words["sv"] for one in verdict.reasons if deciding in (None, one.outcome)]
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


def _look_at(one: Difference) -> str:
    """A sentence where a text was changed in one language and not in the others."""
    changed: dict[tuple[str, ...], set[str]] = {}
    for place, _, _ in one.parts:
        if place[-1] in labels.LANGUAGES:
            changed.setdefault(place[:-1], set()).add(place[-1])
    if any(langs == {"sv"} for langs in changed.values()):
        return "Bara den svenska texten är ändrad. Säger de andra språken samma sak?"
    return ""
