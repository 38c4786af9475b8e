"""How long a session holds."""

import pytest

from lykta.people.rules import IDLE_SECONDS, WHOLE_SECONDS, is_over


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
