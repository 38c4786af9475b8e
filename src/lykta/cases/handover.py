"""Handovers of a file, and what waits of them for a member. Running facts; the letters are notes in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lykta.access.rules import Actor
from lykta.cases.due import Due, own_files
from lykta.cases.handover_rules import late_from
from lykta.cases.models import File, Handover
from lykta.cases.queries import NoteRow
from lykta.people.queries import names_of


@dataclass(frozen=True)
class HandoverRow:
    """One of them. note: the letter, where it is among the notes that were opened with the file."""

    id: UUID
    from_name: str
    to_name: str
    on: date
    written: bool
    seen_on: date | None
    mine: bool
    to_write: bool
    note: NoteRow | None = None


def handovers_of(actor: Actor, file: File, notes: Sequence[NoteRow] = ()) -> list[HandoverRow]:
    """The file's handovers, the newest first."""
    names = names_of(actor)
    by_id = {wording.id: note for note in notes for wording in (note, *note.older)}
    return [
        HandoverRow(
            id=one.pk,
            from_name=names.get(one.from_member, ""),
            to_name=names.get(one.to_member, ""),
            on=one.on,
            written=one.letter_id is not None,
            seen_on=one.seen_on,
            mine=one.to_member == actor.member and one.seen_on is None,
            to_write=one.from_member == actor.member and one.letter_id is None and one.seen_on is None,
            note=by_id.get(one.letter_id) if one.letter_id else None,
        )
        for one in Handover.objects.filter(file=file).order_by("-on", "-pk")
    ]


def due_for(actor: Actor, *, on: date) -> list[Due]:
    """Letters that the actor shall have or has not read, in the files she works with. Running facts alone."""
    rows = Handover.objects.filter(
        centre_id=actor.centre, to_member=actor.member, seen_on=None, file_id__in=own_files(actor)
    ).select_related("file")
    found = []
    for row in rows:
        waits = "överlämning saknas" if row.letter_id is None else "väntar på att du läser brevet"
        limit = late_from(row.on)
        found.append(Due("file_handover", row.file_id, row.file.ref, "Överlämning", waits, limit, limit < on))
    return found
