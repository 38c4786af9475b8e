"""Filters, days and pages of the reader, as plain values."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from lykta.core.clock import STOCKHOLM
from lykta.desk.log.rules import READ_ANEW_SECONDS, Bounds, Cursor, Filter, Only, bounds, cursor_of, is_new_reading

AT = datetime(2026, 11, 23, 21, 5, tzinfo=UTC)


def test_a_cursor_comes_back_as_it_was_written() -> None:
    assert cursor_of(str(Cursor(AT, 1203, "staff"))) == Cursor(AT, 1203, "staff")


@pytest.mark.parametrize(
    "text",
    ["", "x", "..", "202611232105.1", "202611232105.x.staff", "202613232105.1.staff", "20261123210.1.staff",
     "202611232105.1.st4ff", "202611232105.1.longerthan", "202611232105.-.staff", "²02611232105.1.staff",
     "202611232105.1111111111111111111.staff", "202611232105.1.staff.x", "\x00"],
)  # fmt: skip
def test_anything_else_is_the_first_page(text: str) -> None:
    assert cursor_of(text) is None


@pytest.mark.parametrize(
    ("since", "until", "zone", "expected"),
    [
        (None, None, UTC, Bounds(None, None)),
        (date(2026, 11, 23), None, UTC, Bounds(datetime(2026, 11, 23, tzinfo=UTC), None)),
        (None, date(2026, 11, 23), UTC, Bounds(None, datetime(2026, 11, 24, tzinfo=UTC))),
        (
            date(2026, 11, 23),
            date(2026, 11, 23),
            STOCKHOLM,
            Bounds(datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 23, 23, tzinfo=UTC)),
        ),
        (
            date(2026, 6, 23),
            date(2026, 6, 24),
            STOCKHOLM,
            Bounds(datetime(2026, 6, 22, 22, tzinfo=UTC), datetime(2026, 6, 24, 22, tzinfo=UTC)),
        ),
    ],
)
def test_days_are_whole_and_both_included(
    since: date | None, until: date | None, zone: object, expected: Bounds
) -> None:
    assert bounds(since, until, zone=zone) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("opened", "key", "now", "expected"),
    [
        ({}, "", 0.0, True),
        ({"": 0.0}, "", READ_ANEW_SECONDS, False),
        ({"": 0.0}, "", READ_ANEW_SECONDS + 1, True),
        ({"act=x": 0.0}, "act=y", 1.0, True),
    ],
)
def test_the_same_filter_within_half_an_hour_is_the_same_reading(
    opened: dict[str, float], key: str, now: float, expected: bool
) -> None:
    assert is_new_reading(opened, key, now=now) is expected


def test_a_filter_tells_which_fields_it_uses() -> None:
    asked = Filter(member=UUID(int=7), since=date(2026, 11, 1), only=Only.REFUSED)
    assert asked.used == ("member", "since", "only")
    assert asked.key == f"member={UUID(int=7)} since=2026-11-01 only=nekat"
    assert Filter().used == ()
