"""When a translation is older than its source, how a text stands, and when a publication may be set to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from lykta.public.enums import Standing

MOST_DAYS_AHEAD = 366


@dataclass(frozen=True)
class Step:
    """One version of the Swedish text. form_only: the member said that what it means is the same."""

    number: int
    at: datetime
    form_only: bool


def outdated_since(source: int | None, steps: Iterable[Step], *, upto: int | None) -> datetime | None:
    """When the Swedish text first came to mean something else than the version a translation was compared with.

    source: that version; None where it never was compared. upto: the Swedish version that counts now.
    None while they still say the same.
    """
    later = [step for step in steps if (source or 0) < step.number <= (upto or 0) and not step.form_only]
    return min((step.at for step in later), default=None)


def standing(*, ready: int | None, latest: int, outdated: bool) -> Standing:
    """ready: the version that may be shown; latest: the newest, 0 where there is none."""
    if ready is None:
        return Standing.DRAFT if latest else Standing.MISSING
    return Standing.OUTDATED if outdated else Standing.CURRENT


def must_be_read(*, reviewed_language: bool, read: int | None, shown: int | None) -> bool:
    """Whether the page bears the mark that no native speaker has read it: her statement is about one version."""
    return not reviewed_language and (read is None or read != shown)


class TimeFault(ValueError):
    """A publication can't be set to this time. The text says why, in Swedish."""


def due_at(wall: datetime, *, now: datetime, zone: tzinfo) -> datetime:
    """The moment of a day and hour as read from a clock on the wall, without a zone.

    Where the clock is put back an hour stands there twice; the first one is meant. Raises TimeFault for an hour that
    is jumped over, one that has been, and one more than a year away.
    """
    found = wall.replace(tzinfo=zone)
    seconds = found.timestamp()
    if datetime.fromtimestamp(seconds, zone).replace(tzinfo=None) != wall:
        raise TimeFault("Den timmen finns inte: klockan ställs om då. Välj en annan.")
    if seconds <= now.timestamp():
        raise TimeFault("Den tiden har redan varit. Välj en som kommer.")
    if found > now + timedelta(days=MOST_DAYS_AHEAD):
        raise TimeFault("Det är mer än ett år dit. Välj en närmare tid.")
    return found
