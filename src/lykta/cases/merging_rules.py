"""Which files may be told of as one person's, and which may be merged. Plain values in, a verdict out.

Sources: domain.md 4f and 4g (a number can change; an assumed identity is never linked to the old one); design,
section 4 (walls). The database asks the same of a merge (see the migrations), but for safe contact, which is sealed.
"""

from collections.abc import Set
from dataclasses import dataclass
from uuid import UUID

from lykta.access.enums import Wall
from lykta.cases.enums import Answer, Channel, Mode, Number
from lykta.cases.rules import SafeContact

NATIONAL = (Number.PERSONNUMMER, Number.SAMORDNINGSNUMMER)
"""Numbers that one person alone has in the whole country. A reserve number can be two persons'."""


def may_hint(*, mode: Mode, kind: Number, number: str, masked: bool) -> bool:
    """Whether a file may be compared by its number with the others inside its wall.

    masked: the identity is protected. Such a person, an assumed identity among them, is compared with nobody; nor is
    somebody who has been promised that no identity is written.
    """
    return mode == Mode.FULL and not masked and kind in NATIONAL and bool(number.strip())


@dataclass(frozen=True)
class Half:
    """One of two files that shall be merged, as it is now. leads, is_part: of a merge that stands."""

    wall: Wall
    team: Set[UUID]
    excluded: Set[UUID] = frozenset()
    named: bool = False
    masked: bool = False
    is_open: bool = True
    leads: bool = False
    is_part: bool = False


def merge_fault(by: UUID, lead: Half, part: Half) -> str:
    """Why a member can't make `part` a part of `lead`, or "".

    "none": she is not on both teams, they are not behind one wall, or one is protected: told as if there were no such
    file. "standing": one of them is merged already. "closed": the one that leads. "named": a named file would go on in
    one that its wall can open. "excluded": somebody who may never hold the one can hold the other. "team": somebody
    who writes in the part could write no more.
    """
    if by not in lead.team & part.team or lead.wall != part.wall or lead.masked or part.masked:
        return "none"
    if lead.is_part or part.is_part or part.leads:
        return "standing"
    if not lead.is_open:
        return "closed"
    if part.named and not lead.named:
        return "named"
    if lead.excluded != part.excluded:
        return "excluded"
    return "" if part.team <= lead.team else "team"


def loosens(lead: SafeContact | None, part: SafeContact | None) -> bool:
    """Whether the leading file lets somebody be reached in a way, on a day or at an hour that the part says no to.

    None: never asked. Only a plain no of the part counts: not yet asked is no answer of hers.
    """
    if lead is None or part is None:
        return False
    used = {way for way in Channel if lead.ways.get(way) == Answer.YES}
    if any(part.ways.get(way) == Answer.NO for way in used):
        return True
    rings = {Channel.CALL, Channel.VOICEMAIL, Channel.TEXT} & used
    if not rings or not any(part.ways.get(way) == Answer.YES for way in rings):
        return False
    if not lead.days <= part.days:
        return True
    if part.hours is None:
        return False
    return lead.hours is None or lead.hours[0] < part.hours[0] or lead.hours[1] > part.hours[1]
