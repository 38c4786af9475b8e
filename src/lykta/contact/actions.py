"""What staff do in the contact room: one function per deed, each within the request's own transaction."""

import json
from uuid import UUID, uuid4

from django.conf import settings
from nacl.utils import random

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.contact.enums import CloseReason, Kind, State
from lykta.contact.errors import NothingThere, StepRefused
from lykta.contact.keys import copy_context, copy_place, message_place
from lykta.contact.models import Dialogue, Message, ReplyCopy
from lykta.contact.queries import colleagues
from lykta.contact.rules import may_step, sound_message
from lykta.core import clock
from lykta.sealing import boxes
from lykta.sealing.actions import destroy_case_keys, new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.words import seal


def take(*, by: Actor, dialogue: Dialogue) -> None:
    """Make the dialogue the actor's own. Raises StepRefused where a colleague was quicker or it is closed."""
    fresh = _locked(dialogue, "take")
    if fresh.taken_by not in (None, by.member):
        raise StepRefused("taken")
    _change(fresh, taken_by=by.member)
    record(Act.DIALOGUE_TAKEN, object=dialogue.id)


def answer(*, by: Actor, dialogue: Dialogue, text: str, signed: str, seen: int | None = None) -> None:
    """Send a reply: sealed for staff, and a copy sealed to the visitor until she has read it.

    signed: the given name under the reply, or "" to sign as the centre. An answered dialogue no longer waits.
    seen: how many messages the page showed; where there are more by now, StepRefused("moved"), so that nobody answers
    past what was just written. Raises EmptyMessage, TooLong, StepRefused.
    """
    text = sound_message(text)
    fresh = _locked(dialogue, "answer")
    if seen is not None and fresh.message_count != seen:
        raise StepRefused("moved")
    message = _write(by=by, dialogue=fresh, kind=Kind.REPLY, text=text)
    copy_key = random(32)
    content = json.dumps({"text": text, "signed": signed, "on": clock.today().isoformat()}, ensure_ascii=False)
    ReplyCopy.objects.create(
        id=message.id,
        centre_id=by.centre,
        dialogue_id=fresh.id,
        number=message.number,
        on=clock.today(),
        box=boxes.give(bytes(fresh.visitor_public), copy_context(fresh.id, message.id), copy_key),
        sealed=seal(copy_key, copy_place(fresh.id, message.id), content.encode()),
    )
    _change(fresh, state=State.ANSWERED, waiting_on=None, taken_by=fresh.taken_by or by.member)
    record(Act.DIALOGUE_ANSWERED, object=fresh.id)


def note(*, by: Actor, dialogue: Dialogue, text: str) -> None:
    """Write in the margin; the visitor never sees it. Raises EmptyMessage, TooLong."""
    _write(by=by, dialogue=_locked(dialogue, "note"), kind=Kind.MARGIN, text=sound_message(text))
    record(Act.DIALOGUE_NOTED, object=dialogue.id)


def ask(*, by: Actor, dialogue: Dialogue, colleague: UUID, text: str) -> None:
    """Ask a colleague of the contact room, who may then read the dialogue. Raises NothingThere for any other."""
    _colleague(by, colleague)
    _write(by=by, dialogue=_locked(dialogue, "ask"), kind=Kind.ASK, text=sound_message(text), to=colleague)
    record(Act.DIALOGUE_ASKED, object=dialogue.id)


def hand_over(*, by: Actor, dialogue: Dialogue, colleague: UUID, text: str) -> None:
    """Give the dialogue to a colleague of the contact room, with a word in the margin if there is one."""
    _colleague(by, colleague)
    fresh = _locked(dialogue, "hand_over")
    if text.strip():
        _write(by=by, dialogue=fresh, kind=Kind.MARGIN, text=sound_message(text), to=colleague)
    _change(fresh, taken_by=colleague)
    record(Act.DIALOGUE_HANDED_OVER, object=dialogue.id)


def close(*, by: Actor, dialogue: Dialogue, reason: CloseReason) -> None:
    """Close the dialogue and forget its words: keys first, then rows. A reply she has not read stays until its days.

    This can't be undone; the page says so before it is done. If she writes again she begins anew.
    """
    fresh = _locked(dialogue, "close")
    destroy_case_keys(case=fresh.id)
    Message.objects.filter(dialogue_id=fresh.id).delete()
    _change(fresh, state=State.CLOSED, closed_reason=reason.value, waiting_on=None)
    record(Act.DIALOGUE_CLOSED, object=dialogue.id, reason=reason.value)


def mute(*, by: Actor, dialogue: Dialogue, muted: bool) -> None:
    """Take no more messages in this dialogue, or take them again."""
    _change(_locked(dialogue, "mute"), muted=muted)
    record(Act.DIALOGUE_MUTED if muted else Act.DIALOGUE_UNMUTED, object=dialogue.id)


def _locked(dialogue: Dialogue, deed: str) -> Dialogue:
    """The row as it is now, locked, if its state allows the deed. Raises StepRefused; NothingThere if erased since."""
    fresh = Dialogue.objects.select_for_update().filter(id=dialogue.id).first()
    if fresh is None:
        raise NothingThere
    if not may_step(deed, State(fresh.state)):
        raise StepRefused(fresh.state)
    return fresh


def _change(dialogue: Dialogue, **values: object) -> None:
    for name, value in values.items():
        setattr(dialogue, name, value)
    dialogue.save(update_fields=list(values))


def _colleague(by: Actor, colleague: UUID) -> None:
    if colleague not in {m.pk for m in colleagues(by)}:
        raise NothingThere


def _write(*, by: Actor, dialogue: Dialogue, kind: Kind, text: str, to: UUID | None = None) -> Message:
    """Seal one of the staff's messages, under a key that is forgotten at once."""
    message = uuid4()
    key = new_case_key(centre=by.centre, case=dialogue.id, part=message, ring_name=RingName.CONTACT)
    content = json.dumps({"text": text}, ensure_ascii=False).encode()
    _change(dialogue, message_count=dialogue.message_count + 1, last_on=clock.today())
    return Message.objects.create(
        id=message,
        centre_id=settings.LYKTA_CENTRE,
        dialogue_id=dialogue.id,
        number=dialogue.message_count,
        kind=kind,
        on=clock.today(),
        at=clock.now(),
        by=by.member,
        to=to,
        sealed=seal(key, message_place(dialogue.id, message), content),
    )
