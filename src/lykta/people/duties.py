"""Changing what a member does and which walls she works inside: by somebody else of the house, with a reason."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction

from lykta.access.actions import end_places, give_places
from lykta.access.enums import Permission, Role, Wall
from lykta.access.errors import RolesApart
from lykta.access.rules import Actor, Term, rights_of, roles_clash
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.people.enums import ChangeReason
from lykta.people.errors import LastHead, NoSuchMember, NotOneself
from lykta.people.invitations import of_house
from lykta.people.keys import hold_house, tidy
from lykta.people.models import Colleague
from lykta.people.rules import somebody_stays


@transaction.atomic
def change_roles(*, by: Actor, member: UUID, role: Role, also: Iterable[Role], reason: ChangeReason) -> None:
    """Give a member other roles. What she no longer needs a key to is taken and turned at once.

    Raises NotOneself, RolesApart, LastHead, LastHolder, NoSuchMember, NotHolder.
    """
    _begin(by, member)
    also = sorted(set(also) - {role})
    if roles_clash([role, *also]):
        raise RolesApart
    if Permission.MEMBERS_ADMIT not in rights_of([role, *also]):
        check_heads(without=member)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_set_roles(%s, %s, %s)", [member, role.value, [r.value for r in also]])
        if not cursor.fetchone()[0]:
            raise NoSuchMember
    tidy(by=by, member=member)
    record(Act.ROLES_CHANGED, object=member, reason=f"{role.value}: {reason.value}")


@transaction.atomic
def give_wall(*, by: Actor, member: UUID, term: Term, reason: ChangeReason) -> None:
    """Let a member work inside a wall for a time. A colleague who has the key lets her in when it begins.

    Raises NotOneself, NoSuchMember (also who has left), BothSides, AlreadyInside, NotHolder.
    """
    _begin(by, member)
    if not Colleague.objects.filter(pk=member, left_on=None).exists():
        raise NoSuchMember
    give_places(centre=by.centre, member=member, terms=[term])
    record(Act.PLACE_GIVEN, object=member, reason=f"{term.wall.value}: {reason.value}")


@transaction.atomic
def end_wall(*, by: Actor, member: UUID, wall: Wall, last_on: date | None, reason: ChangeReason) -> None:
    """End a member's work inside a wall, after a last day or (None) at once: then her key goes too.

    Raises NotOneself, LastHolder, NotHolder.
    """
    _begin(by, member)
    today = clock.today()
    end_places(member=member, walls=[wall], on=max(last_on + timedelta(days=1), today) if last_on else today)
    tidy(by=by, member=member)
    record(Act.PLACE_ENDED, object=member, reason=f"{wall.value}: {reason.value}")


def check_heads(*, without: UUID) -> None:
    """Raise LastHead where, without this member, nobody who stays lets members in."""
    heads = [
        (m.pk, m.leaves_on)
        for m in Colleague.objects.filter(is_active=True)
        if Permission.MEMBERS_ADMIT in rights_of(m.roles)
    ]
    if not somebody_stays(heads, without=without):
        raise LastHead


def _begin(by: Actor, member: UUID) -> None:
    of_house(by)
    if member == by.member:
        raise NotOneself
    hold_house()
