"""Whom a file tells of: relations inside its wall, and children one by one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.cases.entries import EntryRow, newest_entries, sealed_entries
from lykta.cases.enums import Number
from lykta.cases.errors import NothingThere
from lykta.cases.family_enums import ChildFile, Kin
from lykta.cases.family_rules import child_file, may_link
from lykta.cases.models import File
from lykta.cases.numbers import written_number
from lykta.cases.plan_enums import Entered
from lykta.cases.queries import file_for, may_read_now
from lykta.cases.reading import open_sealed
from lykta.core import clock
from lykta.core.doors import become


@dataclass(frozen=True)
class RelationRow:
    """A relation as it stands. file: the other's, for a reader who may know of it; else None, and nothing is said."""

    entry: EntryRow
    kin: Kin
    who: str = field(repr=False)
    more: str = field(repr=False)
    over: bool
    file: File | None


@dataclass(frozen=True)
class ChildRow:
    """A child as it stands. own: whether it has a file of its own, or who can open one. file: as in a relation."""

    entry: EntryRow
    name: str = field(repr=False)
    number: str = field(repr=False)
    born_on: date | None
    words: dict[str, Any] = field(repr=False)
    own: ChildFile
    file: File | None


@dataclass(frozen=True)
class Family:
    """Everything of it; relations that are over come last."""

    relations: tuple[RelationRow, ...]
    children: tuple[ChildRow, ...]


def family(actor: Actor, file: File) -> Family:
    """Open whom the file tells of: one reading. Raises ReasonNeeded, NothingThere, NotHolder."""
    rows, words = sealed_entries(file)
    entries = newest_entries(actor, rows, open_sealed(actor, file, words))
    relations = [_relation(actor, file, e) for e in entries if e.kind == Entered.RELATION]
    children = [_child(actor, file, e) for e in entries if e.kind == Entered.CHILD]
    return Family(tuple(sorted(relations, key=lambda r: r.over)), tuple(children))


def _relation(actor: Actor, file: File, entry: EntryRow) -> RelationRow:
    said = entry.words
    return RelationRow(
        entry, Kin(said["kin"]), said["who"], said["more"], said["over"], seen_file(actor, file, said["file"])
    )


def _child(actor: Actor, file: File, entry: EntryRow) -> ChildRow:
    said = entry.words
    return ChildRow(
        entry=entry,
        name=f"{said['given_names']} {said['family_name']}".strip(),
        number=written_number(said, on=clock.today()) if said["number_kind"] != Number.NONE else "",
        born_on=date.fromisoformat(said["born_on"]) if said["born_on"] else None,
        words=said,
        own=child_file(Wall(file.wall), actor.walls, has_file=bool(said["file"])),
        file=seen_file(actor, file, said["file"]),
    )


def seen_file(actor: Actor, file: File, other: str) -> File | None:
    """A file that another names, for an actor who may know that it is there. The transaction stays with the first."""
    if not other:
        return None
    try:
        return file_for(actor, UUID(other))
    except NothingThere:
        return None
    finally:
        become(case=file.id)


def linked(actor: Actor, file: File, ref: str) -> File | None:
    """The file with this reference, where a relation may name it; None for all that may not, alike."""
    other = File.objects.filter(centre_id=actor.centre, ref=ref.strip().upper()).exclude(pk=file.pk).first()
    there = Wall(other.wall) if other else None
    reads = other is not None and may_read_now(actor, other)
    return other if may_link(here=Wall(file.wall), there=there, reads=reads) else None
