"""A member on her way out: shut out for a while, leaving on a day, let go. Always by somebody else of the house."""

from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.dispatch import Signal

from lykta.access.actions import end_places
from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.people.duties import check_heads
from lykta.people.errors import LastHead, LastHolder, NoSuchMember, NotOneself
from lykta.people.invitations import of_house
from lykta.people.keys import held, hold_house, holder_of_house, move_on, sole_rings, surplus, tidy
from lykta.people.models import Colleague
from lykta.sealing.actions import destroy_pair, hold_rings, turn_ring
from lykta.sealing.errors import NotHolder, SealingError
from lykta.sealing.holder import Holder
from lykta.sealing.signing import open_seed

left = Signal()
"""Sent within the transaction when a member has been let go, with `by` and `member`: rooms above free what was hers."""

ON_THE_WAY = 40
"""Data keys a holder moves with each look at her morning page: a tenth of a second."""


@transaction.atomic
def set_leaving(*, by: Actor, member: UUID, last_on: date | None) -> None:
    """Set a member's last day, or (None) take it back. After it the door is shut; the keys go at the next visit.

    Raises NotOneself, LastHead, NoSuchMember, NotHolder.
    """
    _begin(by, member)
    if last_on is not None:
        check_heads(without=member)
    _do("SELECT lykta_set_leaving(%s, %s)", member, last_on + timedelta(days=1) if last_on else None)
    record(Act.LEAVING_SET if last_on else Act.LEAVING_UNSET, object=member)


@transaction.atomic
def shut(*, by: Actor, member: UUID) -> None:
    """Shut a member out at once: no sign-in, every browser signed out. Her keys stay until it is clear what to do.

    Raises NotOneself, LastHead, NoSuchMember, NotHolder.
    """
    _begin(by, member)
    check_heads(without=member)
    _do("SELECT lykta_shut(%s, true)", member)
    record(Act.MEMBER_SHUT, object=member)


@transaction.atomic
def open_again(*, by: Actor, member: UUID) -> None:
    """Let a member who was shut out sign in again. Raises NotOneself, NoSuchMember, NotHolder."""
    _begin(by, member)
    _do("SELECT lykta_shut(%s, false)", member)
    record(Act.MEMBER_OPENED, object=member)


@transaction.atomic
def let_go(*, by: Actor, member: UUID) -> None:
    """Let a member go, now: no sign-in, no browser, no factor, no key, no place; her rings are turned.

    What was hers in other rooms is freed by those who listen to `left`. Raises NotOneself, LastHead, LastHolder (also
    where she alone holds a named case), NoSuchMember, NotHolder.
    """
    holder = _begin(by, member)
    check_heads(without=member)
    rings = held(newest=False).get(member, frozenset())
    if sole := sole_rings(member):
        raise LastHolder(sole)
    if cases := sole_cases(member):
        raise LastHolder([], cases=cases)
    hold_rings(*rings)
    destroy_pair(member=member)
    end_places(member=member, on=clock.today())
    for ring in sorted(rings):
        turn_ring(name=ring, seed=open_seed(holder))
    _do("SELECT lykta_let_go(%s)", member)
    left.send(sender=None, by=by, member=member)
    record(Act.MEMBER_LEFT, object=member)


def sole_cases(member: UUID) -> int:
    """How many named cases nobody but this member could open, for those of the house."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_sole_cases(%s)", [member])
        return int(cursor.fetchone()[0])


def overdue() -> list[Colleague]:
    """Members whose last day has passed and who are not let go yet."""
    return list(Colleague.objects.filter(leaves_on__lte=clock.today(), left_on=None).order_by("name"))


def carry_on(*, by: Actor) -> None:
    """What a holder's visit does by the way: what the days have brought about, and some keys to a turned ring.

    A key that does not open must shut nobody's page: then nothing is done, and the page of keys tells.
    """
    with suppress(SealingError), transaction.atomic():
        if holder_of_house(by):
            for gone in overdue():
                with suppress(LastHead, LastHolder):  # told on the page of keys
                    let_go(by=by, member=gone.pk)
            if surplus():
                hold_house()
                tidy(by=by)
        move_on(by=by, limit=ON_THE_WAY)


def _begin(by: Actor, member: UUID) -> Holder:
    of_house(by)
    holder = holder_of_house(by)
    if holder is None:
        raise NotHolder("no open keys")
    if member == by.member:
        raise NotOneself
    hold_house()
    return holder


def _do(query: str, *values: UUID | date | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        if not cursor.fetchone()[0]:
            raise NoSuchMember
