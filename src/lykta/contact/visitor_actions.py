"""What a visitor does: begin, come back, write more, have a reply removed, take a new code, erase everything.

Each call opens the public door itself, since the slow hash of a code must stand outside every transaction.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.contact.enums import Kind, State
from lykta.contact.errors import AlreadySent, Closed, Muted, NothingThere
from lykta.contact.keys import CodeKeys, code_keys, copy_context, copy_place, message_place, once_id, pair_place
from lykta.contact.models import Dialogue, Message, ReplyCopy
from lykta.contact.rules import may_step
from lykta.contact.visits import Visitor
from lykta.core import clock
from lykta.core.doors import become, door
from lykta.core.refs import new_ref
from lykta.sealing import boxes
from lykta.sealing.actions import destroy_case_keys, new_case_key
from lykta.sealing.codes import new_code
from lykta.sealing.enums import RingName
from lykta.sealing.words import seal, unseal


@dataclass(frozen=True)
class Words:
    """What she wrote: the text, and what she chose to tell beside it. Everything in it is sealed together.

    language: of the page she wrote on. municipality: code, or "" where she would not say. hurt: "yes", "no" or "".
    """

    text: str
    language: str
    municipality: str = ""
    hurt: str = ""

    def content(self) -> bytes:
        """The words as they are sealed."""
        return json.dumps(vars(self), ensure_ascii=False).encode()


def begin(*, words: Words, case: UUID) -> tuple[Visitor, str]:
    """Open a dialogue with its first message. Gives the visitor and her code, which exists nowhere else.

    case: the new dialogue's id, following from the form, so that a form sent twice makes one dialogue.
    Raises AlreadySent for the second of them.
    """
    code = new_code()
    keys, pair = code_keys(code), boxes.new_pair()
    visitor = Visitor(case, keys.lookup.hex(), pair.private)
    try:
        with door("public", visitor=visitor.lookup, case=str(case)):
            today = clock.today()
            Dialogue.objects.create(
                id=case,
                centre_id=settings.LYKTA_CENTRE,
                ref=new_ref("D"),
                opened_on=today,
                last_on=today,
                waiting_on=today,
                message_count=1,
                lookup=keys.lookup,
                visitor_public=pair.public,
                visitor_sealed_private=seal(keys.key, pair_place(case), pair.private),
            )
            _write(case=case, message=case, number=1, words=words)
    except IntegrityError as why:
        raise AlreadySent from why
    return visitor, code


def write_more(*, by: Visitor, words: Words, message: UUID) -> None:
    """Add a message to the visitor's dialogue. Raises AlreadySent, Closed, Muted and NothingThere (nothing is written)."""
    try:
        with door("public", visitor=by.lookup, case=str(by.case)):
            dialogue = Dialogue.objects.select_for_update().filter(id=by.case).first()
            if dialogue is None:
                raise NothingThere
            if not may_step("write", State(dialogue.state)):
                raise Closed
            if dialogue.muted:
                raise Muted
            today = clock.today()
            dialogue.state, dialogue.last_on = State.WAITING, today
            dialogue.waiting_on = dialogue.waiting_on or today
            dialogue.message_count += 1
            dialogue.save(update_fields=["state", "last_on", "waiting_on", "message_count"])
            _write(case=by.case, message=message, number=dialogue.message_count, words=words)
    except IntegrityError as why:
        raise AlreadySent from why


def _write(*, case: UUID, message: UUID, number: int, words: Words) -> None:
    """Seal and store one message of hers, to staff only, under a key that is forgotten at once."""
    key = new_case_key(centre=settings.LYKTA_CENTRE, case=case, part=message, ring_name=RingName.CONTACT)
    Message.objects.create(
        id=message,
        centre_id=settings.LYKTA_CENTRE,
        dialogue_id=case,
        number=number,
        kind=Kind.VISITOR,
        on=clock.today(),
        sealed=seal(key, message_place(case, message), words.content()),
    )
    record(Act.DIALOGUE_WRITTEN, object=case)


def come_back(*, digits: str) -> tuple[Visitor, list[dict[str, str]]]:
    """Let in whoever shows a code, and hand over the replies she has not read; their copies are gone at once.

    What is handed over lives on only in her browser's sealed visit. digits: twenty, already checked.
    Raises NothingThere; finding nothing takes the same work and leaves the same event as finding a dialogue.
    """
    keys = code_keys(digits)
    with door("public", visitor=keys.lookup.hex()):
        dialogue = Dialogue.objects.filter(lookup=keys.lookup).first()
        visitor = _let_in(dialogue, keys)
        replies = _collect(visitor)
    if dialogue is None:
        raise NothingThere
    return visitor, replies


def _let_in(dialogue: Dialogue | None, keys: CodeKeys) -> Visitor:
    """Open her pair with the code's key; for nobody, a pair is opened all the same."""
    case = dialogue.id if dialogue else once_id(keys.lookup.hex(), "nobody")
    become(case=case)
    place = pair_place(case)
    sealed = bytes(dialogue.visitor_sealed_private) if dialogue else seal(keys.key, place, bytes(32))
    return Visitor(case, keys.lookup.hex(), unseal(keys.key, place, sealed))


def collect(*, by: Visitor) -> list[dict[str, str]]:
    """Replies that have come since, for a visitor already let in. The copies are gone at once."""
    with door("public", visitor=by.lookup, case=str(by.case)):
        return _collect(by)


def _collect(visitor: Visitor) -> list[dict[str, str]]:
    """Open and destroy the copies sealed to her, in order; one event however many they were."""
    replies = []
    for copy in ReplyCopy.objects.filter(dialogue_id=visitor.case).order_by("number"):
        key = boxes.take(visitor.private, copy_context(visitor.case, copy.id), bytes(copy.box))
        replies.append(json.loads(unseal(key, copy_place(visitor.case, copy.id), bytes(copy.sealed))))
    ReplyCopy.objects.filter(dialogue_id=visitor.case).delete()
    record(Act.REPLY_COLLECTED, object=visitor.case, count=len(replies))
    return replies


def standing(*, by: Visitor) -> Dialogue | None:
    """The dialogue as the visitor may know it (state, days, muted), or None where it has been erased meanwhile."""
    with door("public", visitor=by.lookup, case=str(by.case)):
        return Dialogue.objects.filter(id=by.case).first()


def note_removed(*, by: Visitor) -> None:
    """Write that she had a reply removed. What she had collected stood only in her visit, and goes with it."""
    with door("public", visitor=by.lookup, case=str(by.case)):
        record(Act.REPLY_REMOVED, object=by.case)


def renew_code(*, by: Visitor) -> tuple[Visitor, str]:
    """Give a new code to a visitor who is in: the old one stops leading anywhere. Raises NothingThere."""
    code = new_code()
    keys = code_keys(code)
    with door("public", visitor=by.lookup, case=str(by.case)):
        changed = Dialogue.objects.filter(id=by.case).update(
            lookup=keys.lookup,
            visitor_sealed_private=seal(keys.key, pair_place(by.case), by.private),
        )
        if not changed:
            raise NothingThere
        record(Act.CODE_RENEWED, object=by.case)
    return Visitor(by.case, keys.lookup.hex(), by.private), code


def erase(*, by: Visitor) -> None:
    """Destroy the dialogue: keys first, then every row. Nothing there to erase is no error."""
    with door("public", visitor=by.lookup, case=str(by.case)):
        destroy_case_keys(case=by.case)
        ReplyCopy.objects.filter(dialogue_id=by.case).delete()
        Message.objects.filter(dialogue_id=by.case).delete()
        Dialogue.objects.filter(id=by.case).delete()
        record(Act.DIALOGUE_ERASED, object=by.case, reason="visitor")
