"""Which days nobody answers on."""

from datetime import date

import pytest

from lykta.contact.days import free_days


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (date(2026, 6, 18), False),
        (date(2026, 6, 19), True),  # Midsummer's Eve at its earliest
        (date(2027, 6, 25), True),  # and at its latest
        (date(2026, 12, 23), False),
        (date(2026, 12, 24), True),
        (date(2026, 12, 31), True),
        (date(2026, 4, 3), True),  # Good Friday
        (date(2026, 4, 2), False),
        (date(2026, 1, 6), True),
        (date(2026, 11, 23), False),
    ],
)
def test_holidays_and_the_three_eves_are_free(day: date, free: bool) -> None:
    assert (day in free_days(day)) is free
