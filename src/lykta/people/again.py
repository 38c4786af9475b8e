"""Letting in again a member who has lost her password or her second factor.

Somebody else of the house asks for it; everybody of the house and she herself see it and can stop it; then one waits,
unless the waiting is shortened with a reason. A link follows. With a new password come new keys, which must be signed
and let in anew; with a lost second factor the password and the keys stay.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.people.enums import LOST, Purpose, ShortenReason
from lykta.people.errors import NoSuchMember, NotOneself, StillWaiting
from lykta.people.invitations import Link, make_link, of_house
from lykta.people.models import Invitation, Readmission
from lykta.people.queries import names_of
from lykta.people.rules import link_holds, readmission_lapsed
from lykta.sealing.signing import holds_house

TOLD_DAYS = 7
"""How long those of the house see that one was stopped."""


BY_PAPER = "någon med reservnyckeln på papper"
"""Who asked, where it was no member but the command on the server."""


def open_for(member: UUID) -> Readmission | None:
    """The readmission of a member that is under way, for herself and for those of the house."""
    return next((r for r in under_way() if r.member_id == member), None)


def under_way() -> list[Readmission]:
    """All that are under way, the oldest first."""
    now, found = clock.now(), Readmission.objects.filter(stopped_at=None, done_at=None).order_by("asked_at")
    return [r for r in found if not readmission_lapsed(open_at=r.open_at, at=now)]


def stopped_lately() -> list[Readmission]:
    """Those that the members themselves have stopped these last days: somebody may have tried to come in their name."""
    since = clock.now() - timedelta(days=TOLD_DAYS)
    return [r for r in Readmission.objects.filter(stopped_at__gt=since) if r.stopped_by == r.member_id]


@transaction.atomic
def ask(*, by: Actor, member: UUID, kind: Purpose) -> None:
    """Begin to let a member in again. Raises NotOneself, NotHolder, NoSuchMember (also where it is under way)."""
    of_house(by)
    if member == by.member:
        raise NotOneself
    if kind not in LOST:
        raise NoSuchMember
    _do("SELECT lykta_ask_readmission(%s, %s)", member, kind.value)
    record(Act.READMISSION_ASKED, object=member, reason=kind.code)


@transaction.atomic
def shorten(*, by: Actor, member: UUID, why: ShortenReason) -> None:
    """Wait no longer, for a reason. Never for oneself. Raises NotOneself, NotHolder, NoSuchMember."""
    of_house(by)
    if member == by.member:
        raise NotOneself
    _do("SELECT lykta_shorten_readmission(%s, %s)", member, why.value)
    record(Act.READMISSION_SHORTENED, object=member, reason=why.code)


@transaction.atomic
def stop(*, by: UUID, member: UUID) -> None:
    """Stop it: she herself, or somebody of the house. A link that was made is worth nothing any more.

    Raises NoSuchMember where none is under way, or not for the acting member to stop.
    """
    _do("SELECT lykta_stop_readmission(%s)", member)
    record(Act.READMISSION_STOPPED, object=member, reason="herself" if by == member else "house")


@transaction.atomic
def link_for(*, by: Actor, member: UUID) -> Link:
    """The link, once the waiting is over; in place of one made before. Raises StillWaiting, NoSuchMember, NotHolder."""
    of_house(by)
    found = open_for(member)
    if found is None or member == by.member:
        raise NoSuchMember
    if clock.now() < found.open_at:
        raise StillWaiting
    Invitation.objects.filter(member_id=member, used_at=None, ended_at=None).update(ended_at=clock.now())
    purpose = Purpose(found.kind)
    link = make_link(by=by, centre=by.centre, member=member, purpose=purpose)
    record(Act.INVITATION_RENEWED, object=member, reason=purpose.code)
    return link


def link_of(member: UUID) -> Invitation | None:
    """The link that was made and not used yet."""
    found = Invitation.objects.filter(member_id=member, used_at=None, ended_at=None).first()
    return found if found and link_holds(ended=False, expires_at=found.expires_at, at=clock.now()) else None


def again_facts(actor: Actor) -> dict[str, Any]:
    """For a member's morning page: her own readmission, and for those of the house everybody's."""
    mine = open_for(actor.member)
    house = holds_house(actor.member)
    names = names_of(actor)
    return {
        "again_for_me": (names.get(mine.asked_by, BY_PAPER), mine) if mine else None,
        "again_under_way": [(names[r.member_id], r) for r in under_way() if r.member_id != actor.member]
        if house
        else [],
        "again_stopped": [names[r.member_id] for r in stopped_lately() if r.member_id != actor.member] if house else [],
    }


def _do(query: str, *values: UUID | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        if not cursor.fetchone()[0]:
            raise NoSuchMember
