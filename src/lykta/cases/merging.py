"""Files that are one person's: a quiet hint where a number is the same, and what has been merged, read together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.enums import Mode, Number, State
from lykta.cases.errors import NothingThere
from lykta.cases.merging_rules import Half, may_hint
from lykta.cases.models import Assignment, Exclusion, File, Merge
from lykta.cases.places import merge_place
from lykta.cases.queries import NoteRow, Read, is_merged, read
from lykta.cases.reading import open_sealed
from lykta.cases.search import Sought, same_number, sought
from lykta.core.doors import become
from lykta.people.queries import names_of
from lykta.sealing.queries import SealedWord


@dataclass(frozen=True)
class MergeRow:
    """A merge, standing or undone, for who reads both. other_ref: of the file that this page is not about."""

    id: UUID
    leads: bool
    other: UUID
    other_ref: str
    at: datetime
    by_name: str
    why: str = field(repr=False)
    undone_at: datetime | None
    undone_by: str
    undone_why: str = field(repr=False)


@dataclass(frozen=True)
class Merging:
    """How a file stands to others. leading: what it is a part of, for who reads both; is_part: for everybody in it."""

    hints: Sequence[File] = ()
    leading: File | None = None
    parts: Sequence[File] = ()
    is_part: bool = False


def standing(file: File) -> list[Merge]:
    """The merges that stand and bear on a file, as far as the actor reads both."""
    rows = Merge.objects.filter(undone_at=None).select_related("file", "other")
    return [*rows.filter(file=file).order_by("at"), *rows.filter(other=file)]


def merging_of(actor: Actor, file: File, identity: dict[str, Any]) -> Merging:
    """How the file stands to others. identity: who it is, opened. One event where there is a hint."""
    there = standing(file)
    known = {file.pk} | {one.file_id for one in there} | {one.other_id for one in there}
    kind, number = Number(identity.get("number_kind") or Number.NONE), identity.get("number", "")
    hints: list[File] = []
    if may_hint(mode=Mode(file.mode), kind=kind, number=number, masked=False):
        hints = [one for one in same_number(actor, file, number) if one.mode == Mode.FULL and one.pk not in known]
    if hints:
        record(Act.FILE_SEARCHED, reason="hint", count=len(hints))
    return Merging(
        hints=hints,
        leading=next((one.file for one in there if one.other_id == file.pk), None),
        parts=[one.other for one in there if one.file_id == file.pk],
        is_part=is_merged(file),
    )


def read_together(actor: Actor, own: Read, parts: Sequence[File], *, file: File) -> list[NoteRow]:
    """The notes of a file and of its parts, the newest first: one reading of each part, which its own log bears."""
    notes = list(own.notes)
    for part in parts:
        become(case=part.pk)
        notes += [_from(note, part) for note in read(actor, part).notes]
    become(case=file.pk)
    return sorted(notes, key=lambda note: (note.older[-1] if note.older else note).at, reverse=True)


def _from(note: NoteRow, part: File) -> NoteRow:
    return replace(note, from_ref=part.ref)


def half(file: File) -> Half:
    """A file as the rule wants it. The transaction is in the file."""
    stand = standing(file)
    return Half(
        wall=Wall(file.wall),
        team=frozenset(Assignment.objects.filter(file=file, until_on=None).values_list("member_id", flat=True)),
        excluded=frozenset(Exclusion.objects.filter(file=file).values_list("member_id", flat=True)),
        named=file.named,
        is_open=file.state == State.OPEN,
        leads=any(one.file_id == file.pk for one in stand),
        is_part=is_merged(file),
    )


def other_for(actor: Actor, file: File, typed: str, *, on: date) -> File:
    """The other file that was meant: by its reference or its number, and only one on whose team the actor is.

    Unknown and forbidden are alike, and so is a number that several of hers have. Raises NothingThere. One search.
    """
    what = sought(typed, on=on)
    found: list[File] = []
    if what.ref:
        found = list(File.objects.filter(centre_id=actor.centre, ref=what.ref))
    elif what.number:
        found = same_number(actor, file, what.number)
    own = set(Assignment.objects.filter(member_id=actor.member, until_on=None).values_list("file_id", flat=True))
    hers = [one for one in found if one.pk in own and one.pk != file.pk]
    record(Act.FILE_SEARCHED, reason="ref" if what.ref else "number", count=len(hers))
    if len(hers) != 1 or what == Sought():
        raise NothingThere
    return hers[0]


def merges_of(actor: Actor, file: File) -> list[MergeRow]:
    """All that has been merged with a file, standing ones first: one reading. Raises ReasonNeeded, NotHolder."""
    rows = Merge.objects.select_related("file", "other").order_by("undone_at", "-at")
    found = [*rows.filter(file=file), *rows.filter(other=file)]
    names = names_of(actor)
    shown = [_row(actor, file, one, names) for one in found]
    become(case=file.pk)
    return sorted(shown, key=lambda row: (row.undone_at is not None, -row.at.timestamp()))


def _row(actor: Actor, file: File, one: Merge, names: dict[UUID, str]) -> MergeRow:
    become(case=one.file_id)
    words = [SealedWord(merge_place(one.file_id, one.pk), bytes(one.sealed), one.part)]
    if one.undone_sealed and one.undone_part:
        words.append(SealedWord(merge_place(one.file_id, one.pk, "undone"), bytes(one.undone_sealed), one.undone_part))
    said = open_sealed(actor, one.file, words)
    other = one.other if one.file_id == file.pk else one.file
    return MergeRow(
        id=one.pk,
        leads=one.file_id == file.pk,
        other=other.pk,
        other_ref=other.ref,
        at=one.at,
        by_name=names.get(one.by, ""),
        why=said[0]["text"],
        undone_at=one.undone_at,
        undone_by=names.get(one.undone_by, "") if one.undone_by else "",
        undone_why=said[1]["text"] if len(said) > 1 else "",
    )
