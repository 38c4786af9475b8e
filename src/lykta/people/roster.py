"""Reading who works here, who is on the way in and who has left."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from lykta.access.enums import Role, Wall
from lykta.access.models import Place
from lykta.access.rules import Actor, RoleText, Term, texts_of, walls_on
from lykta.core import clock
from lykta.core.doors import become
from lykta.people.enums import Standing
from lykta.people.errors import NoSuchMember
from lykta.people.models import Address, Colleague, Invitation
from lykta.people.rules import link_token, standing
from lykta.sealing.queries import signed_members
from lykta.sealing.tokens import held_by


@dataclass(frozen=True)
class Entry:
    """A member as the list and her own page show her: running facts."""

    who: Colleague
    standing: Standing
    terms: list[Term]
    walls: list[Wall]
    invitation: Invitation | None

    @property
    def texts(self) -> list[RoleText]:
        """Her roles in prose."""
        return texts_of(Role(self.who.role), map(Role, self.who.also))

    @property
    def last_on(self) -> date | None:
        """Her last day here, where one is set."""
        return self.who.leaves_on - timedelta(days=1) if self.who.leaves_on else None

    @property
    def link_is_late(self) -> bool:
        """Whether the link she has not used has run out."""
        return self.invitation is not None and self.invitation.expires_at <= clock.now()


def roster(actor: Actor, *, on: date, member: UUID | None = None) -> list[Entry]:
    """All members of the actor's centre (or this one alone), by name; open invitations for those of the house."""
    found = Colleague.objects.filter(centre_id=actor.centre)
    places = Place.objects.filter(centre_id=actor.centre).order_by("from_on", "wall")
    if member is not None:
        found, places = found.filter(pk=member), places.filter(member_id=member)
    terms: dict[UUID, list[Term]] = {}
    for place in places:
        terms.setdefault(place.member_id, []).append(place.term)
    links = {i.member_id: i for i in Invitation.objects.filter(used_at=None, ended_at=None)}
    signed = signed_members()
    rows = [_entry(who, terms.get(who.pk, []), links.get(who.pk), who.pk in signed, on) for who in found]
    return sorted(rows, key=lambda row: (row.who.name.casefold(), row.who.pk))


def _entry(who: Colleague, terms: list[Term], link: Invitation | None, signed: bool, on: date) -> Entry:
    stands = standing(
        is_active=who.is_active,
        joined=who.joined_on is not None,
        signed=signed,
        leaves_on=who.leaves_on,
        left_on=who.left_on,
        on=on,
    )
    return Entry(who, stands, terms, sorted(walls_on(terms, on)), link)


def member_for(actor: Actor, member: UUID) -> Entry:
    """A member of the actor's centre. Raises NoSuchMember."""
    rows = roster(actor, on=clock.today(), member=member)
    if not rows:
        raise NoSuchMember
    return rows[0]


def address_of(actor: Actor, member: UUID) -> str:
    """What a member signs in with; "" for who is not of the house."""
    found = Address.objects.filter(centre_id=actor.centre, member_id=member).first()
    return found.email if found else ""


def invitation_held(token: str) -> Invitation | None:
    """The invitation whose link was followed, spent or not; from now on it is held. None where there is none."""
    row = held_by(link_token(token), "invitation").row
    become(invitation=row)
    return Invitation.objects.filter(token_row=row).first()
