"""Who may sign in, for how long; and where a member stands on her way in and out."""

from collections.abc import Collection, Container, Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from lykta.people.enums import Standing

IDLE_SECONDS = 15 * 60
WHOLE_SECONDS = 9 * 60 * 60
SHOWN_SECONDS = 5 * 60


def is_over(*, since: float, seen: float, now: float) -> bool:
    """Whether a session has ended: fifteen minutes after the last page, nine hours after sign-in. All in epoch seconds.

    At exactly fifteen minutes it still holds, a second later it does not. Source: design, section 4.
    """
    return now - seen > IDLE_SECONDS or now - since > WHOLE_SECONDS


def was_shown_lately(shown: float, *, now: float) -> bool:
    """Whether the second factor was shown at most five minutes ago, so that strong deeds may be done. Epoch seconds."""
    return now - shown <= SHOWN_SECONDS


INVITATION_HOURS = 72
"""How long a link of one purpose is open: a weekend, and the day after it."""


READMISSION_DAYS = 7
"""How long a permission to come in again lies open once the waiting is over. The database counts the same days."""


def readmission_lapsed(*, open_at: datetime, at: datetime) -> bool:
    """Whether nobody has made use of it in time. At the very end it has lapsed."""
    return open_at + timedelta(days=READMISSION_DAYS) <= at


def may_sign_in(*, is_active: bool, leaves_on: date | None, on: date) -> bool:
    """Whether the door opens for a member on a day. `leaves_on` is the first day without her."""
    return is_active and (leaves_on is None or on < leaves_on)


def standing(
    *, is_active: bool, joined: bool, signed: bool, leaves_on: date | None, left_on: date | None, on: date
) -> Standing:
    """Where a member stands. is_active: as kept in her row. joined: she has used her invitation, or never needed one.

    signed: somebody of the house has signed her key.
    """
    if left_on is not None or (leaves_on is not None and leaves_on <= on):
        return Standing.LEFT
    if not is_active:
        return Standing.CLOSED if joined else Standing.INVITED
    return Standing.WORKING if signed else Standing.UNSIGNED


_READ_AS = str.maketrans("OIL", "011")


def link_token(typed: str) -> str:
    """The secret part of a link as it was made, from how somebody may have copied it."""
    return typed.upper().translate(_READ_AS)


def link_holds(*, ended: bool, expires_at: datetime, at: datetime) -> bool:
    """Whether a link still lets somebody in. ended: used, taken back or renewed. At the very end it no longer does."""
    return not ended and at < expires_at


def last_of[Name](member: UUID, held: Mapping[UUID, Collection[Name]], *, staying: Container[UUID]) -> set[Name]:
    """What a member holds and nobody else who stays does."""
    others = {name for who, names in held.items() if who != member and who in staying for name in names}
    return set(held.get(member, ())) - others


def somebody_stays(heads: Iterable[tuple[UUID, date | None]], *, without: UUID) -> bool:
    """Whether, without one member, somebody who lets members in stays with no last day set. heads: (who, leaves_on)."""
    return any(who != without and leaves_on is None for who, leaves_on in heads)
