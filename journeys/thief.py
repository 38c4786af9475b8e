"""A thief with a copy of the whole database and one member's private key, however long ago she left."""

from typing import Any
from uuid import UUID

from lykta.cases.places import note_place
from lykta.sealing import boxes
from lykta.sealing.errors import CannotOpen
from lykta.sealing.queries import own_context
from lykta.sealing.words import unseal

SHARES = """SELECT s.box, 'ring ' || r.centre_id || ' ' || r.name || ' ' || r.version
FROM sealing_ringshare s JOIN sealing_ring r ON r.id = s.ring_id WHERE s.member_id = %s"""
WRAPS = """SELECT w.box, w.part, 'ring ' || r.centre_id || ' ' || r.name || ' ' || r.version
FROM sealing_wrap w JOIN sealing_ring r ON r.id = w.ring_id WHERE w.case_id = %s"""
OWN = "SELECT box, part FROM sealing_memberwrap WHERE case_id = %s AND member_id = %s"
NOTES = "SELECT id, sealed FROM cases_note WHERE file_id = %s"


def notes_opened(copy: Any, private: bytes, member: UUID, file: UUID) -> int:
    """How many notes of a file she can open. copy: a connection past every wall."""
    rings = [
        (context, boxes.take(private, f"{context} share {member}", bytes(box)))
        for box, context in copy.execute(SHARES, [member]).fetchall()
    ]
    keys: set[bytes] = set()
    for box, part, of in copy.execute(WRAPS, [file]).fetchall():
        for context, key in rings:
            if context == of:
                keys.add(boxes.take(key, f"{context} case {file} part {part}", bytes(box)))
    for box, part in copy.execute(OWN, [file, member]).fetchall():
        keys.add(boxes.take(private, own_context(member, file, part), bytes(box)))
    notes = copy.execute(NOTES, [file]).fetchall()
    return sum(any(_opens(key, file, note, bytes(sealed)) for key in keys) for note, sealed in notes)


def _opens(key: bytes, file: UUID, note: UUID, sealed: bytes) -> bool:
    try:
        unseal(key, note_place(file, note), sealed)
    except CannotOpen:
        return False
    return True
