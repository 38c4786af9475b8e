"""The centre's signing seed: on the machine until the centre is installed, then only within the house's ring.

Whoever holds it can make the centre trust a public key. It is needed when a member is let in or a ring is turned.
"""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import keyfile
from lykta.sealing import boxes
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder, SeedAway
from lykta.sealing.holder import Holder
from lykta.sealing.models import CentreSeed, Ring
from lykta.sealing.queries import holds_ring, ring_private

ON_MACHINE = "centre_signing_seed"


def on_machine() -> bytes:
    """The seed, while the centre is not installed yet. Raises SeedAway afterwards."""
    kept = keyfile.read(_file()).get(ON_MACHINE)
    if not isinstance(kept, str):
        raise SeedAway("the centre's signing seed is no longer on this machine")
    return bytes.fromhex(kept)


def is_on_machine() -> bool:
    """Whether the seed still lies in keys.json."""
    return ON_MACHINE in keyfile.read(_file())


def take_off_machine(*, house: Ring, recovery: Ring) -> None:
    """Give the seed to the house's ring and the recovery pair; once that is kept, it goes from keys.json."""
    seed = on_machine()
    CentreSeed.objects.create(
        centre_id=house.centre_id,
        ring=house,
        box=boxes.give(bytes(house.public), seed_context(house), seed),
        spare=boxes.give(bytes(recovery.public), seed_context(recovery), seed),
    )
    record(Act.SEED_TAKEN, object=house.centre_id)
    transaction.on_commit(forget_on_machine)


def forget_on_machine() -> None:
    """Take the seed out of keys.json, now that it is kept elsewhere."""
    path = _file()
    with keyfile.locked(keyfile.lock_of(path)):
        keys = keyfile.read(path)
        if keys.pop(ON_MACHINE, None) is not None:
            keyfile.replace(path, keys)


def open_seed(holder: Holder) -> bytes:
    """The seed, for a member of the house's ring. Raises NotHolder."""
    kept = CentreSeed.objects.select_related("ring").first()
    if kept is None:
        raise NotHolder("no seed to open")
    return boxes.take(ring_private(holder, kept.ring), seed_context(kept.ring), bytes(kept.box))


def seed_from_paper(recovery: Ring, private: bytes) -> bytes:
    """The seed through the recovery pair. Raises CannotOpen for another pair."""
    kept = CentreSeed.objects.get()
    return boxes.take(private, seed_context(recovery), bytes(kept.spare))


def give_seed_on(*, seed: bytes, house: Ring) -> None:
    """Give the seed to a newer version of the house's ring."""
    CentreSeed.objects.update(ring=house, box=boxes.give(bytes(house.public), seed_context(house), seed))


def seed_context(ring: Ring) -> str:
    """What the boxed seed is bound to."""
    return f"{ring.context} seed"


def holds_house(member: UUID) -> bool:
    """Whether the member can let others in: she has a share of the house's ring."""
    return holds_ring(member, RingName.HOUSE)


def _file() -> Path:
    return Path(settings.LYKTA_KEYS)
