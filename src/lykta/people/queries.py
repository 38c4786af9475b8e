"""Reading about members."""

from datetime import date
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from lykta.access.enums import Role, Wall
from lykta.access.models import Place
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.people.enums import PhoneUse
from lykta.people.facts import CentreFacts, CentreWords, Hours, OwnPhone
from lykta.people.holidays import days_off
from lykta.people.hours import Exceptional, Span, Spans, coming
from lykta.people.models import Centre, CentrePhone, Colleague, Member, OpenSpan, OtherHours
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
        also=frozenset(map(Role, member.also)),
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


TOLD_AHEAD_DAYS = 60
"""How far ahead other hours and holidays are told."""


def centre_facts(*, on: date) -> CentreFacts | None:
    """What the centre says of itself, as of one day; None where no centre stands yet.

    Must be within the staff's or the worker's door, with an actor.
    """
    centre = Centre.objects.filter(pk=settings.LYKTA_CENTRE).first()
    if centre is None:
        return None
    hours = hours_of(centre)
    holidays = days_off(on.year, on.year + 1) if hours.shut_on_holidays else {}
    return CentreFacts(
        words=words_of(centre),
        phones=phones_of(centre),
        hours=hours,
        coming=coming(week=hours.week, exceptions=hours.exceptions, holidays=holidays, on=on, days=TOLD_AHEAD_DAYS),
        languages=tuple(centre.languages),
        opened_on=centre.opened_on,
    )


def is_open() -> bool:
    """Whether the centre stands and has opened to the public."""
    return Centre.objects.filter(pk=settings.LYKTA_CENTRE, opened_on__isnull=False).exists()


def words_of(centre: Centre) -> CentreWords:
    """Who the centre is."""
    return CentreWords(
        name=centre.name,
        board=centre.board,
        municipalities=tuple(centre.municipalities),
        email=centre.email,
        address=centre.address,
    )


def phones_of(centre: Centre) -> list[OwnPhone]:
    """Its own numbers, in the order they were given."""
    rows = CentrePhone.objects.filter(centre_id=centre.pk).order_by("position")
    return [OwnPhone(PhoneUse(row.use), row.number, row.checked_on) for row in rows]


def hours_of(centre: Centre) -> Hours:
    """When it is open."""
    spans = OpenSpan.objects.filter(centre_id=centre.pk).order_by("weekday", "opens")
    others = OtherHours.objects.filter(centre_id=centre.pk).order_by("from_on")
    return Hours(
        week={day: tuple(Span(s.opens, s.closes) for s in rows) for day, rows in groupby(spans, lambda s: s.weekday)},
        exceptions=[Exceptional(o.from_on, o.until_on, _spans(o.spans), o.why) for o in others],
        shut_on_holidays=centre.shut_on_holidays,
    )


def _spans(pairs: list[list[int]]) -> Spans:
    return tuple(Span(opens, closes) for opens, closes in pairs)
