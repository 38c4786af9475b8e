"""Days off in Sweden by name, with the eves that count as Sundays by lag (1930:173), section 2."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays


@cache
def days_off(first: int, last: int) -> Mapping[date, str]:
    """Every day off of these years, both included, by name. Ordinary Sundays are not among them."""
    years = range(first, last + 1)
    named = dict(holidays.country_holidays("SE", years=years, include_sundays=False, language="sv"))
    return named | {day: name for year in years for day, name in _eves(year).items()}


def _eves(year: int) -> dict[date, str]:
    june = date(year, 6, 19)
    midsummer = june + timedelta(days=(4 - june.weekday()) % 7)  # the Friday of 19-25 June
    return {midsummer: "Midsommarafton", date(year, 12, 24): "Julafton", date(year, 12, 31): "Nyårsafton"}
