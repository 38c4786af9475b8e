"""Reading about members."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from lykta.access.enums import Role, Wall
from lykta.access.models import Place
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.people.models import Centre, Colleague, Member
from lykta.sealing.holder import Holder


def actor_of(member: Member, private: str) -> Actor:
    """The member as an actor: her role, the walls she works in today and, where she has them, her open keys."""
    return Actor(
        member=member.pk,
        centre=member.centre_id,
        name=member.name,
        role=Role(member.role),
        walls=walls_of(member.pk, on=clock.today()),
        holder=Holder(member.pk, bytes.fromhex(private)) if private else None,
    )


def walls_of(member: UUID, *, on: date) -> frozenset[Wall]:
    """The walls a member works inside on a day."""
    places = Place.objects.filter(Q(until_on=None) | Q(until_on__gt=on), member_id=member, from_on__lte=on)
    return frozenset(Wall(p.wall) for p in places)


def colleagues_in(actor: Actor, wall: Wall) -> list[Colleague]:
    """Active members who work inside a wall today and can be given something there, without the actor herself."""
    on = clock.today()
    inside = Place.objects.filter(Q(until_on=None) | Q(until_on__gt=on), wall=wall, from_on__lte=on)
    members = Colleague.objects.filter(centre_id=actor.centre, is_active=True, pk__in=inside.values("member_id"))
    return sorted(members.exclude(pk=actor.member), key=lambda m: m.name)


def names_of(actor: Actor) -> dict[UUID, str]:
    """Given names of all members of the actor's centre, for lists."""
    return {m.pk: m.given_name for m in Colleague.objects.filter(centre_id=actor.centre)}


def centre_of(actor: Actor) -> Centre:
    """The actor's centre."""
    return Centre.objects.get(pk=actor.centre)
