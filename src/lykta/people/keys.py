"""Who should hold which ring, who does, and the work that follows: letting in, taking back, turning, moving on.

What a member should hold follows from her roles and walls today (access.rules.rings_of). What she lacks a colleague
gives her by hand; what she has no longer any right to is taken by those of the house, and the ring is turned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from lykta.access.enums import Role, Wall
from lykta.access.models import Place
from lykta.access.rules import Actor, Term, rings_of, walls_on
from lykta.core import clock
from lykta.people.errors import LastHolder, NotWanting
from lykta.people.models import Colleague
from lykta.people.rules import last_of
from lykta.sealing.actions import hold_rings, let_into_ring, take_shares, turn_ring
from lykta.sealing.enums import OF_HOUSE, RingName
from lykta.sealing.errors import NotHolder
from lykta.sealing.holder import Holder
from lykta.sealing.models import Ring, RingShare
from lykta.sealing.queries import signed_members
from lykta.sealing.signing import holds_house, open_seed
from lykta.sealing.turning import Turned, turn_wraps

type Held = dict[UUID, frozenset[RingName]]


@dataclass(frozen=True)
class Wanting:
    """A colleague who should hold a ring and does not. first: nobody holds it, so those of the house begin it anew."""

    who: Colleague
    ring: RingName
    first: bool = False


def needs(members: Iterable[Colleague]) -> Held:
    """The rings each of these members should hold today; none for who has left. Who is shut out keeps hers."""
    today = clock.today()
    terms: dict[UUID, list[Term]] = {}
    for place in Place.objects.all():
        terms.setdefault(place.member_id, []).append(place.term)
    return {m.pk: _needs(m, walls_on(terms.get(m.pk, []), today)) for m in members}


def _needs(member: Colleague, walls: frozenset[Wall]) -> frozenset[RingName]:
    if member.left_on or (member.leaves_on and member.leaves_on <= clock.today()):
        return frozenset()
    return rings_of(Role(member.role), walls, also=map(Role, member.also))


def held(*, newest: bool) -> Held:
    """The rings members hold, as far as the actor can see it: her own rings, and all for those of the house.

    newest: count only shares of a ring's newest version, with which one can read what is written now.
    """
    latest = dict(Ring.objects.order_by("version").values_list("name", "version"))
    found: dict[UUID, set[RingName]] = {}
    for member, name, version in RingShare.objects.values_list("member_id", "ring__name", "ring__version"):
        if not newest or latest[name] == version:
            found.setdefault(member, set()).add(RingName(name))
    return {member: frozenset(names) for member, names in found.items()}


def existing() -> frozenset[RingName]:
    """The rings there are at this centre, but for the recovery pair, which nobody holds."""
    return frozenset(map(RingName, Ring.objects.values_list("name", flat=True))) & set(OF_HOUSE)


def wanting(actor: Actor) -> list[Wanting]:
    """Colleagues whom the actor can let in: signed, in need of a ring she holds herself, and without it.

    For those of the house also the first ones into a ring that nobody holds, herself among them.
    """
    if actor.holder is None:
        return []
    has = held(newest=True)
    mine = has.get(actor.member, frozenset())
    if not mine:
        return []
    empty = existing().difference(*has.values()) if RingName.HOUSE in mine else frozenset()
    signed = signed_members()
    members = [m for m in Colleague.objects.filter(centre_id=actor.centre, is_active=True) if m.pk in signed]
    found = [
        Wanting(m, ring, first=ring in empty)
        for m, wanted in zip(members, needs(members).values(), strict=True)
        for ring in sorted(wanted & (mine | empty) - has.get(m.pk, frozenset()))
    ]
    return sorted(found, key=lambda w: (w.who.name.casefold(), w.ring))


def lacking(actor: Actor) -> list[RingName]:
    """The rings the actor should hold and has no share of yet."""
    mine = held(newest=True).get(actor.member, frozenset())
    return sorted(rings_of(actor.role, actor.walls, also=actor.also) & existing() - mine)


def holders(actor: Actor) -> list[tuple[RingName, list[Colleague]]]:
    """Who holds each ring, as far as the actor can see it: her own rings; every ring for those of the house."""
    has = held(newest=True)
    names = {m.pk: m for m in Colleague.objects.filter(centre_id=actor.centre)}
    seen = sorted(existing() if holder_of_house(actor) else has.get(actor.member, ()), key=OF_HOUSE.index)
    return [
        (ring, sorted((names[who] for who in has if ring in has[who]), key=lambda m: m.name.casefold()))
        for ring in seen
    ]


def let_in(*, by: Actor, member: UUID, ring: RingName) -> None:
    """Give a colleague a ring the actor holds and she should hold; or the first share of one that nobody holds.

    Raises NotWanting where she should not hold it, or has it.
    """
    found = next((w for w in wanting(by) if (w.who.pk, w.ring) == (member, ring)), None)
    if by.holder is None or found is None:
        raise NotWanting
    if found.first:
        turn_ring(name=ring, seed=open_seed(by.holder), first=member)
    else:
        let_into_ring(holder=by.holder, name=ring, member=member)


def holder_of_house(actor: Actor) -> Holder | None:
    """The actor's open keys, where she is one of the house; else None."""
    return actor.holder if actor.holder and holds_house(actor.member) else None


def hold_house() -> None:
    """Let nobody else of the house change who works here until this transaction ends. Before anything is logged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(lykta_centre()::text, 2))")


def sole_rings(member: UUID) -> list[RingName]:
    """The rings of which nobody else who stays holds the newest version, as those of the house see it."""
    staying = Colleague.objects.filter(is_active=True, leaves_on=None).values_list("pk", flat=True)
    return sorted(last_of(member, held(newest=True), staying=set(staying)))


def surplus(member: UUID | None = None) -> Held:
    """The rings held by members who should not hold them any more (by this one alone, if named)."""
    members = Colleague.objects.all() if member is None else Colleague.objects.filter(pk=member)
    wanted = needs(members)
    return {
        who: extra
        for who, has in held(newest=False).items()
        if (member is None or who == member) and (extra := has - wanted.get(who, frozenset()))
    }


def tidy(*, by: Actor, member: UUID | None = None) -> None:
    """Take back what members hold without a right to it, and turn those rings, as one of the house.

    member: of her alone; then LastHolder is raised where nobody else holds a ring. Without one, what the days have
    brought about is done; a ring that nobody else holds is left with its last holder until somebody is let in.
    Raises NotHolder.
    """
    holder = holder_of_house(by)
    if holder is None:
        raise NotHolder("not of the house")
    # The ring by which she does this is not taken by herself.
    found = {who: extra - ({RingName.HOUSE} if who == by.member else set()) for who, extra in surplus(member).items()}
    hold_rings(*(name for extra in found.values() for name in extra))
    turned: set[RingName] = set()
    for who, extra in found.items():
        sole = extra & set(sole_rings(who))
        if sole and member is not None:
            raise LastHolder(sorted(sole))
        if gone := extra - sole:
            take_shares(member=who, names=gone)
            turned |= gone
    for name in sorted(turned):
        turn_ring(name=name, seed=open_seed(holder))


def move_on(*, by: Actor, limit: int) -> Turned:
    """Move some data keys to the newest versions of the actor's rings; nothing for who has no open keys."""
    return turn_wraps(by.holder, limit=limit) if by.holder else Turned(0, 0)
