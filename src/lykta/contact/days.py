"""Days on which nobody answers. Source: the act on computing statutory time, lag (1930:173), section 2."""

from collections.abc import Container
from datetime import date

from lykta.people.holidays import days_off


def free_days(on: date) -> Container[date]:
    """Holidays around a day: from the year before it, since a message may have waited, to the year after."""
    return days_off(on.year - 1, on.year + 1)
