"""Making keys and handing them out."""

from uuid import UUID

from django.conf import settings
from nacl.utils import random

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.sealing import boxes
from lykta.sealing.enums import RingName
from lykta.sealing.models import Ring, RingShare, StaffPair, Wrap
from lykta.sealing.passwords import SALT_BYTES, staff_key
from lykta.sealing.queries import newest_rings, pair_context, private_place, share_context, wrap_context
from lykta.sealing.words import seal

KEY_BYTES = 32


def make_staff_pair(*, centre: UUID, member: UUID, password: str) -> bytes:
    """Make a member's pair: the private half sealed under the password, the public half signed and given back."""
    pair, salt = boxes.new_pair(), random(SALT_BYTES)
    StaffPair.objects.create(
        member_id=member,
        centre_id=centre,
        public=pair.public,
        signature=boxes.sign(settings.LYKTA_CENTRE_SIGNING_SEED, pair_context(member), pair.public),
        salt=salt,
        sealed_private=seal(staff_key(password, salt), private_place(member), pair.private),
    )
    return pair.public


def make_ring(*, centre: UUID, name: RingName) -> tuple[Ring, bytes]:
    """Make the first version of a ring. Gives it with its private half, to be shared or put on paper, then dropped."""
    pair = boxes.new_pair()
    ring = Ring(centre_id=centre, name=name, version=1, public=pair.public)
    ring.signature = boxes.sign(settings.LYKTA_CENTRE_SIGNING_SEED, ring.context, pair.public)
    ring.save(force_insert=True)
    record(Act.RING_MADE, object=ring.id, reason=name.value)
    return ring, pair.private


def share_ring(*, ring: Ring, private: bytes, member: UUID, public: bytes) -> None:
    """Give a member the private half of a ring."""
    RingShare.objects.create(
        centre_id=ring.centre_id,
        ring=ring,
        member_id=member,
        box=boxes.give(public, share_context(ring, member), private),
    )
    record(Act.RING_SHARED, object=member, reason=ring.name)


def new_case_key(*, centre: UUID, case: UUID, part: UUID, ring_name: RingName) -> bytes:
    """A fresh data key for a part of a case, wrapped to the ring of its room and to the centre's recovery pair.

    part: what the key is for (see Wrap). Use the key, then forget it.
    """
    key = random(KEY_BYTES)
    Wrap.objects.bulk_create(
        Wrap(
            centre_id=centre,
            case_id=case,
            part=part,
            ring=ring,
            box=boxes.give(bytes(ring.public), wrap_context(ring, case, part), key),
        )
        for ring in newest_rings(ring_name, RingName.RECOVERY)
    )
    return key


def destroy_case_keys(*, case: UUID) -> int:
    """Destroy every wrap of a case's data key: from now on nobody reads it. Gives how many there were."""
    return Wrap.objects.filter(case_id=case).delete()[0]
