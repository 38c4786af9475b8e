"""What of a file is given to the person it is about, or to a child's guardian, and what is kept back. Pure.

A party reads her own file, and no secrecy holds against oneself (OSL 10:3, 12:1; EU 2016/679, article 15). Kept back
is what would harm somebody, who must be protected for what she told (26:5), and what is said of others (26:1). A
child's data are secret from a guardian too where she would be harmed (12:3). The law's silence is read as care: what
these rules keep back, a member of the team may release with reasons; what they give, she may keep back.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from lykta.access.enums import Wall
from lykta.cases.concern_enums import GuardiansKnow
from lykta.cases.enums import Agency, Guard, Mode
from lykta.cases.extract_enums import Held, Part, Receiver
from lykta.cases.sharing_rules import ADULT

NEVER_TO_GUARDIANS = ("HEDER",)
"""Services in which nothing is given to guardians from here: they may be whom the child must be protected from (4c)."""
INQUIRING = (Agency.POLICE, Agency.PROSECUTOR)
RELEASABLE = (Held.PARTY, Held.OTHERS)
"""Grounds a member may set aside with reasons. A source, an address and a child are released by no tick in a form."""
SHORT = 200
"""Signs of a piece that stand open in the list the staff go through."""
BY_HAND = (Held.PARTY, Held.SOURCE, Held.OTHERS)
"""Grounds a member may choose for what she keeps back herself, in a copy for the person."""


@dataclass(frozen=True)
class Piece:
    """One thing of the file. held: why it is kept back whole; less: why some of it is left out of the lines.

    lines: (name, words) in order. why: what the file itself says of why; for the staff alone.
    """

    id: UUID
    part: Part
    on: date
    by: str
    lines: tuple[tuple[str, str], ...] = field(repr=False)
    held: Held | None = None
    less: Held | None = None
    why: str = field(default="", repr=False)

    @property
    def releasable(self) -> bool:
        """Whether a member of the team may give it after all."""
        return self.held in RELEASABLE

    @property
    def words(self) -> str:
        """All its words, for who goes through them."""
        return "\n".join(f"{name}: {text}" if name else text for name, text in self.lines if text.strip())

    @property
    def is_long(self) -> bool:
        """Whether its words need a place of their own in the list the staff go through."""
        return len(self.words) > SHORT


@dataclass(frozen=True)
class Chosen:
    """What a member has chosen: ids she keeps back or releases, why, on which ground; and for whom the copy is."""

    receiver: Receiver
    keep: frozenset[UUID] = frozenset()
    release: frozenset[UUID] = frozenset()
    ground: Held = Held.PARTY
    reason: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
    readers: bool = False


def receivers(*, wall: Wall, service: str, mode: Mode, age: int | None) -> tuple[Receiver, ...]:
    """Who can be given a copy. age: as the number tells it; None where it doesn't, and then the wall tells.

    A guardian is one only until the child is of age, and only where it is known whose file it is.
    """
    is_child = wall == Wall.CHILD if age is None else age < ADULT
    if not is_child or mode == Mode.NO_IDENTITY or service in NEVER_TO_GUARDIANS:
        return (Receiver.PERSON,)
    return (Receiver.PERSON, Receiver.GUARDIAN)


def told_as(held: Held | None, receiver: Receiver) -> Held | None:
    """The ground as it is told. To a guardian there is one for everything: no other may show what there is."""
    return Held.GUARDIAN if held and receiver == Receiver.GUARDIAN else held


def note_held(guards: Collection[Guard], receiver: Receiver) -> Held | None:
    """Whether a note is kept back for its marks: whole, since words betray who said them."""
    held = Held.SOURCE if Guard.SOURCE in guards else Held.PARTY if Guard.PARTY in guards else None
    if Guard.GUARDIAN in guards and receiver == Receiver.GUARDIAN:
        held = Held.GUARDIAN
    return told_as(held, receiver)


def wordings_held(newest_first: Iterable[Collection[Guard]], receiver: Receiver) -> list[Held | None]:
    """The same for each wording of a corrected note.

    A mark covers its wording and those before it: it was set because of what stood there. Taken away by a correction,
    it leaves the new words free and the old ones kept back.
    """
    marks: set[Guard] = set()
    found = []
    for guards in newest_first:
        marks |= set(guards)
        found.append(note_held(marks, receiver))
    return found


def disclosure_held(agency: Agency, receiver: Receiver, *, by_consent: bool) -> Held | None:
    """What left without consent to who investigates crimes is kept back; from a guardian whatever left without."""
    if by_consent:
        return None
    return told_as(Held.PARTY, receiver) if agency in INQUIRING or receiver == Receiver.GUARDIAN else None


def demand_held(agency: Agency, receiver: Receiver) -> Held | None:
    """That somebody who investigates crimes has asked is kept back; from a guardian, that anybody has."""
    return told_as(Held.PARTY, receiver) if agency in INQUIRING or receiver == Receiver.GUARDIAN else None


def concern_held(receiver: Receiver, *, reported: bool, guardians: GuardiansKnow | None) -> Held | None:
    """A concern is given only where it was reported and all guardians know; a guardian gets none from here."""
    is_known = reported and guardians == GuardiansKnow.YES
    return None if is_known and receiver == Receiver.PERSON else told_as(Held.PARTY, receiver)


def others_held(wall: Wall, receiver: Receiver) -> Held | None:
    """Whom the file tells of. In a file on the side of who uses violence they may be whom it is used against."""
    if receiver == Receiver.PERSON and wall != Wall.USING_VIOLENCE:
        return None
    return told_as(Held.OTHERS, receiver)


def chosen_faults(pieces: Sequence[Piece], chosen: Chosen) -> dict[str, str]:
    """What is wrong with the choices: field -> "fixed" for what can't be released, "gone", "reason", "who"."""
    by_id = {piece.id: piece for piece in pieces}
    faults = {}
    if not (chosen.keep | chosen.release) <= by_id.keys():
        faults["reason"] = "gone"
    elif not all(by_id[id].releasable for id in chosen.release):
        faults["reason"] = "fixed"
    elif (chosen.keep or chosen.release) and not chosen.reason.strip():
        faults["reason"] = "reason"
    if chosen.receiver == Receiver.GUARDIAN and not chosen.who.strip():
        faults["who"] = "who"
    return faults


def settled(pieces: Iterable[Piece], chosen: Chosen) -> list[Piece]:
    """The pieces as the member has chosen. Who keeps back something already kept back changes nothing."""
    ground = told_as(chosen.ground, chosen.receiver)
    found = []
    for piece in pieces:
        if piece.id in chosen.release:
            found.append(replace(piece, held=None))
        elif piece.id in chosen.keep and piece.held is None:
            found.append(replace(piece, held=ground))
        else:
            found.append(piece)
    return found


def grounds_told(pieces: Iterable[Piece], more: Iterable[Held], receiver: Receiver) -> tuple[Held, ...]:
    """Which grounds the copy tells, without how often.

    To a guardian always the same one, also where nothing is kept back: a copy with something hidden and one without
    must read alike, for that something is hidden would already tell it.
    """
    if receiver == Receiver.GUARDIAN:
        return (Held.GUARDIAN,)
    told = {ground for piece in pieces for ground in (piece.held, piece.less)} | set(more)
    return tuple(held for held in Held if held in told)


def mark_of(pieces: Iterable[Piece], sheets: Iterable[tuple[str, str]] = ()) -> str:
    """What stands there, word for word, and how it is judged, as a mark: so that nothing is given that nobody has read.

    A piece can have got an answer, and a sheet another wording, without being another. sheets: (name, words).
    """
    told = sorted(repr((str(one.id), one.held, one.less, one.on, one.by, one.lines)) for one in pieces)
    return hashlib.sha256(repr((told, list(sheets))).encode()).hexdigest()
