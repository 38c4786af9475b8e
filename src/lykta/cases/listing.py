"""Lists of files: neutral codes and running facts, a page at a time, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.cases.enums import State
from lykta.cases.models import Assignment, File
from lykta.people.queries import names_of

PAGE = 100
LAST_ON = Coalesce("last_note_on", "opened_on")
"""The day of the latest work, as the index `cases_file_listed` has it."""


@dataclass(frozen=True)
class FileRow:
    """One file in a list: neutral codes and running facts, nothing sensitive (SoLPuL, section 7 a)."""

    id: UUID
    ref: str
    wall: Wall
    service: str
    state: State
    named: bool
    lead: str
    mine: bool
    last_on: date


@dataclass(frozen=True)
class Mark:
    """The last row of a page. The next page begins after it."""

    on: date
    id: UUID

    def __str__(self) -> str:
        return f"{self.on:%Y%m%d}-{self.id.hex}"


def mark_from(text: str) -> Mark | None:
    """A mark as it stands in an address; None for what is none."""
    day, _, file = text.partition("-")
    try:
        return Mark(date.fromisoformat(day), UUID(hex=file))
    except ValueError:
        return None


@dataclass(frozen=True)
class Listing:
    """A page of files, newest work first. older: where the next page begins; None on the last one."""

    rows: list[FileRow]
    older: Mark | None = None


def files(actor: Actor, *, mine: bool = True, closed: bool = False, after: Mark | None = None) -> Listing:
    """Files inside the actor's walls, newest work first, PAGE at a time; with `mine` only those she is assigned to."""
    rows = File.objects.filter(centre_id=actor.centre, state=State.CLOSED if closed else State.OPEN)
    if mine:
        own = Assignment.objects.filter(member_id=actor.member, until_on=None)
        rows = rows.filter(pk__in=own.values("file_id"))
    rows = rows.annotate(last=LAST_ON).order_by("-last", "-id")
    if after:
        rows = rows.filter(Q(last__lt=after.on) | Q(last=after.on, id__lt=after.id), last__lte=after.on)
    # Wall by wall: each is a walk along the index, and never a sorting of everything there is.
    found = [file for wall in sorted(actor.walls) for file in rows.filter(wall=wall)[: PAGE + 1]]
    listing = listed(actor, sorted(found, key=_newest_first)[:PAGE])
    more = len(found) > PAGE
    return Listing(listing, Mark(listing[-1].last_on, listing[-1].id) if more else None)


def _newest_first(file: File) -> tuple[int, int]:
    return -(file.last_note_on or file.opened_on).toordinal(), -file.id.int


def listed(actor: Actor, rows: Iterable[File]) -> list[FileRow]:
    """Files as rows of a list."""
    found = list(rows)
    present = Assignment.objects.filter(file__in=found, until_on=None)
    names, leads, own = names_of(actor), {}, set()
    for one in present:
        if one.leads:
            leads[one.file_id] = names.get(one.member_id, "")
        if one.member_id == actor.member:
            own.add(one.file_id)
    return [_row(f, leads.get(f.id, ""), f.id in own) for f in found]


def _row(file: File, lead: str, mine: bool) -> FileRow:
    return FileRow(
        id=file.id,
        ref=file.ref,
        wall=Wall(file.wall),
        service=file.service,
        state=State(file.state),
        named=file.named,
        lead=lead,
        mine=mine,
        last_on=file.last_note_on or file.opened_on,
    )
