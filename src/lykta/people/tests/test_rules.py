"""A session ends fifteen minutes after the last page and nine hours after sign-in."""

import pytest

from lykta.people.rules import is_over

MINUTE, HOUR = 60, 3600


@pytest.mark.parametrize(
    ("since", "seen", "over"),
    [
        (0, 0, False),
        (0, 15 * MINUTE, False),
        (0, 15 * MINUTE + 1, True),
        (9 * HOUR, 0, False),
        (9 * HOUR + 1, 0, True),
        (9 * HOUR, 15 * MINUTE + 1, True),
    ],
)
def test_both_limits_hold_to_the_second(since, seen, over):
    now = 1_000_000.0
    assert is_over(since=now - since, seen=now - seen, now=now) == over
