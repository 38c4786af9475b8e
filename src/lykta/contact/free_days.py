"""Days on which nobody at the centre works, from the Swedish calendar."""

from datetime import date
from functools import cache

from holidays import country_holidays


@cache
def free_days(year: int) -> frozenset[date]:
    """Holidays of a year, with the eves on which Swedish offices are closed, and New Year's Day of the next."""
    found = country_holidays("SE", years=[year, year + 1], categories=("public", "de_facto"))
    return frozenset(day for day in found if day <= date(year + 1, 1, 6))
