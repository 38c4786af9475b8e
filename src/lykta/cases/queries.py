"""What staff see of files: neutral lists, and, opened and logged, what is said in one."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from lykta.access.enums import Permission, Role, Wall
from lykta.access.rules import ROLES, Actor, works_in
from lykta.audit.enums import LABELS as AUDIT_LABELS
from lykta.audit.enums import Act
from lykta.audit.models import Event
from lykta.cases.enums import CloseReason, Guard, Mode, OpenReason, SheetKind, State
from lykta.cases.errors import NothingThere, ReasonNeeded
from lykta.cases.glass_rules import Loan
from lykta.cases.models import Ask, Assignment, Exclusion, File, Merge, Note, Opening, Sheet
from lykta.cases.places import note_place, sheet_place
from lykta.cases.rules import Opening as Opened
from lykta.cases.rules import marks_of, may_read
from lykta.core import clock
from lykta.core.doors import become
from lykta.people.models import Colleague
from lykta.people.own_address import own_address
from lykta.people.queries import colleagues_in, names_of
from lykta.sealing.named import lies_under_ring
from lykta.sealing.queries import SealedWord, open_words


@dataclass(frozen=True)
class NoteRow:
    """An opened note. older: earlier wordings, newest first. from_ref: of the part it stands in, where it does.

    is_letter: it was written to who went on with the file.
    """

    id: UUID
    number: int
    at: datetime
    by: UUID
    by_name: str
    text: str = field(repr=False)
    dissent: str = field(repr=False)
    guards: tuple[Guard, ...]
    guard_reason: str = field(repr=False)
    older: tuple["NoteRow", ...] = ()
    from_ref: str = ""
    is_letter: bool = False


@dataclass(frozen=True)
class SheetRow:
    """The present wording of a part of the file. version 0: nothing has been written yet."""

    kind: SheetKind
    version: int = 0
    at: datetime | None = None
    by_name: str = ""
    words: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Read:
    """Everything opened at one showing."""

    sheets: dict[SheetKind, SheetRow] = field(repr=False)
    notes: tuple[NoteRow, ...] = field(repr=False)


def file_for(actor: Actor, file: UUID) -> File:
    """The file, if the actor may know that it is there. Raises NothingThere for unknown and forbidden alike."""
    found = File.objects.filter(id=file, centre_id=actor.centre).first()
    if found is None or not works_in(actor, Wall(found.wall)):
        raise NothingThere
    become(case=found.id)
    return found


def may_read_now(actor: Actor, file: File) -> bool:
    """Whether the actor may read the file's words at this moment, or must first give a reason."""
    team = set(Assignment.objects.filter(file=file, until_on=None).values_list("member_id", flat=True))
    hers = Opening.objects.filter(file=file, member_id=actor.member).values_list("member_id", "at")
    return may_read(
        reader=actor.member,
        inside=works_in(actor, Wall(file.wall)),
        named=file.named,
        lent=file.named and loan_of(actor, file) is not None,
        team=team,
        openings=[Opened(member, at) for member, at in hers],
        at=clock.now(),
    )


def is_merged(file: File) -> bool:
    """Whether the file is a part of another one, as far as the actor may know of the file itself. Not of which."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_is_merged(%s)", [file.pk])
        return bool(cursor.fetchone()[0])


def is_open(file: File) -> bool:
    """Whether new words can be written in the file."""
    return file.state == State.OPEN and not is_merged(file)


def loan_of(actor: Actor, file: File) -> Loan | None:
    """The hour for which a named file is lent to the actor now, if it is (the database asks the same: cases 0013)."""
    granted = Ask.objects.filter(file=file, member_id=actor.member, granted=True).order_by("-answered_at").first()
    loan = granted.loan if granted else None
    return loan if loan and loan.lasts(at=clock.now()) else None


def was_lent(file: File) -> bool:
    """Whether the newest part of the file's key has been lent to somebody, and is not any more."""
    lent = [ask.loan for ask in Ask.objects.filter(file=file, part=file.part, granted=True)]
    now = clock.now()
    return bool(lent) and not any(loan and loan.lasts(at=now) for loan in lent)


def must_renew(actor: Actor, file: File) -> bool:
    """Whether a named file's key must be renewed before the actor, who is on its team, writes in it.

    Who had it lent, or is shut out by the file that it is a part of, holds no key of what is written from then on.
    """
    if not (was_lent(file) or lies_under_ring(file.pk)):
        return False
    return Assignment.objects.filter(file=file, member_id=actor.member, until_on=None).exists()


def able(by: Actor, wall: Wall) -> list[Any]:
    """Colleagues who can be given a file behind this wall."""
    return [m for m in colleagues_in(by, wall) if Permission.FILE_READ in ROLES[Role(m.role)].permissions]


def opening_of(actor: Actor, file: File) -> Opening | None:
    """The opening under which the actor is in the file; None for who is on the team."""
    if Assignment.objects.filter(file=file, until_on=None, member_id=actor.member).exists():
        return None
    return Opening.objects.filter(file=file, member_id=actor.member).order_by("-at").first()


def read(actor: Actor, file: File) -> Read:
    """Open the file's sheets and notes: one reading, one event. Raises ReasonNeeded, NothingThere, NotHolder."""
    if actor.holder is None:
        raise NothingThere
    if not may_read_now(actor, file):
        raise ReasonNeeded
    sheets = list(Sheet.objects.filter(file=file).order_by("kind", "-version").distinct("kind"))
    notes = list(Note.objects.filter(file=file).order_by("number"))
    words = [SealedWord(sheet_place(file.id, s.id), bytes(s.sealed), s.part) for s in sheets]
    words += [SealedWord(note_place(file.id, n.id), bytes(n.sealed), n.part) for n in notes]
    why = opening_of(actor, file)
    names = names_of(actor)
    texts = open_words(
        actor.holder,
        file.id,
        words,
        act=Act.FILE_READ,
        reason=why.reason if why else "",
        marks=lambda opened: _marks(actor, sheets, opened, beside=why.reason if why else ""),
    )
    opened = [json.loads(text) for text in texts]
    shown = {SheetKind(s.kind): _sheet(s, said, names) for s, said in zip(sheets, opened, strict=False)}
    for kind in SheetKind:
        shown.setdefault(kind, SheetRow(kind))
    return Read(shown, note_rows(notes, opened[len(sheets) :], names))


def _marks(actor: Actor, sheets: list[Sheet], opened: list[str], *, beside: str) -> str:
    """What the log should bear about who reads whom."""
    kinds = [sheet.kind for sheet in sheets]
    if SheetKind.IDENTITY not in kinds:
        return ""
    colleagues = [m.name for m in Colleague.objects.filter(centre_id=actor.centre, is_active=True)]
    identity = json.loads(opened[kinds.index(SheetKind.IDENTITY)])
    return marks_of(actor.name, identity, colleagues, lives_at=own_address(actor), beside=beside)


def _sheet(sheet: Sheet, words: dict[str, Any], names: dict[UUID, str]) -> SheetRow:
    return SheetRow(SheetKind(sheet.kind), sheet.version, sheet.at, names.get(sheet.by, ""), words)


def note_rows(notes: list[Note], opened: list[dict[str, Any]], names: dict[UUID, str]) -> tuple[NoteRow, ...]:
    """The newest wording of each note, newest first, with the earlier ones behind it."""
    rows: dict[UUID, NoteRow] = {}
    for note, said in zip(notes, opened, strict=True):
        before = rows.pop(note.replaces_id, None) if note.replaces_id else None
        rows[note.id] = NoteRow(
            id=note.id,
            number=note.number,
            at=note.at,
            by=note.by,
            by_name=names.get(note.by, ""),
            text=said.get("text", ""),
            dissent=said.get("dissent", ""),
            guards=tuple(Guard(g) for g in said.get("guards", ())),
            guard_reason=said.get("guard_reason", ""),
            older=(before, *before.older) if before else (),
            is_letter=said.get("kind") == "handover" or bool(before and before.is_letter),
        )
    return tuple(sorted(rows.values(), key=lambda n: -(n.older[-1] if n.older else n).number))


@dataclass(frozen=True)
class TeamRow:
    """A member of the team."""

    member: UUID
    name: str
    leads: bool
    from_on: date


def team_of(actor: Actor, file: File) -> list[TeamRow]:
    """Who works with the file now, the one who leads first."""
    names = names_of(actor)
    present = Assignment.objects.filter(file=file, until_on=None)
    rows = [TeamRow(a.member_id, names.get(a.member_id, ""), a.leads, a.from_on) for a in present]
    return sorted(rows, key=lambda r: (not r.leads, r.name))


def facts_of(file: File) -> dict[str, Any]:
    """The file's running facts in words."""
    return {
        "wall": Wall(file.wall).label,
        "mode": Mode(file.mode).label,
        "state": State(file.state).label,
        "closed_reason": CloseReason(file.closed_reason).label if file.closed_reason else "",
    }


def opened_identity(actor: Actor, file: File) -> dict[str, Any]:
    """Who it is, opened to be indexed anew: one reading. Raises NothingThere, NotHolder."""
    if actor.holder is None:
        raise NothingThere
    sheet = Sheet.objects.filter(file=file, kind=SheetKind.IDENTITY).order_by("-version").first()
    if sheet is None:
        return {}
    word = SealedWord(sheet_place(file.id, sheet.id), bytes(sheet.sealed), sheet.part)
    found: dict[str, Any] = json.loads(open_words(actor.holder, file.id, [word], act=Act.FILE_READ, reason="index")[0])
    return found


def excluded_from(actor: Actor, file: File) -> list[str]:
    """Names of those who can never hold the file."""
    names = names_of(actor)
    return sorted(names.get(e.member_id, "") for e in Exclusion.objects.filter(file=file))


@dataclass(frozen=True)
class ReaderRow:
    """Somebody has done something with the file: a line of the list the person herself can be given."""

    at: datetime
    name: str
    what: str
    reason: str


def readers_of(actor: Actor, file: File, *, most: int = 20) -> list[ReaderRow]:
    """The newest events about the file, in plain words."""
    names = names_of(actor)
    events = Event.objects.filter(centre_id=actor.centre, object=file.id).order_by("-at", "-seq")
    if not Merge.objects.filter(Q(file=file) | Q(other=file)).exists():  # who reads one of two is not told of the other
        events = events.exclude(act__in=(Act.FILES_MERGED, Act.FILES_PARTED))
    rows = []
    for event in events[:most]:
        reason = OpenReason(event.reason).label if event.reason in tuple(OpenReason) else ""
        rows.append(
            ReaderRow(event.at, names.get(event.actor, "") if event.actor else "", AUDIT_LABELS[Act(event.act)], reason)
        )
    return rows


def sheet_for(actor: Actor, file: File, kind: SheetKind) -> SheetRow:
    """One part of the file, opened to be changed: one reading. Raises NothingThere, NotHolder."""
    if actor.holder is None:
        raise NothingThere
    sheet = Sheet.objects.filter(file=file, kind=kind).order_by("-version").first()
    if sheet is None:
        return SheetRow(kind)
    word = SealedWord(sheet_place(file.id, sheet.id), bytes(sheet.sealed), sheet.part)
    (text,) = open_words(actor.holder, file.id, [word], act=Act.FILE_READ, reason="change")
    return _sheet(sheet, json.loads(text), names_of(actor))


def note_for(actor: Actor, file: File, note: UUID) -> NoteRow | None:
    """One note, opened to be corrected: one reading. None where there is no such note in the file."""
    row = Note.objects.filter(file=file, pk=note).first()
    if row is None or actor.holder is None:
        return None
    word = SealedWord(note_place(file.id, row.id), bytes(row.sealed), row.part)
    (text,) = open_words(actor.holder, file.id, [word], act=Act.FILE_READ, reason="change")
    row.replaces_id = None
    return note_rows([row], [json.loads(text)], names_of(actor))[0]


def newest_of(actor: Actor, file: File, note: UUID) -> NoteRow | None:
    """The newest wording that came to stand in a note's place; None where it is that wording still."""
    at, newest = note, None
    while (row := Note.objects.filter(file=file, replaces_id=at).first()) is not None:
        at, newest = row.id, row.id
    return note_for(actor, file, newest) if newest else None
