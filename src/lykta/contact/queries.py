"""What staff see of the contact room: what waits, and, opened and logged, what was said."""

import json
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When

from lykta.access.enums import Permission, Role, Wall
from lykta.access.rules import ROLES, Actor, works_in
from lykta.audit.enums import Act
from lykta.contact.enums import Kind, ReadReason, State
from lykta.contact.errors import NothingThere
from lykta.contact.keys import message_place
from lykta.contact.models import Dialogue, Message, ReplyCopy
from lykta.contact.rules import is_late, read_reason, waited_days
from lykta.core import clock
from lykta.core.doors import become
from lykta.people.absence import away_on, stands_in_for
from lykta.people.models import Absence, Colleague
from lykta.people.queries import colleagues_in, names_of
from lykta.sealing.queries import SealedWord, open_words


@dataclass(frozen=True)
class InboxRow:
    """One dialogue in a list: running facts only, no word of anybody's."""

    id: UUID
    ref: str
    state: State
    muted: bool
    waited: int | None
    late: bool
    last_on: date
    taken_by: UUID | None
    taken_name: str
    asked_me: bool
    unread_replies: int
    stand_in: bool = False  # the one who has it is away, and the actor stands in
    away: bool = False  # the one who has it is away
    freed_from: str = ""  # the given name of who had it and has left


@dataclass(frozen=True)
class Said:
    """One opened message. `at` is None for the visitor's, whose hour nobody knows."""

    id: UUID
    kind: Kind
    on: date
    at: datetime | None
    by: str
    to: str
    text: str = field(repr=False)
    language: str = ""
    municipality: str = ""
    hurt: str = ""


@dataclass(frozen=True)
class InboxPage:
    """One page of the list. first: the number of its first row among all; waiting: how many wait on any page.

    lit: the dialogue to take next, on whichever page it stands.
    """

    rows: list[InboxRow]
    number: int
    pages: int
    first: int
    total: int
    waiting: int
    lit: Dialogue | None

    @property
    def last(self) -> int:
        """The number of its last row among all."""
        return self.first + len(self.rows) - 1


def inbox(actor: Actor, *, on: date, free: Container[date]) -> list[InboxRow]:
    """Every open dialogue: those of whom the actor stands in for, then what waits, longest first."""
    away = away_on(on)
    return _rows(actor, _listed(actor, away, closed=False), on, free, away)


def inbox_page(
    actor: Actor, *, on: date, free: Container[date], closed: bool = False, number: int = 1, size: int = 50
) -> InboxPage:
    """One page of open or of closed dialogues. A number past either end gives the page at that end."""
    away = away_on(on)
    listed = _listed(actor, away, closed=closed)
    counts = listed.aggregate(total=Count("id"), waiting=Count("waiting_on"))
    pages = max(1, -(-counts["total"] // size))
    number = min(max(number, 1), pages)
    start = (number - 1) * size
    hers = Q(taken_by=None) | Q(taken_by__in=[actor.member, *_covered(actor, away)])
    waits = listed.filter(hers, waiting_on__isnull=False)
    return InboxPage(
        rows=_rows(actor, listed[start : start + size], on, free, away),
        number=number,
        pages=pages,
        first=start + 1,
        lit=None if closed else waits.order_by("waiting_on", _covered_first(actor, away), "-last_on", "ref").first(),
        **counts,
    )


def _covered(actor: Actor, away: dict[UUID, Absence]) -> list[UUID]:
    """The members away whom the actor stands in for."""
    return [member for member, absence in away.items() if absence.stand_in == actor.member]


def _covered_first(actor: Actor, away: dict[UUID, Absence]) -> Case:
    """An order that begins with what the actor has for somebody else."""
    return Case(When(taken_by__in=_covered(actor, away), then=0), default=1)


def _listed(actor: Actor, away: dict[UUID, Absence], *, closed: bool) -> QuerySet[Dialogue]:
    """The dialogues in the order of the list."""
    rows = Dialogue.objects.filter(centre_id=actor.centre)
    rows = rows.filter(state=State.CLOSED) if closed else rows.exclude(state=State.CLOSED)
    return rows.order_by(_covered_first(actor, away), F("waiting_on").asc(nulls_last=True), "-last_on", "ref")


def _rows(
    actor: Actor, listed: QuerySet[Dialogue], on: date, free: Container[date], away: dict[UUID, Absence]
) -> list[InboxRow]:
    """The list's rows, with what colleagues have asked and how many replies lie unread."""
    dialogues = list(listed)
    names, asked = names_of(actor), _asked(actor)
    copies = ReplyCopy.objects.filter(dialogue_id__in=[d.id for d in dialogues])
    unread = Counter(copies.values_list("dialogue_id", flat=True))
    return [_row(d, actor, names, asked, unread[d.id], on, free, away) for d in dialogues]


def _row(
    dialogue: Dialogue,
    actor: Actor,
    names: dict[UUID, str],
    asked: Container[UUID],
    unread: int,
    on: date,
    free: Container[date],
    away: dict[UUID, Absence],
) -> InboxRow:
    absence = away.get(dialogue.taken_by) if dialogue.taken_by else None
    return InboxRow(
        id=dialogue.id,
        ref=dialogue.ref,
        state=State(dialogue.state),
        muted=dialogue.muted,
        waited=waited_days(dialogue.waiting_on, on=on),
        late=is_late(dialogue.waiting_on, on=on, free=free),
        last_on=dialogue.last_on,
        taken_by=dialogue.taken_by,
        taken_name=names.get(dialogue.taken_by, "") if dialogue.taken_by else "",
        asked_me=dialogue.id in asked,
        unread_replies=unread,
        stand_in=absence is not None and absence.stand_in == actor.member,
        away=absence is not None,
        freed_from=names.get(dialogue.freed_from, "") if dialogue.freed_from else "",
    )


def next_for(actor: Actor, rows: list[InboxRow]) -> InboxRow | None:
    """The row that has waited longest of those nobody has taken, that are the actor's own or that she stands in for.

    None where none waits.
    """
    hers = [r for r in rows if r.waited is not None and (r.stand_in or r.taken_by in (None, actor.member))]
    return max(hers, key=lambda r: (r.waited or 0, r.stand_in), default=None)


def _asked(actor: Actor) -> set[UUID]:
    """Dialogues in which a colleague has asked the actor, and she has written nothing since."""
    asks = Message.objects.filter(kind=Kind.ASK, to=actor.member).values_list("dialogue_id", "number")
    written = dict(Message.objects.filter(by=actor.member).order_by("number").values_list("dialogue_id", "number"))
    return {dialogue for dialogue, number in asks if number > written.get(dialogue, 0)}


def colleagues(actor: Actor) -> list[Colleague]:
    """Members who can be asked about a dialogue or be given one: inside the room, and with the right to read."""
    inside = colleagues_in(actor, Wall.CONTACT)
    return [m for m in inside if Permission.DIALOGUE_READ in ROLES[Role(m.role)].permissions]


def unread_of(dialogue: Dialogue) -> set[UUID]:
    """The replies whose copies still lie waiting for the one who writes."""
    return set(ReplyCopy.objects.filter(dialogue=dialogue).values_list("id", flat=True))


def dialogue_for(actor: Actor, dialogue: UUID) -> Dialogue:
    """The dialogue, if the actor works in the contact room. Raises NothingThere for unknown and forbidden alike."""
    found = Dialogue.objects.filter(id=dialogue, centre_id=actor.centre).first()
    if found is None or not works_in(actor, Wall.CONTACT):
        raise NothingThere
    become(case=found.id)
    return found


def asked_in(dialogue: Dialogue) -> set[UUID | None]:
    """The colleagues somebody has asked about this dialogue."""
    return set(Message.objects.filter(dialogue=dialogue, kind=Kind.ASK).values_list("to", flat=True))


def reason_to_read(actor: Actor, dialogue: Dialogue, *, given: str = "") -> ReadReason | None:
    """The reason under which the actor would read this dialogue, or None where she must first give one."""
    return read_reason(
        reader=actor.member,
        taken_by=dialogue.taken_by,
        asked=asked_in(dialogue),
        given=given,
        standing_in=stands_in_for(actor, on=clock.today()),
    )


def read(actor: Actor, dialogue: Dialogue, *, reason: ReadReason) -> list[Said]:
    """Open everything said in a dialogue: one reading, one event in the log. Raises NotHolder, CannotOpen."""
    if actor.holder is None:
        raise NothingThere
    messages = list(Message.objects.filter(dialogue=dialogue).order_by("number"))
    words = [SealedWord(message_place(dialogue.id, m.id), bytes(m.sealed), m.id) for m in messages]
    opened = open_words(actor.holder, dialogue.id, words, act=Act.DIALOGUE_READ, reason=reason.value)
    names = names_of(actor)
    return [_said(m, json.loads(text), names) for m, text in zip(messages, opened, strict=True)]


def _said(message: Message, content: dict[str, str], names: dict[UUID, str]) -> Said:
    return Said(
        id=message.id,
        kind=Kind(message.kind),
        on=message.on,
        at=message.at,
        by=names.get(message.by, "") if message.by else "",
        to=names.get(message.to, "") if message.to else "",
        **{key: content.get(key, "") for key in ("text", "language", "municipality", "hurt")},
    )
