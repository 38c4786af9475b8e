"""Days on which nobody answers. Source: the act on computing statutory time, lag (1930:173), section 2."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _of_years(first: int, last: int) -> frozenset[date]:
    years = range(first, last + 1)
    # Sundays are left out of the library's own list: the rules know weekends by themselves.
    red = frozenset(holidays.country_holidays("SE", years=years, include_sundays=False))
    return red | {eve for year in years for eve in _eves(year)}


def _eves(year: int) -> tuple[date, date, date]:
    """Midsummer's Eve (the Friday of 19-25 June), Christmas Eve and New Year's Eve: by the act, as Sundays."""
    june = date(year, 6, 19)
    return june + timedelta(days=(4 - june.weekday()) % 7), date(year, 12, 24), date(year, 12, 31)


def free_days(on: date) -> Container[date]:
    """Holidays around a day: from the year before it, since a message may have waited, to the year after."""
    return _of_years(on.year - 1, on.year + 1)
