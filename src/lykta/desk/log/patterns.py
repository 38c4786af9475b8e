"""What stands out in a day's log, and what is drawn for the monthly sample. Plain values in, findings out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from lykta.desk.log.enums import Kind

NIGHT_FROM, NIGHT_UNTIL = time(22), time(6)
"""Readings from 22:00 up to, not including, 06:00 Swedish time are at night; they belong to the evening's day."""
MANY_THINGS = 30
"""Different dialogues or files opened in one day by one member, from which it is many."""
REFUSALS_IN_A_ROW, ROW_MINUTES = 5, 60
"""Refusals of one member within this many minutes, from which somebody is trying doors."""
SAMPLE_SIZE = 20
"""Readings drawn for each month (design, section 7; SoLPuL 10 §: systematic and recurring checks)."""


@dataclass(frozen=True, order=True)
class Deed:
    """One event of the staff's chain. at: Swedish time, to the minute. reading: words of somebody were opened."""

    at: datetime
    seq: int
    member: UUID
    object: UUID | None = None
    reading: bool = False
    refused: bool = False


@dataclass(frozen=True)
class Finding:
    """Something to review. seq: the first event it is about; count: how many."""

    kind: Kind
    member: UUID
    on: date
    seq: int
    count: int
    object: UUID | None = None


def night_of(at: datetime) -> date | None:
    """The evening's day of a night that a moment lies in; None in the daytime."""
    if at.time() >= NIGHT_FROM:
        return at.date()
    return at.date() - timedelta(days=1) if at.time() < NIGHT_UNTIL else None


def findings(deeds: Iterable[Deed], *, on: date) -> list[Finding]:
    """What stands out on a day and in the night after it, for each member, the most serious kind first.

    deeds: of that day and of the next up to six in the morning; others are left out.
    """
    by_member: dict[UUID, list[Deed]] = defaultdict(list)
    for deed in sorted(deeds):
        by_member[deed.member].append(deed)
    found = []
    for member, hers in sorted(by_member.items()):
        found += _refused(member, [d for d in hers if d.refused and d.at.date() == on], on)
        found += _counted(Kind.NIGHT, member, [d for d in hers if d.reading and night_of(d.at) == on], on)
        days = [d for d in hers if d.reading and d.at.date() == on]
        if len({d.object for d in days}) >= MANY_THINGS:
            found += _counted(Kind.MANY, member, days, on)
    return found


def _counted(kind: Kind, member: UUID, deeds: Sequence[Deed], on: date) -> list[Finding]:
    return [Finding(kind, member, on, deeds[0].seq, len({d.object for d in deeds}))] if deeds else []


def _refused(member: UUID, refused: Sequence[Deed], on: date) -> list[Finding]:
    """Whether as many refusals as make a row ever lie within the minutes, both ends included."""
    width = timedelta(minutes=ROW_MINUTES)
    for first, last in zip(refused, refused[REFUSALS_IN_A_ROW - 1 :], strict=False):
        if last.at - first.at <= width:
            return [Finding(Kind.REFUSED, member, on, first.seq, len(refused))]
    return []


def drawn(deeds: Sequence[Deed], *, month: date, chance: Random) -> list[Finding]:
    """A month's sample: SAMPLE_SIZE of its readings, each as likely; all of them where there are fewer.

    month: its first day. chance: whose dice; SystemRandom where nobody may foresee them.
    """
    within = sorted(d for d in deeds if d.reading and d.at.date().replace(day=1) == month)
    some = chance.sample(within, min(SAMPLE_SIZE, len(within)))
    return [Finding(Kind.SAMPLE, d.member, d.at.date(), d.seq, 1, d.object) for d in sorted(some)]
