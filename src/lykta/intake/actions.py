"""What staff do when somebody wishes to go on with her name, or with none: one function per deed.

Each is all or nothing: what is refused half-way leaves no file, no note and no row behind.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked, open_file, tell
from lykta.cases.enums import Mode
from lykta.cases.models import File
from lykta.cases.queries import file_for
from lykta.cases.writing import key_of
from lykta.contact.call_actions import log_call
from lykta.contact.call_queries import offer
from lykta.contact.call_rules import Facts
from lykta.core import clock
from lykta.core.doors import become
from lykta.intake.carried import carry_note, take_back_note
from lykta.intake.enums import Kind, UndoReason, Urgency, Wish
from lykta.intake.errors import AlreadyDone, Meanwhile, NothingThere, Unsound
from lykta.intake.models import Link, Triage
from lykta.intake.places import triage_place, undone_place, wish_place
from lykta.intake.queries import files_of
from lykta.intake.rules import MOST_WORDS, carried_text, day_fault, urgency_fault, wish_fault
from lykta.intake.sources import Source, held, pieces
from lykta.sealing.words import seal


@dataclass(frozen=True)
class Wished:
    """What the person has said, and what the counsellor judges and carries over.

    copy: ids of the pieces to be copied word for word. told_on: the day she was told that she may apply (SoL 11:6).
    """

    wished: bool
    how: Wish
    on: date
    urgency: Urgency
    told_on: date | None = None
    copy: frozenset[str] = frozenset()
    said: str = field(default="", repr=False)
    opening: str = field(default="", repr=False)
    why: str = field(default="", repr=False)


@dataclass(frozen=True)
class NewFile:
    """What is typed about a new file. Identity is only what was typed: nothing comes from the contact by itself."""

    wall: Wall
    service: str
    mode: Mode
    named: bool
    excluded: frozenset[UUID]
    identity: dict[str, Any] = field(repr=False)


@transaction.atomic
def make_file(*, by: Actor, source: Source, file: UUID, told: NewFile, wished: Wished, seen: Collection[UUID]) -> File:
    """Open a new file by the person's wish, with what is carried over. file: the form's own id.

    seen: the files of this contact that the page showed. Raises Unsound, Meanwhile where a colleague has made one
    since, AlreadyDone, NothingThere, and what `cases.actions.open_file` raises.
    """
    _check(wished)
    held(source)
    if File.objects.filter(pk=file).exists():
        raise AlreadyDone
    _nobody_else(by, source, seen)
    text = _carried(by, source, wished)
    made = open_file(
        by=by,
        file=file,
        wall=told.wall,
        service=told.service,
        mode=told.mode,
        identity=told.identity,
        named=told.named,
        excluded=told.excluded,
    )
    _link(by, source, made, wished, text, made_it=True)
    return made


@transaction.atomic
def join_file(*, by: Actor, source: Source, file: UUID, link: UUID, wished: Wished, seen: Collection[UUID]) -> File:
    """Add a contact to a file that is there and that the actor is in now. link: the form's own id.

    Raises as make_file, and ReasonNeeded and Closed of cases.
    """
    _check(wished)
    held(source)
    if Link.objects.filter(pk=link).exists():
        raise AlreadyDone
    _nobody_else(by, source, seen)
    if file in {one.id for one in files_of(by, source.id)}:
        raise Unsound({"file": "there"})
    text = _carried(by, source, wished)
    found = file_for(by, file)
    locked(by, found)
    _link(by, source, found, wished, text, made_it=False, link=link)
    return found


def _nobody_else(by: Actor, source: Source, seen: Collection[UUID]) -> None:
    present = {one.id for one in files_of(by, source.id)}
    if not present <= set(seen):
        raise Meanwhile(present)


def _check(wished: Wished) -> None:
    """Everything that can be said no to before anything is read or written. Raises Unsound."""
    on = clock.today()
    urgency = urgency_fault(wished.urgency, wished.why)
    faults = {
        "wished": wish_fault(wished.wished),
        "on": day_fault(wished.on, on=on),
        "told_on": day_fault(wished.told_on, on=on) if wished.told_on else "",
        "said": "long" if len(wished.said) > MOST_WORDS else "",
        "urgency" if urgency == "urgency" else "why": urgency,
    }
    if found := {name: fault for name, fault in faults.items() if fault}:
        raise Unsound(found)


ORIGIN = {
    Kind.DIALOGUE: "Började som en dialog utan namn, {ref}, {on}.",
    Kind.CALL: "Började som ett fört samtal eller besök, {ref}, {on}.",
}
"""The first sentence of what is carried over."""


def _carried(by: Actor, source: Source, wished: Wished) -> str:
    """The opening note. The contact is opened only where something of it is to be copied."""
    chosen = pieces(by, source, only=wished.copy) if wished.copy else []
    begins = ORIGIN[source.kind].format(ref=source.ref, on=source.on.isoformat())
    said = f"Personen sade {wished.on.isoformat()}, {wished.how.label}, att det får bli en del av akten."
    return carried_text(f"{begins} {said}", wished.opening, [(piece.whose, piece.words) for piece in chosen])


def _link(
    by: Actor, source: Source, file: File, wished: Wished, text: str, *, made_it: bool, link: UUID | None = None
) -> None:
    """Carry the note over, tie the two together, and judge how much it hurries."""
    become(case=file.id)
    made, note = link or uuid4(), uuid4()
    carry_note(by=by, file=file, note=note, text=text)
    wish = {"how": wished.how.value, "on": wished.on.isoformat(), "text": wished.said.strip()}
    Link.objects.create(
        id=made,
        centre_id=by.centre,
        at=clock.now(),
        by=by.member,
        part=file.part,
        sealed=seal(key_of(by, file), wish_place(file.id, made), _bytes(wish)),
        file=file,
        kind=source.kind,
        source_id=source.id,
        note_id=note,
        made=made_it,
        from_on=clock.today(),
    )
    if wished.told_on:
        tell(by=by, file=file, on=wished.told_on)
    record(Act.CONTACT_LINKED, object=file.id, reason="made" if made_it else "joined")
    judge(by=by, file=file, triage=uuid4(), urgency=wished.urgency, why=wished.why)


GONE = "Det som fördes hit är borttaget {on}: {why}. {name} tog bort det."
"""What stands in the journal where the carried note stood."""


@transaction.atomic
def undo_link(*, by: Actor, file: File, link: UUID, reason: UndoReason, words: str) -> None:
    """Take a contact out of a file again: what was carried over is destroyed, what was written since stays.

    Raises NothingThere, AlreadyDone where it is undone, Unsound without words, ReasonNeeded of cases.
    """
    if not words.strip() or len(words) > MOST_WORDS:
        raise Unsound({"words": "long" if words.strip() else "empty"})
    fresh = locked(by, file, closed_too=True)
    row = Link.objects.filter(pk=link, file=file).first()
    if row is None:
        raise NothingThere
    done = Link.objects.filter(pk=link, until_on=None).update(
        until_on=Greatest("from_on", Value(clock.today())),  # the clock may have been set back
        undone_by=by.member,
        undone_reason=reason.value,
        undone_part=fresh.part,
        undone_sealed=seal(key_of(by, fresh), undone_place(fresh.id, link), _bytes({"text": words.strip()})),
    )
    if not done:
        raise AlreadyDone
    text = GONE.format(on=clock.today().isoformat(), why=reason.label, name=by.name)
    take_back_note(by=by, file=fresh, note=row.note_id, text=text)
    record(Act.CONTACT_UNLINKED, object=file.id, reason=reason.value)


def judge(*, by: Actor, file: File, triage: UUID, urgency: Urgency, why: str) -> None:
    """Say how much it hurries and why; the newest judgement holds. triage: the form's own id.

    Raises Unsound, AlreadyDone, ReasonNeeded and Closed of cases.
    """
    fault = urgency_fault(urgency, why)
    if fault:
        raise Unsound({"urgency" if fault == "urgency" else "why": fault})
    fresh = locked(by, file)
    if Triage.objects.filter(pk=triage).exists():
        raise AlreadyDone
    Triage.objects.create(
        id=triage,
        centre_id=by.centre,
        at=clock.now(),
        by=by.member,
        part=fresh.part,
        sealed=seal(key_of(by, fresh), triage_place(fresh.id, triage), _bytes({"text": why.strip()})),
        file=fresh,
        urgency=urgency.value,
    )
    record(Act.TRIAGED, object=file.id, reason=urgency.value)


def take_acute(*, by: Actor, file: File) -> None:
    """Take what can't wait, in one's own name: it leaves the list. Raises AlreadyDone where a colleague was first."""
    newest = Triage.objects.filter(file=file).order_by("-at", "-id").first()
    taken = newest and Triage.objects.filter(pk=newest.pk, urgency=Urgency.TODAY, taken_by=None).update(
        taken_by=by.member, taken_at=clock.now()
    )
    if not taken:
        raise AlreadyDone
    record(Act.TRIAGE_TAKEN, object=file.id)


CALLERS = {
    Wall.EXPOSED: "exposed",
    Wall.CHILD: "child",
    Wall.RELATIVE: "relative",
    Wall.USING_VIOLENCE: "using_violence",
    Wall.PARTNER: "exposed",
    Wall.KAST: "kast",
}
"""Who asked, as the call log counts it."""


def count_advice(*, by: Actor, source: Source, about: Wall | None, once: str) -> None:
    """Count a dialogue in which only advice was given: a line in the call log, nothing of the person, and no file.

    A call stands in the log already. Raises NothingThere, and AlreadySent of contact for the same form twice.
    """
    if source.kind == Kind.CALL:
        return
    facts = Facts(channel="other", caller=CALLERS.get(about, "other") if about else "other", urgency="calm")
    log_call(by=by, on=clock.today(), facts=facts, offer=offer(on=clock.today()), once=once)


def _bytes(words: dict[str, str]) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode()
