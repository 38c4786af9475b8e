"""The contact something begins from: found for an actor, opened piece by piece, and never finer than its day."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from lykta.access.enums import Wall
from lykta.access.rules import Actor, works_in
from lykta.contact import call_queries, queries
from lykta.contact.call_screens import in_words
from lykta.contact.enums import Kind as Said
from lykta.contact.enums import State
from lykta.contact.errors import NothingThere as NoContact
from lykta.contact.models import Call, Dialogue
from lykta.core.doors import become
from lykta.intake.enums import Kind
from lykta.intake.errors import NothingThere, NoWordsLeft, ReasonNeeded
from lykta.sealing.errors import NotHolder


@dataclass(frozen=True)
class Source:
    """A dialogue or call the actor may read. on: the day it began. given: the reason she has given to read it."""

    kind: Kind
    id: UUID
    ref: str
    on: date
    given: str = ""


@dataclass(frozen=True)
class Piece:
    """Something that was said, which can be copied as it stands. whose: who said it, or what it is about."""

    id: str
    whose: str
    words: str = field(repr=False)


def dialogue_source(actor: Actor, dialogue: UUID, *, given: str) -> Source:
    """A dialogue as a beginning. Raises NothingThere for unknown and forbidden alike, NoWordsLeft, ReasonNeeded."""
    try:
        found = queries.dialogue_for(actor, dialogue)
    except NoContact as nothing:
        raise NothingThere from nothing
    if found.state == State.CLOSED:
        raise NoWordsLeft
    if queries.reason_to_read(actor, found, given=given) is None:
        raise ReasonNeeded
    return Source(Kind.DIALOGUE, found.id, found.ref, found.opened_on, given)


def call_source(actor: Actor, call: UUID) -> Source:
    """A logged call as a beginning, for who works in the contact room. Raises NothingThere."""
    try:
        found = call_queries.call_for(actor, call)
    except NoContact as nothing:
        raise NothingThere from nothing
    if not works_in(actor, Wall.CONTACT):
        raise NothingThere
    return Source(Kind.CALL, found.id, found.ref, found.on)


def held(source: Source) -> None:
    """Hold the contact's row until the transaction ends, so that two members do not make two files of it unseen.

    Raises NothingThere where it has been forgotten meanwhile.
    """
    become(case=source.id)
    model: type[Dialogue | Call] = Dialogue if source.kind == Kind.DIALOGUE else Call
    if not model.objects.select_for_update().filter(id=source.id).exists():
        raise NothingThere


def pieces(actor: Actor, source: Source, *, only: Container[str] | None = None) -> list[Piece]:
    """Open what was said: one reading in the log. only: ids of the pieces wanted; all, when left out.

    Raises NothingThere, also for who has no key to it yet.
    """
    become(case=source.id)
    found = _of_dialogue(actor, source) if source.kind == Kind.DIALOGUE else _of_call(actor, source)
    return [piece for piece in found if only is None or piece.id in only]


def _of_dialogue(actor: Actor, source: Source) -> list[Piece]:
    """What the one who writes has written, and what was answered her. The margin is colleagues' own."""
    dialogue = queries.dialogue_for(actor, source.id)
    reason = queries.reason_to_read(actor, dialogue, given=source.given)
    if reason is None:
        raise NothingThere
    try:
        said = queries.read(actor, dialogue, reason=reason)
    except NotHolder as why:
        raise NothingThere from why
    whose = {Said.VISITOR: "Den som skrev", Said.REPLY: "Vårt svar"}
    return [Piece(str(m.id), f"{whose[m.kind]}, {m.on.isoformat()}", m.text) for m in said if m.kind in whose]


def _of_call(actor: Actor, source: Source) -> list[Piece]:
    """The note to the call as it stands now, and each answer."""
    versions = call_queries.read(actor, call_queries.call_for(actor, source.id))
    if not versions:
        raise NothingThere
    newest = versions[0]
    rows = [("Notering", newest.note)] if newest.note else []
    rows += in_words(newest.said, named=False)
    return [Piece(str(at), title, words) for at, (title, words) in enumerate(rows)]
