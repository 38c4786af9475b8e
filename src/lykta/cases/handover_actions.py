"""Writing a handover letter, with the lead where she passes it on, and saying that one has read it."""

from collections.abc import Mapping
from uuid import UUID

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import add_note, add_to_team, locked, note_words
from lykta.cases.errors import AlreadyWritten, NotAble, NothingThere, Unsound
from lykta.cases.handover_rules import Prompt, letter_faults, letter_text
from lykta.cases.models import Assignment, File, Handover, Note
from lykta.core import clock


def hand_over(*, by: Actor, file: File, letter: UUID, to: UUID | None, told: Mapping[Prompt, str]) -> None:
    """Write to who goes on with the file. letter: the form's own id. to: whom the actor passes the lead to, where she
    has it; else the letter is for who leads.

    Raises Unsound (prompts as handover_rules.letter_faults; to: "none"), AlreadyWritten, NotAble (as add_to_team, and
    "not_team"), Closed, ReasonNeeded.
    """
    fresh = locked(by, file)
    if Note.objects.filter(pk=letter).exists():
        raise AlreadyWritten
    present = Assignment.objects.filter(file=file, until_on=None)
    if not present.filter(member_id=by.member).exists():
        raise NotAble("not_team")
    lead = present.get(leads=True).member_id
    faults = letter_faults(told)
    if lead == by.member and to in (None, by.member):
        faults["to"] = "none"
    if faults:
        raise Unsound(faults)
    if lead == by.member and to is not None:
        add_to_team(by=by, file=file, member=to, leads=True)
        fresh = locked(by, file)
    row = _to_write(by, fresh) or Handover.objects.create(
        centre_id=by.centre, file=fresh, from_member=by.member, to_member=lead, on=clock.today()
    )  # who led has one since she passed the lead on
    words = note_words(letter_text(told), "", (), "") | {"kind": "handover"}
    add_note(by, fresh, letter, words, replaces=None)
    Handover.objects.filter(pk=row.pk).update(letter=letter)
    record(Act.HANDED_OVER, object=file.id)


def _to_write(by: Actor, file: File) -> Handover | None:
    """The newest handover that still waits for the actor's letter."""
    rows = Handover.objects.filter(file=file, from_member=by.member, letter=None, seen_on=None)
    return rows.order_by("-on", "-pk").first()


def take_note(*, by: Actor, file: File, handover: UUID) -> None:
    """Say that one has read the letter, or that one goes on without. Raises NothingThere, AlreadyWritten."""
    locked(by, file, closed_too=True)
    row = Handover.objects.filter(pk=handover, file=file, to_member=by.member).first()
    if row is None:
        raise NothingThere
    on = max(clock.today(), row.on)  # the clock may have been set back
    if not Handover.objects.filter(pk=handover, seen_on=None).update(seen_on=on):
        raise AlreadyWritten
    record(Act.HANDOVER_SEEN, object=file.id, reason="" if row.letter_id else "no_letter")
