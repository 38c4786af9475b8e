"""A member's own address, which only she can open: so that the log is told when she opens a file of somebody there.

Nobody has to give it. It is compared in her own session, and only a code stands in the log (SoLPuL 10 §).
"""

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.people.models import OwnAddress
from lykta.sealing import boxes
from lykta.sealing.errors import CannotOpen
from lykta.sealing.queries import public_key

MOST_SIGNS = 120
PADDED_BYTES = 4 * MOST_SIGNS
"""Every address lies in as many bytes, so that its length says nothing."""


def _context(actor: Actor) -> str:
    return f"people_ownaddress {actor.member}"


def own_address(actor: Actor) -> str:
    """What she has told; "" where she has told nothing, or told it under keys she has no more."""
    found = OwnAddress.objects.filter(member_id=actor.member).first()
    if found is None or actor.holder is None:
        return ""
    try:
        return boxes.take(actor.holder.private, _context(actor), bytes(found.box)).decode().rstrip()
    except CannotOpen:
        return ""


def tell_address(*, by: Actor, address: str) -> None:
    """Keep it, or take it away where it is empty. Raises ValueError for more than MOST_SIGNS."""
    text = " ".join(address.replace("\x00", " ").split())
    if len(text) > MOST_SIGNS:
        raise ValueError("too long")
    OwnAddress.objects.filter(member_id=by.member).delete()
    if text:
        box = boxes.give(public_key(by.member), _context(by), text.encode().ljust(PADDED_BYTES))
        OwnAddress.objects.create(member_id=by.member, centre_id=by.centre, box=box)
    record(Act.ADDRESS_TOLD, object=by.member, reason="" if text else "ended")
