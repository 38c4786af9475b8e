"""What staff see of the contact room: what waits, and, opened and logged, what was said."""

import json
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

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


def inbox(actor: Actor, *, on: date, free: Container[date], closed: bool = False) -> list[InboxRow]:
    """Dialogues of the contact room: those of whom the actor stands in for, then what waits, longest first.

    Closed ones only when asked for.
    """
    rows = Dialogue.objects.filter(centre_id=actor.centre)
    rows = rows.filter(state=State.CLOSED) if closed else rows.exclude(state=State.CLOSED)
    names, asked = names_of(actor), _asked(actor)
    unread = list(ReplyCopy.objects.filter(centre_id=actor.centre).values_list("dialogue_id", flat=True))
    away = away_on(on)
    listed = [_row(d, actor, names, asked, unread.count(d.id), on, free, away) for d in rows]
    return sorted(
        listed, key=lambda r: (not r.stand_in, r.waited is None, -(r.waited or 0), -r.last_on.toordinal(), r.ref)
    )


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
