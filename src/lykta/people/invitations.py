"""Letting a member in: the invitation, her own first steps, and the signature that makes her one of the house."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from lykta.access.actions import give_places
from lykta.access.enums import Role
from lykta.access.errors import RolesApart
from lykta.access.rules import Actor, Term, roles_clash
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.people.enums import Purpose
from lykta.people.errors import AddressTaken, LinkSpent, NoSuchMember, WeakPassword
from lykta.people.models import Invitation, Member, Session
from lykta.people.passwords import password_fault
from lykta.people.rules import INVITATION_HOURS
from lykta.sealing.actions import drop_own, make_own_pair, sign_pair
from lykta.sealing.errors import NotHolder
from lykta.sealing.paper import SIGNS
from lykta.sealing.signing import holds_house
from lykta.sealing.tokens import held_by

KIND = "invitation"


def of_house(by: Actor | None) -> None:
    """Raise NotHolder for who does not hold the house's ring; the database would refuse her too. None: installation."""
    if by is not None and not holds_house(by.member):
        raise NotHolder("not of the house")


TOKEN_SIGNS = 28
"""Of 32 signs each: 140 bits of chance, in signs that are not taken for one another when somebody copies them."""


def new_link_token() -> str:
    """The secret part of a link, as 7K2M-…: seven groups of four signs."""
    chance = "".join(secrets.choice(SIGNS) for _ in range(TOKEN_SIGNS))
    return "-".join(chance[at : at + 4] for at in range(0, TOKEN_SIGNS, 4))


@dataclass(frozen=True)
class Link:
    """A link to hand over, known this once. `token`: the last part of its address (see urls, name "invitation")."""

    member: UUID
    token: str
    expires_at: datetime
    purpose: Purpose = Purpose.NEW


@transaction.atomic
def invite(
    *, by: Actor | None, name: str, email: str, role: Role, also: Iterable[Role] = (), terms: Iterable[Term] = ()
) -> Link:
    """Make room for a new member and give the link that lets her in, once, within INVITATION_HOURS.

    by: a member of the house's ring; None for the installation, within the worker's door. Until the link is used she
    is nobody: shut, without password and keys. email: kept in lower case. terms: the walls she will work inside.
    Raises RolesApart, BothSides, AddressTaken, NotHolder.
    """
    of_house(by)
    also = sorted(set(also) - {role})
    if roles_clash([role, *also]):
        raise RolesApart
    centre = by.centre if by else settings.LYKTA_CENTRE
    member = Member(centre_id=centre, email=email.strip().lower(), name=" ".join(name.split()), role=role, also=also)
    member.is_active = False
    member.set_unusable_password()
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError as why:
        raise AddressTaken from why
    give_places(centre=centre, member=member.pk, terms=terms)
    link = make_link(by=by, centre=centre, member=member.pk, purpose=Purpose.NEW)
    record(Act.MEMBER_INVITED, object=member.pk, reason=role.value)
    return link


def renew_invitation(*, by: Actor, member: UUID) -> Link:
    """A new link in place of the one that was lost or has run out. Raises NoSuchMember, NotHolder."""
    of_house(by)
    open_now = Invitation.objects.filter(member_id=member, used_at=None, ended_at=None)
    purposes = list(open_now.values_list("purpose", flat=True))
    if not purposes:
        raise NoSuchMember
    open_now.update(ended_at=clock.now())
    link = make_link(by=by, centre=by.centre, member=member, purpose=Purpose(purposes[0]))
    record(Act.INVITATION_RENEWED, object=member)
    return link


def take_back_invitation(*, by: Actor, member: UUID) -> None:
    """Take an unused invitation back: the link is worth nothing and the room that was made is gone.

    Raises NoSuchMember where she has come in already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_uninvite(%s)", [member])
        if not cursor.fetchone()[0]:
            raise NoSuchMember
    record(Act.INVITATION_ENDED, object=member)


def make_link(*, by: Actor | None, centre: UUID, member: UUID, purpose: Purpose) -> Link:
    token, now = new_link_token(), clock.now()
    expires_at = now + timedelta(hours=INVITATION_HOURS)
    Invitation.objects.create(
        centre_id=centre,
        member_id=member,
        purpose=purpose,
        token_row=held_by(token, KIND).row,
        made_by=by.member if by else None,
        made_at=now,
        expires_at=expires_at,
    )
    return Link(member, token, expires_at, purpose)


@transaction.atomic
def join(*, member: Member, password: str) -> Purpose:
    """Use the link that is held, as the member it is for. Gives what it was for.

    A new password brings a pair of her own that nobody has signed; what was given to the one before is gone with it.
    Where her second factor was lost, `password` is the present one, checked by the caller, and only the factors go.
    Within the staff door, where she acts and holds the invitation. Raises WeakPassword, LinkSpent.
    """
    found = Invitation.objects.filter(member_id=member.pk, used_at=None, ended_at=None).first()
    purpose = Purpose(found.purpose) if found else Purpose.NEW
    if purpose != Purpose.SECOND_FACTOR and (code := password_fault(password, about=(member.name, member.email))):
        raise WeakPassword(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_spend_invitation()")
        if cursor.fetchone()[0] is None:
            raise LinkSpent
    member.refresh_from_db()
    if purpose != Purpose.NEW:
        Session.objects.filter(member_id=member.pk).delete()
    if purpose in (Purpose.SECOND_FACTOR, Purpose.BOTH):
        Authenticator.objects.filter(user=member).delete()
    if purpose != Purpose.SECOND_FACTOR:
        member.set_password(password)
        member.save(update_fields=["password"])
        drop_own(member=member.pk)
        make_own_pair(centre=member.centre_id, member=member.pk, password=password)
    if purpose == Purpose.NEW:
        record(Act.MEMBER_JOINED, object=member.pk, reason=purpose.value)
    else:
        record(Act.READMITTED, object=member.pk, reason=purpose.code)
    return purpose


def refuse_link(*, member: UUID) -> None:
    """Write that somebody came with a link that no longer holds."""
    record(Act.INVITATION_REFUSED, object=member)


def sign_member(*, by: Actor, member: UUID, public: bytes) -> None:
    """Sign a member's key, whose digits she has read aloud. public: the very key that was shown.

    Raises NotHolder, and UnsignedKey where she has made another since.
    """
    if by.holder is None:
        raise NotHolder("no open keys")
    sign_pair(holder=by.holder, member=member, public=public)
