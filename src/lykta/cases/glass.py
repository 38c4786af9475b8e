"""What a member sees of questions for an hour in a named file: her own, and those her files are asked for (ADR 17)."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.audit.enums import Act
from lykta.cases.enums import OpenReason
from lykta.cases.errors import NothingThere
from lykta.cases.glass_enums import AskState
from lykta.cases.glass_rules import WAITS_HOURS, state_of
from lykta.cases.models import Ask, AskKey, File
from lykta.cases.places import answer_place, ask_place
from lykta.core import clock
from lykta.people.queries import names_of
from lykta.sealing.errors import NotHolder
from lykta.sealing.named import key_from
from lykta.sealing.queries import SealedWord, open_words

SHOWN_DAYS = 7


@dataclass(frozen=True)
class AskRow:
    """A question. until: when it lapses or the hour is over. file: only while it is open for who asked, or a team's."""

    id: UUID
    ref: str
    who: str
    mine: bool
    at: datetime
    reason: OpenReason
    state: AskState
    until: datetime
    answered_by: str
    answered_at: datetime | None
    ended_by: str
    file: UUID | None


@dataclass(frozen=True)
class Said:
    """What was said in a question and in its answer."""

    words: str = field(repr=False)
    answer: str = field(repr=False)


@dataclass(frozen=True)
class AtDesk:
    """What concerns a member now: questions she can answer, and named files that are open for her."""

    to_me: list[AskRow]
    lent: list[AskRow]


def mine(actor: Actor) -> list[AskRow]:
    """The actor's own questions of the last week, the newest first."""
    since = clock.now() - timedelta(days=SHOWN_DAYS)
    return rows(actor, Ask.objects.filter(member_id=actor.member, asked_at__gt=since).order_by("-asked_at"))


def to_me(actor: Actor) -> list[AskRow]:
    """Questions about files the actor is on the team of that wait for an answer, the oldest first."""
    found = Ask.objects.filter(granted=None, ended_at=None).exclude(member_id=actor.member).order_by("asked_at")
    return [row for row in rows(actor, found) if row.state == AskState.WAITING]


def lent_now(actor: Actor, file: File) -> list[AskRow]:
    """Who has the file open for an hour, as its team sees it."""
    found = Ask.objects.filter(file=file, granted=True, ended_at=None)
    return [row for row in rows(actor, found) if row.state == AskState.LENT]


def at_desk(actor: Actor) -> AtDesk | None:
    """What the desk and the list of files tell; None for who reads no files."""
    if not may(actor, Permission.FILE_READ):
        return None
    return AtDesk(to_me(actor), [row for row in mine(actor) if row.state == AskState.LENT])


def ask_for(actor: Actor, ask: UUID) -> Ask:
    """A question the actor has asked, or can answer. Raises NothingThere for any other, and for none."""
    found = Ask.objects.filter(pk=ask, centre_id=actor.centre).first()
    if found is None:
        raise NothingThere
    return found


def row_of(actor: Actor, ask: Ask) -> AskRow:
    """The question as a row."""
    return rows(actor, [ask])[0]


def rows(actor: Actor, found: Any) -> list[AskRow]:
    """Questions as rows of a list."""
    names, now = names_of(actor), clock.now()
    return [_row(actor, ask, names, now) for ask in found]


def _row(actor: Actor, ask: Ask, names: dict[UUID, str], now: datetime) -> AskRow:
    state = state_of(
        asked_at=ask.asked_at, granted=ask.granted, answered_at=ask.answered_at, ended_at=ask.ended_at, at=now
    )
    loan, mine = ask.loan, ask.member_id == actor.member
    return AskRow(
        id=ask.id,
        ref=ask.ref,
        who=names.get(ask.member_id, ""),
        mine=mine,
        at=ask.asked_at,
        reason=OpenReason(ask.reason),
        state=state,
        until=loan.until if loan else ask.asked_at + timedelta(hours=WAITS_HOURS),
        answered_by=names.get(ask.answered_by, "") if ask.answered_by else "",
        answered_at=ask.answered_at,
        ended_by=names.get(ask.ended_by, "") if ask.ended_by else "",
        file=ask.file_id if state == AskState.LENT else None,
    )


def key_of_ask(actor: Actor, ask: Ask) -> bytes:
    """The key of a question's words. Raises NothingThere for an actor without keys, NotHolder."""
    if actor.holder is None:
        raise NothingThere
    box = AskKey.objects.filter(ask=ask, member_id=actor.member).first()
    if box is None:
        raise NotHolder("the question was not given to her")
    return key_from(actor.holder, ask.pk, bytes(box.box))


def said(actor: Actor, ask: Ask) -> Said:
    """A question's words, and the answer's: one reading, one event. Raises NothingThere, NotHolder."""
    key = key_of_ask(actor, ask)
    assert actor.holder is not None
    sealed = [SealedWord(ask_place(ask.pk), bytes(ask.sealed), ask.pk)]
    if ask.sealed_answer:
        sealed.append(SealedWord(answer_place(ask.pk), bytes(ask.sealed_answer), ask.pk))
    texts = open_words(actor.holder, ask.pk, sealed, act=Act.GLASS_READ, keys={ask.pk: key})
    words, answer = (*(json.loads(text)["text"] for text in texts), "")[:2]
    return Said(words, answer)
