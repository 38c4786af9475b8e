"""Letting in with the recovery key on paper, on the server, when nobody of the house is left who could.

Two steps, within the worker's door: a link, with which she makes a password and keys of her own; then, once her digits
have been compared, the centre's signature under those keys and the rings that no colleague can give her.
"""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from lykta.access.enums import Role
from lykta.access.rules import rings_of
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.people.enums import Purpose
from lykta.people.errors import NoSuchMember, OtherDigits, WrongPaper
from lykta.people.invitations import Link, make_link
from lykta.people.models import Member
from lykta.people.queries import walls_of
from lykta.sealing import boxes, signing
from lykta.sealing.actions import share_ring
from lykta.sealing.enums import RingName
from lykta.sealing.models import PublicKey, Ring, RingShare, RingSpare
from lykta.sealing.paper import recovery_pair, secret_of
from lykta.sealing.queries import fingerprint, is_signed, newest_rings, pair_context, spare_context


def recovery_private(*rows: str) -> bytes:
    """The recovery pair's private half from what stands on paper: the whole row, or two of three parts.

    Raises PaperError for what was written otherwise, WrongPaper for another centre's.
    """
    pair = recovery_pair(secret_of(*rows))
    if pair.public != bytes(newest_rings(RingName.RECOVERY)[0].public):
        raise WrongPaper
    return pair.private


def member_at(address: str) -> UUID:
    """The member who signs in with an address. Raises NoSuchMember."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_member_at(%s)", [address.strip().lower()])
        found: UUID | None = cursor.fetchone()[0]
    if found is None:
        raise NoSuchMember
    return found


@transaction.atomic
def link_by_paper(*, member: UUID, private: bytes) -> Link:
    """A link for a new password and a new second factor, at once. private: the recovery pair's, which must be right.

    Raises NoSuchMember for who has left, is shut out, or never came; CannotOpen for another pair.
    """
    signing.seed_from_paper(_recovery(), private)
    _do("SELECT lykta_readmit_by_paper(%s)", member)
    link = make_link(by=None, centre=settings.LYKTA_CENTRE, member=member, purpose=Purpose.BOTH)
    record(Act.PAPER_LINK, object=member, reason=Purpose.BOTH.code)
    return link


@transaction.atomic
def admit_by_paper(*, member: UUID, private: bytes, digits: str, head: bool = False) -> Sequence[RingName]:
    """Sign a member's key and give her the rings she should hold and nobody else can give. Gives which they are.

    digits: as she has read them aloud. head: make her one of those who let members in; the house's ring she then gets
    even where somebody who has vanished still holds it.
    Raises OtherDigits (also where she has no keys yet), NoSuchMember, and CannotOpen for another pair.
    """
    seed = signing.seed_from_paper(_recovery(), private)
    if not digits.strip() or "".join(digits.split()) != "".join(fingerprint(member).split()):
        raise OtherDigits
    if not is_signed(member):
        public = bytes(PublicKey.objects.get(member_id=member).public)
        signature = boxes.sign(seed, pair_context(member), public)
        _do("SELECT lykta_sign_by_paper(%s, %s, %s)", member, public, signature)
    if head:
        with connection.cursor() as cursor:
            cursor.execute("SELECT lykta_make_head(%s)", [member])
    given = _give(member, private)
    record(Act.PAPER_USED, object=member, reason=RingName.HOUSE.value if RingName.HOUSE in given else "")
    return given


def _give(member: UUID, private: bytes) -> list[RingName]:
    role, also = Member.objects.values_list("role", "also").get(pk=member)
    wanted = rings_of(Role(role), walls_of(member, on=clock.today()), also=[Role(one) for one in also])
    newest = {ring.name: ring.pk for ring in Ring.objects.order_by("version")}
    shares = list(RingShare.objects.values_list("ring_id", "member_id"))
    held_by_others = {ring for ring, who in shares if who != member}
    hers = {ring for ring, who in shares if who == member}
    given = []
    for name in sorted(wanted):
        if newest[name] in hers or (name != RingName.HOUSE and newest[name] in held_by_others):
            continue
        for spare in RingSpare.objects.filter(ring__name=name).select_related("ring").order_by("ring__version"):
            if spare.ring_id not in hers:
                opened = boxes.take(private, spare_context(spare.ring), bytes(spare.box))
                share_ring(ring=spare.ring, private=opened, member=member)
        given.append(name)
    return given


def _recovery() -> Ring:
    return newest_rings(RingName.RECOVERY)[0]


def _do(query: str, *values: UUID | bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        if not cursor.fetchone()[0]:
            raise NoSuchMember
