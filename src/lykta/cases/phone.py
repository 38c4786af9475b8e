"""A member's phone list: whom her tasks of the day concern, with numbers only where one may ring now."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from lykta.access.rules import Actor
from lykta.cases.enums import Channel, SheetKind
from lykta.cases.errors import NothingThere, ReasonNeeded
from lykta.cases.models import File, Sheet
from lykta.cases.places import sheet_place
from lykta.cases.plan import my_tasks
from lykta.cases.queries import file_for
from lykta.cases.reached import Lines, Way, lines_of, strip_of
from lykta.cases.reading import open_sealed
from lykta.core import clock
from lykta.sealing.queries import SealedWord

RINGS = (Channel.CALL, Channel.VOICEMAIL, Channel.TEXT)


@dataclass(frozen=True)
class PhoneRow:
    """One file on the list. called: her given or made-up name, no more; a list may lie on a table."""

    file: UUID
    ref: str
    called: str = field(repr=False)
    code_word: str = field(repr=False)
    lines: Lines = field(repr=False)
    ways: tuple[Way, ...] = field(repr=False)


def phone_list(actor: Actor, *, at: datetime) -> list[PhoneRow]:
    """The files in which the actor has something to do today or since before: one reading of each. Raises NotHolder."""
    tasks = my_tasks(actor, on=at.astimezone(clock.STOCKHOLM).date())
    rows = []
    for file in dict.fromkeys(task.file for task in (*tasks.late, *tasks.today)):
        try:
            rows.append(_row(actor, file_for(actor, file), at))
        except (NothingThere, ReasonNeeded):  # she has just left it
            continue
    return rows


def _row(actor: Actor, file: File, at: datetime) -> PhoneRow:
    sheets = list(Sheet.objects.filter(file=file).order_by("kind", "-version").distinct("kind"))
    words = [SealedWord(sheet_place(file.id, s.id), bytes(s.sealed), s.part) for s in sheets]
    told = dict(zip((s.kind for s in sheets), open_sealed(actor, file, words), strict=True))
    identity, safe = told.get(SheetKind.IDENTITY, {}), told.get(SheetKind.SAFE_CONTACT, {})
    return PhoneRow(
        file=file.id,
        ref=file.ref,
        called=identity.get("pseudonym") or identity.get("given_names", ""),
        code_word=safe.get("code_word") or identity.get("code_word", ""),
        lines=lines_of(identity, safe, at=at),
        ways=tuple(way for way in strip_of(safe, at=at) if way.channel in RINGS),
    )
