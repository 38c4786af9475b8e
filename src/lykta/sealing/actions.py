"""Making keys and handing them out."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import connection
from nacl.utils import random

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.sealing import boxes
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder, UnsignedKey
from lykta.sealing.holder import Holder
from lykta.sealing.models import MemberWrap, Ring, RingShare, RingSpare, StaffPair, Wrap
from lykta.sealing.passwords import SALT_BYTES, staff_key
from lykta.sealing.queries import (
    newest_rings,
    pair_context,
    private_place,
    public_key,
    ring_private,
    share_context,
    spare_context,
    wrap_context,
)
from lykta.sealing.signing import give_seed_on, on_machine, open_seed
from lykta.sealing.words import seal

KEY_BYTES = 32


def make_staff_pair(*, centre: UUID, member: UUID, password: str, seed: bytes | None = None) -> None:
    """Make a member's pair with the private half under her password, signed at once: at installation only.

    seed: the centre's; when left out the one on the machine. Raises SeedAway where the centre is installed; then she
    makes her own (`make_own_pair`) and another signs it.
    """
    _keep_pair(centre=centre, member=member, password=password, seed=seed or on_machine())


def make_own_pair(*, centre: UUID, member: UUID, password: str) -> None:
    """Make the acting member's own pair, unsigned: nothing is given to it until somebody of the house signs it.

    A pair she had before goes, and with it everything that was given to it.
    """
    StaffPair.objects.filter(member_id=member).delete()
    _keep_pair(centre=centre, member=member, password=password, seed=None)
    record(Act.PAIR_MADE, object=member)


def reseal_pair(*, holder: Holder, password: str) -> None:
    """Put the acting member's private half under a new password."""
    salt = random(SALT_BYTES)
    sealed = seal(staff_key(password, salt), private_place(holder.member), holder.private)
    StaffPair.objects.filter(member_id=holder.member).update(salt=salt, sealed_private=sealed)


def sign_pair(*, holder: Holder, member: UUID, public: bytes) -> None:
    """Sign a member's public key, as holder of the house's ring. `public`: the very key whose digits were compared.

    Raises NotHolder, and UnsignedKey where the key in the database is another by now.
    """
    signature = boxes.sign(open_seed(holder), pair_context(member), public)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_sign_pair(%s, %s, %s)", [member, public, signature])
        if not cursor.fetchone()[0]:
            raise UnsignedKey("the key has been changed since it was shown")
    record(Act.PAIR_SIGNED, object=member)


def destroy_pair(*, member: UUID) -> None:
    """Destroy a member's pair and every share given to it, as holder of the house's ring (or one's own)."""
    take_shares(member=member)
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_destroy_pair(%s)", [member])
    record(Act.PAIR_DESTROYED, object=member)


def _keep_pair(*, centre: UUID, member: UUID, password: str, seed: bytes | None) -> None:
    pair, salt = boxes.new_pair(), random(SALT_BYTES)
    StaffPair.objects.create(
        member_id=member,
        centre_id=centre,
        public=pair.public,
        signature=boxes.sign(seed, pair_context(member), pair.public) if seed else b"",
        salt=salt,
        sealed_private=seal(staff_key(password, salt), private_place(member), pair.private),
    )


def make_recovery_ring(*, centre: UUID, public: bytes) -> Ring:
    """Keep the public half of the centre's recovery pair; the private half is on paper."""
    return _keep_ring(centre=centre, name=RingName.RECOVERY, version=1, public=public, seed=on_machine())


def make_ring(*, centre: UUID, name: RingName, version: int = 1, seed: bytes | None = None) -> tuple[Ring, bytes]:
    """Make a ring, with its spare for the recovery pair. Gives it with its private half, to be shared and dropped.

    seed: the centre's; when left out the one on the machine. Raises SeedAway, and Ring.DoesNotExist without recovery.
    """
    pair = boxes.new_pair()
    ring = _keep_ring(centre=centre, name=name, version=version, public=pair.public, seed=seed or on_machine())
    _spare(ring, pair.private).save(force_insert=True)
    return ring, pair.private


def _keep_ring(*, centre: UUID, name: RingName, version: int, public: bytes, seed: bytes) -> Ring:
    ring = Ring(centre_id=centre, name=name, version=version, public=public)
    ring.signature = boxes.sign(seed, ring.context, public)
    ring.save(force_insert=True)
    record(Act.RING_MADE, object=ring.id, reason=name.value)
    return ring


def share_ring(*, ring: Ring, private: bytes, member: UUID) -> None:
    """Give a member the private half of a ring. Raises UnsignedKey where the centre has not signed her public key."""
    RingShare.objects.create(
        centre_id=ring.centre_id,
        ring=ring,
        member_id=member,
        box=boxes.give(public_key(member), share_context(ring, member), private),
    )
    record(Act.RING_SHARED, object=member, reason=ring.name)


def let_into_ring(*, holder: Holder, name: RingName, member: UUID) -> None:
    """Give a colleague what one holds oneself: every version of a ring. Raises NotHolder and UnsignedKey."""
    mine = Ring.objects.filter(name=name, shares__member_id=holder.member).order_by("version")
    hers = set(RingShare.objects.filter(ring__name=name, member_id=member).values_list("ring_id", flat=True))
    if not mine:
        raise NotHolder(f"no share of {name}")
    for ring in mine:
        if ring.pk not in hers:
            share_ring(ring=ring, private=ring_private(holder, ring), member=member)


def take_shares(*, member: UUID, names: Iterable[RingName] | None = None) -> int:
    """Take a member's shares of these rings (of all, when left out) away. Gives how many. Turn the rings afterwards."""
    shares = RingShare.objects.filter(member_id=member)
    if names is not None:
        shares = shares.filter(ring__name__in=list(names))
    count = shares.delete()[0]
    if count:
        record(Act.RING_TAKEN, object=member)
    return count


def give_missing_spares(*, holder: Holder) -> int:
    """Give the recovery pair what it lacks of the rings the holder has a share of. Gives how many spares were made.

    Rings of the first release had none, and nobody but a holder can make it.
    """
    lacking = list(Ring.objects.filter(shares__member_id=holder.member, spare=None).exclude(name=RingName.RECOVERY))
    spares = [_spare(ring, ring_private(holder, ring)) for ring in lacking]
    RingSpare.objects.bulk_create(spares, ignore_conflicts=True)  # another holder may sign in at the same moment
    for ring in lacking:
        record(Act.RING_SPARED, object=ring.id, reason=ring.name)
    return len(lacking)


def _spare(ring: Ring, private: bytes) -> RingSpare:
    recovery = newest_rings(RingName.RECOVERY)[0]
    box = boxes.give(bytes(recovery.public), spare_context(ring), private)
    return RingSpare(ring=ring, centre_id=ring.centre_id, box=box)


def drop_own(*, member: UUID) -> None:
    """Let go of everything that was given to the acting member's own pair: her shares, and keys of named cases."""
    take_shares(member=member)
    MemberWrap.objects.filter(member_id=member).delete()


def turn_ring(*, name: RingName, seed: bytes, first: UUID | None = None) -> Ring:
    """Make a new version of a ring and give it to those who hold the present one now, as holder of the house's ring.

    first: the member who gets it where nobody holds the present one. From now on writers seal to the new one. What was
    sealed before is moved by its holders (`sealing.turning`).
    """
    hold_rings(name)
    present = newest_rings(name)[0]
    holders = list(RingShare.objects.filter(ring=present).order_by("member_id").values_list("member_id", flat=True))
    if first is not None and not holders:
        holders = [first]
    ring, private = make_ring(centre=present.centre_id, name=name, version=present.version + 1, seed=seed)
    for member in holders:
        share_ring(ring=ring, private=private, member=member)
    if name == RingName.HOUSE:
        give_seed_on(seed=seed, house=ring)
    record(Act.RING_TURNED, object=ring.id, reason=name.value)
    return ring


def new_case_key(*, centre: UUID, case: UUID, part: UUID, ring_name: RingName) -> bytes:
    """A fresh data key for a part of a case, wrapped to the ring of its room and to the centre's recovery pair.

    part: what the key is for (see Wrap). Use the key, then forget it.
    """
    key = random(KEY_BYTES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 1))", [f"{centre} {ring_name}"])
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


def destroy_case_keys(*, case: UUID, part: UUID | None = None) -> int:
    """Destroy every wrap of a case's data keys, or of one part's: from now on nobody reads it. Gives how many."""
    hold_case(case)
    wraps = Wrap.objects.filter(case_id=case)
    return (wraps if part is None else wraps.filter(part=part)).delete()[0]


def hold_rings(*names: RingName) -> None:
    """Keep writers from sealing to these rings until this transaction ends, and wait for those who are at it.

    Without it somebody who is just writing could seal to a ring whose last share is taken away meanwhile. Call it
    before anything is written in the log, where there is more than one to turn.
    """
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            held = f"{settings.LYKTA_CENTRE} {name}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [held])


def hold_case(case: UUID) -> None:
    """Keep others from moving or destroying a case's keys until this transaction ends.

    Without it a key that is just being moved to a turned ring could outlive its own destruction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(case)])
