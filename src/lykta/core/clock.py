"""The day and the moment as the house sees them: Swedish time, and only as fine as asked for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone

STOCKHOLM = ZoneInfo("Europe/Stockholm")

OUR_YEARS = range(2000, 2101)
"""Years a typed day may be in. Beside the calendar's first and last day there is no day to reckon with."""


def now() -> datetime:
    """This moment, with time zone. The only place that asks the clock, besides today()."""
    return timezone.now()


def today() -> date:
    """The day it is in Jämtland."""
    return now().astimezone(STOCKHOLM).date()


def in_our_time(day: date) -> bool:
    """Whether a day that was typed is one the house can reckon with."""
    return day.year in OUR_YEARS


def check_our_time(day: date) -> None:
    """The same for a form's field. Raises ValidationError with a sentence."""
    if not in_our_time(day):
        raise ValidationError(f"Skriv ett år mellan {OUR_YEARS[0]} och {OUR_YEARS[-1]}.")
