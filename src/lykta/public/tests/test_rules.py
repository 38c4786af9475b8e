"""When a translation is old, how a text stands, and what times can be set."""

from datetime import datetime, timedelta

import pytest

from lykta.core.clock import STOCKHOLM
from lykta.public.enums import Standing
from lykta.public.rules import Step, TimeFault, due_at, must_be_read, outdated_since, standing

DAYS = [datetime(2026, 11, day, tzinfo=STOCKHOLM) for day in range(1, 6)]
STEPS = [
    Step(1, DAYS[0], False),
    Step(2, DAYS[1], True),  # a comma
    Step(3, DAYS[2], False),
    Step(4, DAYS[3], False),
    Step(5, DAYS[4], True),
]


@pytest.mark.parametrize(
    ("source", "upto", "since"),
    [
        (None, 1, DAYS[0]),  # never compared
        (1, 1, None),
        (1, 2, None),  # only a comma since
        (1, 3, DAYS[2]),
        (2, 3, DAYS[2]),
        (2, 4, DAYS[2]),  # told from the first change, not the last
        (3, 4, DAYS[3]),
        (3, 3, None),
        (4, 5, None),
        (5, 5, None),
        (1, None, None),  # the Swedish text is not ready at all
        (5, 3, None),  # back to an earlier one that is a new version elsewhere; nothing later counts
    ],
)
def test_a_translation_is_old_from_the_first_change_of_meaning_after_it_was_compared(
    source: int | None, upto: int | None, since: datetime | None
) -> None:
    assert outdated_since(source, STEPS, upto=upto) == since


@pytest.mark.parametrize(
    ("ready", "latest", "outdated", "found"),
    [
        (None, 0, False, Standing.MISSING),
        (None, 1, False, Standing.DRAFT),
        (None, 1, True, Standing.DRAFT),
        (1, 1, False, Standing.CURRENT),
        (1, 2, False, Standing.CURRENT),
        (1, 2, True, Standing.OUTDATED),
    ],
)
def test_a_text_stands_in_one_way(ready: int | None, latest: int, outdated: bool, found: Standing) -> None:
    assert standing(ready=ready, latest=latest, outdated=outdated) == found


@pytest.mark.parametrize(
    ("reviewed", "read", "shown", "marked"),
    [
        (True, None, 1, False),
        (False, None, 1, True),
        (False, 1, 1, False),
        (False, 1, 2, True),  # her statement was about other words
        (False, None, None, True),
    ],
)
def test_the_mark_goes_only_for_the_words_a_native_speaker_has_read(
    reviewed: bool, read: int | None, shown: int | None, marked: bool
) -> None:
    assert must_be_read(reviewed_language=reviewed, read=read, shown=shown) is marked


NOW = datetime(2026, 11, 23, 9, 0, tzinfo=STOCKHOLM)


def wall(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  # as a clock on the wall shows it


@pytest.mark.parametrize(
    ("time", "why"),
    [
        (wall(2026, 11, 23, 9, 0), "redan varit"),
        (wall(2026, 11, 23, 8, 59), "redan varit"),
        (wall(2027, 3, 28, 2, 30), "finns inte"),  # the clock goes from 2 to 3
        (wall(2027, 11, 25, 9, 1), "mer än ett år"),
    ],
)
def test_a_time_that_can_not_be_is_refused_with_a_reason(time: datetime, why: str) -> None:
    with pytest.raises(TimeFault, match=why):
        due_at(time, now=NOW, zone=STOCKHOLM)


@pytest.mark.parametrize("time", [wall(2026, 11, 23, 9, 1), wall(2027, 3, 28, 3, 0), wall(2027, 11, 24, 9, 0)])
def test_a_time_that_can_be_is_that_moment_on_a_swedish_clock(time: datetime) -> None:
    assert due_at(time, now=NOW, zone=STOCKHOLM).replace(tzinfo=None) == time


def test_of_an_hour_that_stands_twice_the_first_is_meant() -> None:
    found = due_at(wall(2027, 10, 31, 2, 30), now=NOW, zone=STOCKHOLM)
    assert found.utcoffset() == timedelta(hours=2)
