"""What stands out in a day's log, with both sides of every edge."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from lykta.core import clock
from lykta.desk.log.enums import Kind
from lykta.desk.log.patterns import MANY_THINGS, SAMPLE_SIZE, Deed, Finding, drawn, findings, night_of

MAJA, TOMAS = UUID(int=1), UUID(int=2)
DAY = date(2026, 3, 4)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.STOCKHOLM)


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        ("2026-03-04 21:59", None),
        ("2026-03-04 22:00", date(2026, 3, 4)),
        ("2026-03-05 00:00", date(2026, 3, 4)),
        ("2026-03-05 05:59", date(2026, 3, 4)),
        ("2026-03-05 06:00", None),
    ],
)
def test_a_night_belongs_to_its_evening(moment, night):
    assert night_of(at(moment)) == night


def reading(moment: str, seq: int = 1, thing: int = 1, member: UUID = MAJA) -> Deed:
    return Deed(at(moment), seq, member, UUID(int=thing), reading=True)


def refusals(*moments: str) -> list[Deed]:
    return [Deed(at(f"2026-03-04 {m}"), n, MAJA, refused=True) for n, m in enumerate(moments, 1)]


@pytest.mark.parametrize(
    ("deeds", "found"),
    [
        ([], []),
        ([reading("2026-03-04 12:00")], []),
        ([reading("2026-03-04 22:00", 7)], [Finding(Kind.NIGHT, MAJA, DAY, 7, 1)]),
        (
            [reading("2026-03-04 23:00", 7), reading("2026-03-05 02:00", 9, thing=2), reading("2026-03-05 03:00", 10)],
            [Finding(Kind.NIGHT, MAJA, DAY, 7, 2)],
        ),
        ([reading("2026-03-04 03:00")], []),  # the night before's
        ([reading("2026-03-05 22:00")], []),  # the next one's
        ([Deed(at("2026-03-04 23:00"), 1, MAJA)], []),  # at night, but no words
        (refusals("09:00", "09:10", "09:20", "09:30"), []),
        (refusals("09:00", "09:10", "09:20", "09:30", "10:00"), [Finding(Kind.REFUSED, MAJA, DAY, 1, 1)]),
        (refusals("09:00", "09:10", "09:20", "09:30", "10:01"), []),
        (refusals("07:00", "09:00", "09:10", "09:20", "09:30", "10:00"), [Finding(Kind.REFUSED, MAJA, DAY, 2, 1)]),
        ([reading("2026-03-04 12:00", n, thing=n) for n in range(1, MANY_THINGS)], []),
        (
            [reading("2026-03-04 12:00", n, thing=n) for n in range(1, MANY_THINGS + 1)],
            [Finding(Kind.MANY, MAJA, DAY, 1, MANY_THINGS)],
        ),
        ([reading("2026-03-04 12:00", n, thing=1) for n in range(1, 90)], []),  # the same one, many times
        ([reading("2026-03-04 12:00", n, n, member=UUID(int=n % 2 + 1)) for n in range(1, MANY_THINGS + 9)], []),
    ],
)
def test_what_stands_out_in_a_day(deeds, found):
    shown = [
        f if f.kind != Kind.REFUSED else Finding(f.kind, f.member, f.on, f.seq, 1) for f in findings(deeds, on=DAY)
    ]
    assert shown == found


def test_each_member_is_looked_at_by_herself():
    deeds = [reading("2026-03-04 23:00", 1), reading("2026-03-04 23:01", 2, member=TOMAS)]
    assert [f.member for f in findings(deeds, on=DAY)] == [MAJA, TOMAS]


@pytest.mark.parametrize(("how_many", "drawn_of_them"), [(0, 0), (1, 1), (SAMPLE_SIZE, 20), (SAMPLE_SIZE + 30, 20)])
def test_a_month_is_drawn_from_its_own_readings(how_many, drawn_of_them):
    start = at("2026-03-01 00:00")
    deeds = [Deed(start + timedelta(minutes=n), n, MAJA, UUID(int=n), reading=True) for n in range(1, how_many + 1)]
    others = [reading("2026-02-28 23:59", 900), reading("2026-04-01 00:00", 901), Deed(start, 902, MAJA)]
    found = drawn(deeds + others, month=date(2026, 3, 1), chance=Random(4))
    assert len({f.seq for f in found}) == len(found) == drawn_of_them
    assert all(f.seq < 900 and f.object == UUID(int=f.seq) for f in found)


def test_every_reading_can_be_drawn():
    deeds = [reading("2026-03-02 12:00", n, thing=n) for n in range(1, 41)]
    seen = {f.seq for dice in range(60) for f in drawn(deeds, month=date(2026, 3, 1), chance=Random(dice))}
    assert seen == set(range(1, 41))
