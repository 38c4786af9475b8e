"""Letting a member work inside a wall, and no longer."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from lykta.access.errors import AlreadyInside, BothSides
from lykta.access.models import Place
from lykta.access.queries import terms_of
from lykta.access.rules import Term, clash_of


def give_places(*, centre: UUID, member: UUID, terms: Iterable[Term]) -> None:
    """Let a member work inside these walls in these times.

    Raises BothSides and AlreadyInside; the database would say it too.
    """
    terms, present = list(terms), terms_of(member)
    if clash := clash_of([*present, *terms]):
        raise BothSides(*clash)
    if any(new.wall == old.wall and new.meets(old) for new in terms for old in present):
        raise AlreadyInside
    Place.objects.bulk_create(
        Place(centre_id=centre, member_id=member, wall=t.wall, from_on=t.from_on, until_on=t.until_on) for t in terms
    )


def end_places(*, member: UUID, on: date, walls: Iterable[str] | None = None) -> None:
    """End a member's terms on a day, its first without them; what had not begun is taken out. walls: these only."""
    places = Place.objects.filter(member_id=member)
    if walls is not None:
        places = places.filter(wall__in=list(walls))
    places.filter(from_on__gte=on).delete()
    places.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lt=on).update(until_on=on)
