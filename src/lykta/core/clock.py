"""The day and the moment as the house sees them: Swedish time, and only as fine as asked for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """This moment, with time zone. The only place that asks the clock, besides today()."""
    return timezone.now()


def today() -> date:
    """The day it is in Jämtland."""
    return now().astimezone(STOCKHOLM).date()
