"""Things a file tells of in versions: written so that nobody's words vanish, opened with what stood before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from lykta.access.rules import Actor
from lykta.cases.errors import AlreadyWritten, Moved, NothingThere
from lykta.cases.models import Entry, File
from lykta.cases.places import entry_place
from lykta.cases.plan_enums import Entered
from lykta.cases.reading import open_sealed
from lykta.cases.writing import key_of
from lykta.core import clock
from lykta.people.queries import names_of
from lykta.sealing.queries import SealedWord
from lykta.sealing.words import seal


@dataclass(frozen=True)
class EntryRow:
    """The present wording of a thing. older: those before it, newest first."""

    thing: UUID
    version: int
    at: datetime
    by: UUID
    by_name: str
    words: dict[str, Any] = field(repr=False)
    older: tuple["EntryRow", ...] = ()

    @property
    def kind(self) -> Entered:
        """What it tells of."""
        return Entered(self.words["kind"])


def sealed_entries(file: File) -> tuple[list[Entry], list[SealedWord]]:
    """The file's entries, each wording after the one before it, and their sealed words."""
    rows = list(Entry.objects.filter(file=file).order_by("version", "at"))
    return rows, [SealedWord(entry_place(file.id, r.id), bytes(r.sealed), r.part) for r in rows]


def newest_entries(actor: Actor, rows: Sequence[Entry], said: Sequence[dict[str, Any]]) -> list[EntryRow]:
    """The present wording of each thing, in the order in which the things were first told of."""
    names, found, first = names_of(actor), dict[UUID, EntryRow](), dict[UUID, datetime]()
    for row, words in zip(rows, said, strict=True):
        before = found.get(row.thing)
        older = (before, *before.older) if before else ()
        first.setdefault(row.thing, row.at)
        found[row.thing] = EntryRow(row.thing, row.version, row.at, row.by, names.get(row.by, ""), words, older)
    return sorted(found.values(), key=lambda r: (first[r.thing], str(r.thing)))


def entry_of(actor: Actor, file: File, kind: Entered, thing: UUID) -> EntryRow | None:
    """One thing with all its wordings: one reading. None where the file tells of no such thing."""
    rows, words = sealed_entries(file)
    kept = [(r, w) for r, w in zip(rows, words, strict=True) if r.thing == thing]
    if not kept:
        return None
    said = open_sealed(actor, file, [w for _, w in kept])
    (found,) = newest_entries(actor, [r for r, _ in kept], said)
    return found if found.kind == kind else None


def write_entry(
    *, by: Actor, file: File, kind: Entered, thing: UUID, entry: UUID, seen: int, words: dict[str, Any]
) -> None:
    """Seal a new wording. entry: the form's own id; seen: the version the page showed, nought for a new thing.

    The caller holds the file's row. Raises AlreadyWritten for a form that was taken before, Moved where a colleague has
    written since, NothingThere for a thing of another file.
    """
    if Entry.objects.filter(pk=entry).exists():
        raise AlreadyWritten
    newest = Entry.objects.filter(file=file, thing=thing).order_by("-version").first()
    if seen and newest is None:
        raise NothingThere
    if (newest.version if newest else 0) != seen:
        raise Moved
    row = Entry(
        id=entry,
        centre_id=by.centre,
        file=file,
        thing=thing,
        version=seen + 1,
        at=clock.now(),
        by=by.member,
        part=file.part,
        sealed=seal(
            key_of(by, file),
            entry_place(file.id, entry),
            json.dumps({"kind": kind.value} | words, ensure_ascii=False).encode(),
        ),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as why:  # two at the very same moment
        raise Moved from why
