"""Who is away, and who stands in for her meanwhile."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from lykta.access.enums import Permission
from lykta.access.queries import terms_of
from lykta.access.rules import Actor, covers, rights_of
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.people.errors import AwayAlready, NoSuchMember, OutsideHerWalls
from lykta.people.models import Absence, Colleague
from lykta.sealing.signing import holds_house


def away_on(day: date) -> dict[UUID, Absence]:
    """Who is away on a day, by member."""
    return {a.member_id: a for a in Absence.objects.filter(from_on__lte=day, until_on__gt=day)}


def stands_in_for(actor: Actor, *, on: date) -> dict[UUID, Absence]:
    """Whom the actor stands in for on a day."""
    return {who: absence for who, absence in away_on(on).items() if absence.stand_in == actor.member}


def coming_of(member: UUID) -> list[Absence]:
    """A member's absences that are not over, by the day they begin."""
    return list(Absence.objects.filter(member_id=member, until_on__gt=clock.today()).order_by("from_on"))


def may_set(actor: Actor, member: UUID) -> bool:
    """Whether the actor writes this member's absences: her own, and everybody's for those of the house."""
    return member == actor.member or holds_house(actor.member)


def set_absence(*, by: Actor, member: UUID, from_on: date, until_on: date, stand_in: UUID | None) -> None:
    """Write that a member is away, and who stands in: somebody inside the same walls on all those days.

    until_on: the day she is back. Raises NoSuchMember, OutsideHerWalls, AwayAlready (she, or who stands in, is away
    on some of the days).
    """
    if not may_set(by, member):
        raise NoSuchMember
    if stand_in is not None:
        _check_stand_in(member, stand_in, from_on, until_on)
    try:
        with transaction.atomic():
            Absence.objects.create(
                centre_id=by.centre, member_id=member, from_on=from_on, until_on=until_on, stand_in=stand_in
            )
    except IntegrityError as why:
        raise AwayAlready from why
    record(Act.ABSENCE_SET, object=member)


def end_absence(*, by: Actor, member: UUID, absence: UUID) -> None:
    """She is back, or does not go. Raises NoSuchMember where it is over or not to be changed by the actor."""
    found = Absence.objects.filter(pk=absence, member_id=member, until_on__gt=clock.today())
    if not (may_set(by, member) and found):
        raise NoSuchMember
    if found[0].from_on >= clock.today():
        found.delete()
    else:
        found.update(until_on=clock.today())
    record(Act.ABSENCE_ENDED, object=member)


def _check_stand_in(member: UUID, stand_in: UUID, from_on: date, until_on: date) -> None:
    people = {m.pk: m for m in Colleague.objects.filter(pk__in=[member, stand_in], is_active=True)}
    if member == stand_in or len(people) < 2:
        raise OutsideHerWalls
    leaves_on = people[stand_in].leaves_on
    reads = {who: Permission.DIALOGUE_READ in rights_of(people[who].roles) for who in people}
    inside = covers(terms_of(member), terms_of(stand_in), from_on=from_on, until_on=until_on)
    if (reads[member] and not (reads[stand_in] and inside)) or (leaves_on and leaves_on < until_on):
        raise OutsideHerWalls
    if Absence.objects.filter(member_id=stand_in, from_on__lt=until_on, until_on__gt=from_on).exists():
        raise AwayAlready
