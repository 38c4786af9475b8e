"""How files came to be, for who may read them, and what can't wait until tomorrow."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lykta.access.enums import Permission, Wall
from lykta.access.rules import Actor, may, works_in
from lykta.audit.enums import Act
from lykta.cases.enums import State
from lykta.cases.errors import ReasonNeeded
from lykta.cases.models import Assignment, File
from lykta.cases.queries import may_read_now, opening_of
from lykta.contact.models import Call, Dialogue
from lykta.core import clock
from lykta.intake.enums import Kind, UndoReason, Urgency, Wish
from lykta.intake.errors import NothingThere
from lykta.intake.models import Link, Triage
from lykta.intake.places import triage_place, undone_place, wish_place
from lykta.people.queries import names_of
from lykta.sealing.queries import SealedWord, open_words


@dataclass(frozen=True)
class LinkRow:
    """An opened link. source: reference and id of the contact, where it is there still and the actor may know of it."""

    id: UUID
    kind: Kind
    made: bool
    from_on: date
    until_on: date | None
    by_name: str
    wish: Wish
    wished_on: date
    words: str = field(repr=False)
    undone_by: str
    undone_reason: UndoReason | None
    undone_words: str = field(repr=False)
    source: tuple[str, UUID] | None


@dataclass(frozen=True)
class TriageRow:
    """How much it hurries, opened."""

    id: UUID
    urgency: Urgency
    at: datetime
    by_name: str
    why: str = field(repr=False)
    taken_by: str
    taken_at: datetime | None


@dataclass(frozen=True)
class Origin:
    """How a file came to be, and how much it hurries now; earlier judgements behind it."""

    links: tuple[LinkRow, ...]
    triages: tuple[TriageRow, ...]


@dataclass(frozen=True)
class Acute:
    """A file that can't wait, in a list: neutral codes and running facts (SoLPuL, section 7 a). lead: who has it."""

    id: UUID
    file: UUID
    ref: str
    wall: Wall
    since: datetime
    lead: str
    mine: bool
    taken_by: str
    taken_at: datetime | None


def origin(actor: Actor, file: File) -> Origin:
    """Open how the file came to be: one reading. Raises ReasonNeeded, NothingThere, NotHolder."""
    if actor.holder is None:
        raise NothingThere
    if not may_read_now(actor, file):
        raise ReasonNeeded
    links = list(Link.objects.filter(file=file).order_by("-at"))
    triages = list(Triage.objects.filter(file=file).order_by("-at"))
    words = [SealedWord(wish_place(file.id, one.id), bytes(one.sealed), one.part) for one in links]
    words += [SealedWord(triage_place(file.id, one.id), bytes(one.sealed), one.part) for one in triages]
    undone = [one for one in links if one.undone_sealed is not None and one.undone_part is not None]
    words += [SealedWord(undone_place(file.id, u.id), bytes(u.undone_sealed or b""), u.undone_part) for u in undone]  # type: ignore[arg-type]
    if not words:
        return Origin((), ())
    why = opening_of(actor, file)
    texts = open_words(actor.holder, file.id, words, act=Act.ORIGIN_READ, reason=why.reason if why else "")
    said = [json.loads(text) for text in texts]
    behind = {one.id: told["text"] for one, told in zip(undone, said[len(links) + len(triages) :], strict=True)}
    names, refs = names_of(actor), _refs(actor, links)
    rows = tuple(_link(one, told, behind, names, refs) for one, told in zip(links, said, strict=False))
    judged = tuple(_triage(one, told, names) for one, told in zip(triages, said[len(links) :], strict=False))
    return Origin(rows, judged)


def _refs(actor: Actor, links: list[Link]) -> dict[UUID, str]:
    """References of the contacts that are there still, for who works in the contact room."""
    if not works_in(actor, Wall.CONTACT):
        return {}
    ids = [one.source_id for one in links]
    found = dict(Dialogue.objects.filter(id__in=ids).values_list("id", "ref"))
    return found | dict(Call.objects.filter(id__in=ids).values_list("id", "ref"))


def _link(
    one: Link, told: dict[str, str], behind: dict[UUID, str], names: dict[UUID, str], refs: dict[UUID, str]
) -> LinkRow:
    return LinkRow(
        id=one.id,
        kind=Kind(one.kind),
        made=one.made,
        from_on=one.from_on,
        until_on=one.until_on,
        by_name=names.get(one.by, ""),
        wish=Wish(told["how"]),
        wished_on=date.fromisoformat(told["on"]),
        words=told["text"],
        undone_by=names.get(one.undone_by, "") if one.undone_by else "",
        undone_reason=UndoReason(one.undone_reason) if one.undone_reason else None,
        undone_words=behind.get(one.id, ""),
        source=(refs[one.source_id], one.source_id) if one.source_id in refs else None,
    )


def _triage(one: Triage, told: dict[str, str], names: dict[UUID, str]) -> TriageRow:
    return TriageRow(
        id=one.id,
        urgency=Urgency(one.urgency),
        at=one.at,
        by_name=names.get(one.by, ""),
        why=told["text"],
        taken_by=names.get(one.taken_by, "") if one.taken_by else "",
        taken_at=one.taken_at,
    )


def files_of(actor: Actor, source: UUID) -> list[File]:
    """Files a contact is part of now, as far as the actor may know of them."""
    links = Link.objects.filter(source_id=source, until_on=None, centre_id=actor.centre)
    return list(File.objects.filter(pk__in=links.values("file_id")).order_by("opened_on", "ref"))


def same_day(actor: Actor) -> list[Acute]:
    """Open files that can't wait and the actor may know of: first what nobody has taken, the oldest first.

    What somebody has taken stays to the end of that day, so that everybody sees that it is in hands.
    """
    if not may(actor, Permission.FILE_LIST):
        return []
    later = Triage.objects.filter(file_id=OuterRef("file_id"), at__gt=OuterRef("at"))
    today = datetime.combine(clock.today(), time(), clock.STOCKHOLM)
    acute = Triage.objects.filter(centre_id=actor.centre, urgency=Urgency.TODAY, file__state=State.OPEN)
    acute = acute.filter(Q(taken_at=None) | Q(taken_at__gte=today)).exclude(Exists(later))
    found = list(acute.select_related("file"))
    names, leads = names_of(actor), dict[UUID, UUID]()
    for file, member in Assignment.objects.filter(
        file__in=[one.file_id for one in found], until_on=None, leads=True
    ).values_list("file_id", "member_id"):
        leads[file] = member
    rows = [
        Acute(
            id=one.id,
            file=one.file_id,
            ref=one.file.ref,
            wall=Wall(one.file.wall),
            since=one.at,
            lead=names.get(leads[one.file_id], "") if one.file_id in leads else "",
            mine=leads.get(one.file_id) == actor.member,
            taken_by=names.get(one.taken_by, "") if one.taken_by else "",
            taken_at=one.taken_at,
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.taken_at is not None, row.since, row.ref))
