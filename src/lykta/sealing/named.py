"""Named cases: the data key is given to named members and the recovery pair, and to no ring."""

from collections.abc import Iterable
from uuid import UUID

from nacl.utils import random

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.sealing import boxes
from lykta.sealing.actions import KEY_BYTES, hold_case
from lykta.sealing.enums import RingName
from lykta.sealing.holder import Holder
from lykta.sealing.models import MemberWrap, Wrap
from lykta.sealing.queries import case_keys, newest_rings, own_context, public_key, wrap_context


def new_named_key(*, centre: UUID, case: UUID, part: UUID, by: UUID, members: Iterable[UUID]) -> bytes:
    """A fresh data key for a part of a named case. Raises UnsignedKey where a member's key is not signed.

    by: the acting member, who is one of them and gets hers first: only who holds a case may give it on.
    """
    key = random(KEY_BYTES)
    recovery = newest_rings(RingName.RECOVERY)[0]
    box = boxes.give(bytes(recovery.public), wrap_context(recovery, case, part), key)
    for member in sorted(set(members), key=lambda m: (m != by, m)):
        _give(centre, case, part, member, key)
    Wrap.objects.create(centre_id=centre, case_id=case, part=part, ring=recovery, box=box)
    return key


def give_case(*, holder: Holder, centre: UUID, case: UUID, member: UUID) -> None:
    """Give a member every key of a case that the holder has, in place of what was lent to her.

    Whether they are hers for good or lent, the database decides (migration cases 0013). Raises NotHolder, UnsignedKey.
    """
    hold_case(case)
    MemberWrap.objects.filter(case_id=case, member_id=member).exclude(until=None).delete()
    has = set(MemberWrap.objects.filter(case_id=case, member_id=member).values_list("part", flat=True))
    for part, key in case_keys(holder, case).items():
        if part not in has:
            _give(centre, case, part, member, key)
    record(Act.CASE_KEY_GIVEN, object=case)


def name_case(*, holder: Holder, centre: UUID, case: UUID, part: UUID, members: Iterable[UUID]) -> bytes:
    """Take a case out of its ring: from now on only these members hold it. Gives the key of its new part.

    What was sealed before stays under its old key, which the ring no longer has; what comes is sealed under a new one,
    so that a colleague who had read before, or who copied the old key, reads nothing of it.
    Raises NotHolder and UnsignedKey.
    """
    hold_case(case)
    old = case_keys(holder, case)
    named = sorted(set(members))
    has = set(MemberWrap.objects.filter(case_id=case).values_list("member_id", "part"))
    for member in named:
        for of_part, key in old.items():
            if (member, of_part) not in has:
                _give(centre, case, of_part, member, key)
    new = new_named_key(centre=centre, case=case, part=part, by=holder.member, members=named)
    Wrap.objects.filter(case_id=case).exclude(ring__name=RingName.RECOVERY).delete()
    MemberWrap.objects.filter(case_id=case).exclude(member_id__in=named).delete()
    record(Act.CASE_NAMED, object=case, count=len(named))
    return new


def lies_under_ring(case: UUID) -> bool:
    """Whether a ring still holds the case, or a part of it, beside the recovery pair."""
    return Wrap.objects.filter(case_id=case).exclude(ring__name=RingName.RECOVERY).exists()


def box_for(member: UUID, case: UUID, key: bytes) -> bytes:
    """The key of a case of one part, for one member, where its room keeps the boxes itself. Raises UnsignedKey."""
    return boxes.give(public_key(member), own_context(member, case, case), key)


def key_from(holder: Holder, case: UUID, box: bytes) -> bytes:
    """The key in such a box. Raises CannotOpen where it is another's."""
    return boxes.take(holder.private, own_context(holder.member, case, case), box)


def destroy_named_keys(*, case: UUID, part: UUID | None = None) -> int:
    """Destroy every key of a case, or of one part, that was given to a member herself. Gives how many there were."""
    hold_case(case)
    wraps = MemberWrap.objects.filter(case_id=case)
    return (wraps if part is None else wraps.filter(part=part)).delete()[0]


def _give(centre: UUID, case: UUID, part: UUID, member: UUID, key: bytes) -> None:
    box = boxes.give(public_key(member), own_context(member, case, part), key)
    MemberWrap.objects.create(centre_id=centre, case_id=case, part=part, member_id=member, box=box)
