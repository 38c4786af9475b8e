"""What is done at a start while the centre's signing seed still lies on the machine.

Either nothing is installed, or the centre is of the first release, which had one ring and left the seed where it was,
or a process was killed between the commit of an installation and the moment the seed was taken away.
"""

from uuid import UUID

from django.conf import settings

from lykta.access.enums import Role
from lykta.access.rules import rings_of
from lykta.core import clock
from lykta.people.models import Member
from lykta.people.queries import walls_of
from lykta.sealing import signing
from lykta.sealing.actions import make_ring, share_ring
from lykta.sealing.enums import OF_HOUSE, RingName
from lykta.sealing.errors import UnsignedKey
from lykta.sealing.models import CentreSeed, Ring
from lykta.sealing.queries import newest_rings, public_key

type Made = dict[RingName, tuple[Ring, bytes]]


def complete() -> None:
    """Give the centre the rings it lacks and take its seed off the machine, within the worker's door.

    Each member with a signed key gets a share of every new ring that her work needs. A ring that was there already
    gets its spare for the recovery pair when a holder signs in: its private half is not the worker's to see.
    Does nothing where the seed is away. Raises Ring.DoesNotExist for a centre without a recovery ring.
    """
    if not signing.is_on_machine():
        return
    if CentreSeed.objects.exists():
        signing.forget_on_machine()
        return
    recovery = newest_rings(RingName.RECOVERY)[0]
    there = set(Ring.objects.values_list("name", flat=True))
    made: Made = {
        name: make_ring(centre=settings.LYKTA_CENTRE, name=name) for name in OF_HOUSE if name.value not in there
    }
    for member, role, also in Member.objects.filter(is_active=True).order_by("name").values_list("pk", "role", "also"):
        _share(made, member, Role(role), [Role(one) for one in also])
    signing.take_off_machine(house=made[RingName.HOUSE][0], recovery=recovery)


def _share(made: Made, member: UUID, role: Role, also: list[Role]) -> None:
    """What of the new rings her work needs; nothing to a key that nobody has signed."""
    try:
        public_key(member)
    except UnsignedKey:
        return
    for name in sorted(rings_of(role, walls_of(member, on=clock.today()), also=also)):
        if name in made:
            ring, private = made[name]
            share_ring(ring=ring, private=private, member=member)
