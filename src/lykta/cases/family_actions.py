"""Writing whom a file tells of, and opening a child's own file from it."""

from typing import Any
from uuid import UUID

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked, open_file
from lykta.cases.entries import EntryRow, entry_of, write_entry
from lykta.cases.enums import Mode
from lykta.cases.errors import AlreadyWritten, NothingThere, Unsound
from lykta.cases.family import linked, seen_file
from lykta.cases.family_enums import ChildFile
from lykta.cases.family_rules import child_file
from lykta.cases.models import Entry, Exclusion, File
from lykta.cases.plan_enums import Entered

CALLED = ("given_names", "family_name", "number_kind", "number")


def write_relation(
    *, by: Actor, file: File, relation: UUID, entry: UUID, seen: int, ref: str, words: dict[str, Any]
) -> None:
    """Write who somebody is to the person. relation, entry, seen: as entries.write_entry. ref: the other's file, or "".

    Raises Unsound ("ref": "none" for every file that may not be named, alike), AlreadyWritten, Moved, Closed,
    ReasonNeeded, NothingThere.
    """
    fresh = locked(by, file)
    if Entry.objects.filter(pk=entry).exists():
        raise AlreadyWritten
    other = linked(by, fresh, ref) if ref.strip() else None
    if ref.strip() and other is None:
        raise Unsound({"ref": "none"})
    before = entry_of(by, fresh, Entered.RELATION, relation) if seen else None
    if seen and before is None:
        raise NothingThere
    said = words | {"file": str(other.pk) if other else _unseen(by, fresh, before)}
    write_entry(by=by, file=fresh, kind=Entered.RELATION, thing=relation, entry=entry, seen=seen, words=said)
    record(Act.FAMILY_WRITTEN, object=file.id)


def _unseen(by: Actor, file: File, before: EntryRow | None) -> str:
    """The file that stood there, where the actor may not know of it: she can't have taken it away."""
    stood = str(before.words["file"]) if before else ""
    return stood if stood and seen_file(by, file, stood) is None else ""


def write_child(*, by: Actor, file: File, child: UUID, entry: UUID, seen: int, words: dict[str, Any]) -> None:
    """Write a child the person tells of. The child's own file stays with it. Raises as write_relation, but for ref."""
    fresh = locked(by, file)
    if Entry.objects.filter(pk=entry).exists():
        raise AlreadyWritten
    before = entry_of(by, fresh, Entered.CHILD, child) if seen else None
    if seen and before is None:
        raise NothingThere
    said = words | {"file": before.words["file"] if before else ""}
    write_entry(by=by, file=fresh, kind=Entered.CHILD, thing=child, entry=entry, seen=seen, words=said)
    record(Act.FAMILY_WRITTEN, object=file.id)


def open_child_file(*, by: Actor, file: File, child: UUID, made: UUID) -> File:
    """Open a child's own file, inside the wall of children, and let the child here name it. made: the form's own id.

    Who may never hold this file may never hold the child's either; a named file's child has a named one.
    Raises NothingThere where it can't be opened from here, AlreadyWritten, Closed, ReasonNeeded, NotAble.
    """
    fresh = locked(by, file)
    before = entry_of(by, fresh, Entered.CHILD, child)
    if before is None:
        raise NothingThere
    verdict = child_file(Wall(fresh.wall), by.walls, has_file=bool(before.words["file"]))
    if verdict == ChildFile.THERE:
        raise AlreadyWritten
    if verdict != ChildFile.MAY:
        raise NothingThere
    excluded = set(Exclusion.objects.filter(file=fresh).values_list("member_id", flat=True))
    identity = {name: before.words[name] for name in CALLED}
    own = open_file(
        by=by,
        file=made,
        wall=Wall.CHILD,
        service="",
        mode=Mode.FULL,
        identity=identity,
        named=fresh.named,
        excluded=excluded,
    )
    locked(by, fresh)
    words = {name: value for name, value in before.words.items() if name != "kind"} | {"file": str(own.pk)}
    write_entry(by=by, file=fresh, kind=Entered.CHILD, thing=child, entry=made, seen=before.version, words=words)
    record(Act.FAMILY_WRITTEN, object=file.id)
    return own
