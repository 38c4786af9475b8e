"""Opening: the only place where a sealed word becomes readable, and where that is written in the log."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.conf import settings

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.sealing import boxes
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder, UnsignedKey
from lykta.sealing.holder import Holder
from lykta.sealing.models import MemberWrap, PublicKey, Ring, RingShare, StaffPair, Wrap
from lykta.sealing.passwords import staff_key
from lykta.sealing.words import Place, unseal


@dataclass(frozen=True)
class SealedWord:
    """A sealed value, the place it belongs to, and the part of the case whose key it is under."""

    place: Place
    sealed: bytes
    part: UUID


def newest_rings(*names: RingName) -> list[Ring]:
    """The rings writers seal to now, each signature checked. Raises Ring.DoesNotExist and UnsignedKey."""
    rings = list(Ring.objects.filter(name__in=names).order_by("name", "-version").distinct("name"))
    if len(rings) < len(names):
        raise Ring.DoesNotExist
    for ring in rings:
        boxes.verify(settings.LYKTA_CENTRE_VERIFY_KEY, ring.context, bytes(ring.public), bytes(ring.signature))
    return rings


def staff_private(member: UUID, key: bytes) -> bytes:
    """A member's private key, opened with the key that follows from the password. Raises CannotOpen.

    Whether the centre has signed the public half is asked where something is given to it (`public_key`).
    """
    pair = StaffPair.objects.get(member_id=member)
    return unseal(key, private_place(member), bytes(pair.sealed_private))


def password_key(member: UUID, password: str) -> bytes | None:
    """The key that seals the member's private half, from the password; None for a member without a pair. Slow."""
    pair = StaffPair.objects.filter(member_id=member).first()
    return staff_key(password, bytes(pair.salt)) if pair else None


def pair_context(member: UUID) -> str:
    """What a member's public key is signed for."""
    return f"pair {member}"


def private_place(member: UUID) -> Place:
    """Where a member's sealed private key stands."""
    return Place("sealing_staffpair", member, "private", member)


def public_key(member: UUID) -> bytes:
    """A member's public key, for giving her something. Raises UnsignedKey, also for a member without one."""
    found = PublicKey.objects.filter(member_id=member).first()
    if found is None:
        raise UnsignedKey(f"there is no public key of {member}")
    signature = bytes(found.signature)
    boxes.verify(settings.LYKTA_CENTRE_VERIFY_KEY, pair_context(member), bytes(found.public), signature)
    return bytes(found.public)


def is_signed(member: UUID) -> bool:
    """Whether somebody of the house has signed the member's public key, so that something can be given to her."""
    try:
        public_key(member)
    except UnsignedKey:
        return False
    return True


def signed_members() -> set[UUID]:
    """All members with a signed key."""
    found = set()
    for key in PublicKey.objects.all():
        with suppress(UnsignedKey):
            context, signature = pair_context(key.member_id), bytes(key.signature)
            boxes.verify(settings.LYKTA_CENTRE_VERIFY_KEY, context, bytes(key.public), signature)
            found.add(key.member_id)
    return found


def fingerprint(member: UUID) -> str:
    """Eight digits of a member's public key that two people can read to each other; empty where there is none."""
    found = PublicKey.objects.filter(member_id=member).first()
    if found is None:
        return ""
    digest = blake2b(bytes(found.public), digest_size=8, person=b"lykta fingers").digest()
    digits = f"{int.from_bytes(digest) % 10**8:08}"
    return f"{digits[:4]} {digits[4:]}"


def ring_private(holder: Holder, ring: Ring) -> bytes:
    """The private half of a ring the holder has a share of. Raises NotHolder."""
    share = RingShare.objects.filter(ring=ring, member_id=holder.member).first()
    if share is None:
        raise NotHolder(f"no share of {ring}")
    return boxes.take(holder.private, share_context(ring, holder.member), bytes(share.box))


def holds_ring(member: UUID, name: RingName) -> bool:
    """Whether a member has a share of any version of a ring, as far as the actor can see it: her own rings."""
    return RingShare.objects.filter(member_id=member, ring__name=name).exists()


def spare_context(ring: Ring) -> str:
    """What a ring's spare, given to the recovery pair, is bound to."""
    return f"{ring.context} spare"


def share_context(ring: Ring, member: UUID) -> str:
    """What a share of a ring is bound to."""
    return f"{ring.context} share {member}"


def wrap_context(ring: Ring, case: UUID, part: UUID) -> str:
    """What a wrapped data key is bound to."""
    return f"{ring.context} case {case} part {part}"


def own_context(member: UUID, case: UUID, part: UUID) -> str:
    """What a data key given to one member is bound to."""
    return f"member {member} case {case} part {part}"


def case_keys(holder: Holder, case: UUID) -> dict[UUID, bytes]:
    """The data keys of a case by part: through the rings the holder has a share of, or given to herself.

    Raises NotHolder where no wrap of the case is for her (also when the case does not exist).
    """
    shares = {s.ring_id: s for s in RingShare.objects.filter(member_id=holder.member)}
    rings: dict[UUID, bytes] = {}
    keys: dict[UUID, bytes] = {}
    for wrap in Wrap.objects.filter(case_id=case, ring_id__in=shares).select_related("ring"):
        if wrap.ring_id not in rings:
            box = bytes(shares[wrap.ring_id].box)
            rings[wrap.ring_id] = boxes.take(holder.private, share_context(wrap.ring, holder.member), box)
        keys[wrap.part] = boxes.take(rings[wrap.ring_id], wrap_context(wrap.ring, case, wrap.part), bytes(wrap.box))
    for own in MemberWrap.objects.filter(case_id=case, member_id=holder.member):
        keys[own.part] = boxes.take(holder.private, own_context(holder.member, case, own.part), bytes(own.box))
    if not keys:
        raise NotHolder("no wrap of this case is for her")
    return keys


def open_words(
    holder: Holder,
    case: UUID,
    words: Sequence[SealedWord],
    *,
    act: Act,
    reason: str = "",
    marks: Callable[[list[str]], str] | None = None,
    keys: Mapping[UUID, bytes] | None = None,
) -> list[str]:
    """Open sealed words of one case: one reading, one event in the log that says how many values were opened.

    keys: by part, where the room keeps the case's keys itself.

    marks: told what was opened, gives codes that the log should bear beside the reason ("" for none), as that the
    reader has the same surname. Never a word of what was opened.

    Raises NotHolder, and CannotOpen where a value was moved or changed. Then nothing is written and nothing shown.
    """
    keys = case_keys(holder, case) if keys is None else keys
    opened = [unseal(keys.get(word.part, bytes(32)), word.place, bytes(word.sealed)).decode() for word in words]
    borne = f"{reason} {marks(opened) if marks else ''}".strip()
    record(act, object=case, reason=borne, count=len(opened))
    return opened
