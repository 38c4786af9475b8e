"""How long a session holds, and a permission to come in again."""

from datetime import UTC, datetime, timedelta

import pytest

from lykta.people.rules import (
    IDLE_SECONDS,
    READMISSION_DAYS,
    SHOWN_SECONDS,
    WHOLE_SECONDS,
    is_over,
    readmission_lapsed,
    was_shown_lately,
)


@pytest.mark.parametrize(
    ("since", "seen", "now", "over"),
    [
        (0, 0, IDLE_SECONDS, False),
        (0, 0, IDLE_SECONDS + 1, True),
        (0, WHOLE_SECONDS, WHOLE_SECONDS, False),
        (0, WHOLE_SECONDS + 1, WHOLE_SECONDS + 1, True),
    ],
)
def test_fifteen_minutes_idle_and_nine_hours_in_all(since: float, seen: float, now: float, over: bool) -> None:
    assert is_over(since=since, seen=seen, now=now) is over


@pytest.mark.parametrize(("now", "lately"), [(0, True), (SHOWN_SECONDS, True), (SHOWN_SECONDS + 1, False)])
def test_a_second_factor_counts_for_five_minutes(now: float, lately: bool) -> None:
    assert was_shown_lately(0, now=now) is lately


@pytest.mark.parametrize(
    ("on_day", "second", "lapsed"), [(READMISSION_DAYS, -1, False), (READMISSION_DAYS, 0, True), (0, 0, False)]
)
def test_a_week_after_the_waiting_it_has_lapsed(on_day: int, second: int, lapsed: bool) -> None:
    opened = datetime(2026, 11, 2, tzinfo=UTC)
    at = opened + timedelta(days=on_day, seconds=second)
    assert readmission_lapsed(open_at=opened, at=at) is lapsed
