"""What staff do in the contact room: one function per deed, each within the request's own transaction."""

import json
from uuid import UUID, uuid4

from django.conf import settings
from nacl.utils import random

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.contact.enums import ASKED_FOR, CloseReason, Kind, State
from lykta.contact.errors import AlreadySent, NothingThere, ReasonNeeded, StepRefused
from lykta.contact.keys import copy_context, copy_place, message_place, once_id
from lykta.contact.models import Dialogue, Message, ReplyCopy
from lykta.contact.queries import asked_in, colleagues
from lykta.contact.rules import deed_reason, may_step, sound_message
from lykta.core import clock
from lykta.people.absence import stands_in_for
from lykta.sealing import boxes
from lykta.sealing.actions import destroy_case_keys, new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.words import seal


def take(*, by: Actor, dialogue: Dialogue) -> None:
    """Make the dialogue the actor's own. Raises StepRefused where a colleague was quicker or it is closed."""
    fresh, _ = _locked(dialogue, "take", by, "")
    if fresh.taken_by not in (None, by.member):
        raise StepRefused("taken")
    _change(fresh, taken_by=by.member, freed_from=None)
    record(Act.DIALOGUE_TAKEN, object=dialogue.id)


def answer(
    *, by: Actor, dialogue: Dialogue, text: str, signed: str, seen: int | None = None, once: str = "", given: str = ""
) -> None:
    """Send a reply: sealed for staff, and a copy sealed to the visitor until she has read it.

    signed: the given name under the reply, or "" to sign as the centre. An answered dialogue no longer waits.
    seen: how many messages the page showed; where there are more by now, StepRefused("moved"), so that nobody answers
    past what was just written. once: the form's token, so that the same form sent twice is one reply (AlreadySent).
    given: why she does this in a colleague's dialogue. Raises EmptyMessage, TooLong, StepRefused, ReasonNeeded.
    """
    text = sound_message(text)
    made = _id_of("answer", by, dialogue, once, text)
    fresh, why = _locked(dialogue, "answer", by, given, made)
    if seen is not None and fresh.message_count != seen:
        raise StepRefused("moved")
    message = _write(made, by=by, dialogue=fresh, kind=Kind.REPLY, text=text)
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
    _change(fresh, state=State.ANSWERED, waiting_on=None, taken_by=fresh.taken_by or by.member, freed_from=None)
    record(Act.DIALOGUE_ANSWERED, object=fresh.id, reason=why)


def note(*, by: Actor, dialogue: Dialogue, text: str, once: str = "", given: str = "") -> None:
    """Write in the margin; the visitor never sees it. Raises EmptyMessage, TooLong, ReasonNeeded, AlreadySent."""
    text = sound_message(text)
    made = _id_of("note", by, dialogue, once, text)
    fresh, why = _locked(dialogue, "note", by, given, made)
    _write(made, by=by, dialogue=fresh, kind=Kind.MARGIN, text=text)
    record(Act.DIALOGUE_NOTED, object=dialogue.id, reason=why)


def ask(*, by: Actor, dialogue: Dialogue, colleague: UUID, text: str, once: str = "", given: str = "") -> None:
    """Ask a colleague of the contact room, who may then read the dialogue. Raises NothingThere for any other."""
    _colleague(by, colleague)
    text = sound_message(text)
    made = _id_of("ask", by, dialogue, once, f"{colleague} {text}")
    fresh, why = _locked(dialogue, "ask", by, given, made)
    _write(made, by=by, dialogue=fresh, kind=Kind.ASK, text=text, to=colleague)
    record(Act.DIALOGUE_ASKED, object=dialogue.id, reason=why)


def hand_over(*, by: Actor, dialogue: Dialogue, colleague: UUID, text: str, once: str = "", given: str = "") -> None:
    """Give the dialogue to a colleague of the contact room, with a word in the margin if there is one.

    Raises AlreadySent where she has it and there is no word to add.
    """
    _colleague(by, colleague)
    text = sound_message(text) if text.strip() else ""
    if not text and Dialogue.objects.select_for_update().filter(id=dialogue.id, taken_by=colleague).exists():
        raise AlreadySent
    made = _id_of("hand_over", by, dialogue, once, f"{colleague} {text}")
    fresh, why = _locked(dialogue, "hand_over", by, given, made)
    if text:
        _write(made, by=by, dialogue=fresh, kind=Kind.MARGIN, text=text, to=colleague)
    _change(fresh, taken_by=colleague, freed_from=None)
    record(Act.DIALOGUE_HANDED_OVER, object=dialogue.id, reason=why)


def close(*, by: Actor, dialogue: Dialogue, reason: CloseReason, given: str = "") -> None:
    """Close the dialogue and forget its words: keys first, then rows. A reply she has not read stays until its days.

    This can't be undone; the page says so before it is done. If she writes again she begins anew.
    Raises AlreadySent where it is closed already for the same reason.
    """
    if Dialogue.objects.select_for_update().filter(id=dialogue.id, closed_reason=reason.value).exists():
        raise AlreadySent
    fresh, why = _locked(dialogue, "close", by, given)
    destroy_case_keys(case=fresh.id)
    Message.objects.filter(dialogue_id=fresh.id).delete()
    _change(fresh, state=State.CLOSED, closed_reason=reason.value, waiting_on=None)
    record(Act.DIALOGUE_CLOSED, object=dialogue.id, reason=f"{reason.value} {why}".strip())


def mute(*, by: Actor, dialogue: Dialogue, muted: bool, given: str = "") -> None:
    """Take no more messages in this dialogue, or take them again."""
    fresh, why = _locked(dialogue, "mute", by, given)
    _change(fresh, muted=muted)
    record(Act.DIALOGUE_MUTED if muted else Act.DIALOGUE_UNMUTED, object=dialogue.id, reason=why)


def _locked(dialogue: Dialogue, deed: str, by: Actor, given: str, made: UUID | None = None) -> tuple[Dialogue, str]:
    """The row as it is now, locked, if its state and its holder allow the deed; and the reason that goes in the log.

    made: the id of what the deed writes. The reason is "" unless the actor had to give one.
    Raises StepRefused; NothingThere if erased since; AlreadySent if it is written already; ReasonNeeded.
    """
    fresh = Dialogue.objects.select_for_update().filter(id=dialogue.id).first()
    if fresh is None:
        raise NothingThere
    if made is not None and Message.objects.filter(id=made).exists():
        raise AlreadySent
    if not may_step(deed, State(fresh.state)):
        raise StepRefused(fresh.state)
    why = deed_reason(
        deed,
        by=by.member,
        taken_by=fresh.taken_by,
        asked=asked_in(fresh),
        given=given,
        standing_in=stands_in_for(by, on=clock.today()),
    )
    if why is None:
        raise ReasonNeeded
    return fresh, why.value if why in ASKED_FOR else ""


def _id_of(deed: str, by: Actor, dialogue: Dialogue, once: str, text: str) -> UUID:
    """The id of the message a form makes: the same form and text make the same one. Random without a token."""
    return once_id(once, f"staff {deed} {by.member} {dialogue.id} {text}") if once else uuid4()


def _change(dialogue: Dialogue, **values: object) -> None:
    for name, value in values.items():
        setattr(dialogue, name, value)
    dialogue.save(update_fields=list(values))


def _colleague(by: Actor, colleague: UUID) -> None:
    if colleague not in {m.pk for m in colleagues(by)}:
        raise NothingThere


def _write(message: UUID, *, by: Actor, dialogue: Dialogue, kind: Kind, text: str, to: UUID | None = None) -> Message:
    """Seal one of the staff's messages, under a key that is forgotten at once."""
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
