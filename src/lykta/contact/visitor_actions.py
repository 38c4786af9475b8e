"""What a visitor does: begin, come back, write more, have a reply removed, take a new code, erase everything.

Each deed runs inside the public door, opened by the caller, and stores her browser's visit in the same transaction:
a code nobody was shown, or a reply handed over and lost, can then not happen. The slow hash of a code stands outside
every transaction, so keys come in as arguments. The event is written last, since it holds the chain.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.contact.enums import Kind, State
from lykta.contact.errors import AlreadySent, Closed, Muted, NothingThere, RefTaken
from lykta.contact.keys import (
    CodeKeys,
    FreshCode,
    copy_context,
    copy_place,
    message_place,
    once_id,
    pair_place,
)
from lykta.contact.models import Dialogue, Message, ReplyCopy
from lykta.contact.rules import may_step
from lykta.contact.visits import Progress, Sitting, Visitor
from lykta.core import clock
from lykta.core.doors import become
from lykta.core.refs import new_ref
from lykta.sealing import boxes
from lykta.sealing.actions import destroy_case_keys, new_case_key
from lykta.sealing.codes import groups
from lykta.sealing.enums import RingName
from lykta.sealing.words import seal, unseal

REF_TAKEN = "one_ref_per_centre"
MADE_BEFORE = ("contact_visit_pkey", "contact_dialogue_pkey", "contact_message_pkey")


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


def begin(*, sitting: Sitting, words: Words, case: UUID, code: FreshCode) -> None:
    """Open a dialogue with its first message. The visit holds her code, which exists nowhere else.

    case: the new dialogue's id, following from the form, so that a form sent twice makes one dialogue.
    Raises AlreadySent for the second of them, RefTaken where all must be tried again; the transaction is then spent.
    """
    pair = boxes.new_pair()
    visitor = Visitor(case, code.keys.lookup.hex(), pair.private)
    become(visitor=visitor.lookup, case=case)
    sitting.progress = Progress(new_code=code.digits)
    sitting.progress.let_in(visitor)
    try:
        sitting.save()
        _open(case=case, keys=code.keys, pair=pair)
        _write(case=case, message=case, number=1, words=words)
    except IntegrityError as why:
        constraint = why.__cause__.diag.constraint_name if isinstance(why.__cause__, UniqueViolation) else None
        # Only a row that this very form made before means that it came twice. Anything else was not stored, and must
        # not be acknowledged as if it were.
        if constraint in MADE_BEFORE:
            raise AlreadySent from why
        if constraint == REF_TAKEN:
            raise RefTaken from why
        raise


def _open(*, case: UUID, keys: CodeKeys, pair: boxes.Pair) -> None:
    """The dialogue's row, waiting since today."""
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


def write_more(*, sitting: Sitting, by: Visitor, words: Words, message: UUID) -> None:
    """Add a message to the visitor's dialogue.

    Raises AlreadySent, Closed, Muted and NothingThere; then nothing is written.
    """
    become(visitor=by.lookup, case=by.case)
    dialogue = Dialogue.objects.select_for_update().filter(id=by.case).first()
    if dialogue is None:
        raise NothingThere
    if not may_step("write", State(dialogue.state)):
        raise Closed
    if dialogue.muted:
        raise Muted
    if Message.objects.filter(id=message).values_list("id").exists():
        raise AlreadySent
    today = clock.today()
    dialogue.state, dialogue.last_on = State.WAITING, today
    dialogue.waiting_on = dialogue.waiting_on or today
    dialogue.message_count += 1
    dialogue.save(update_fields=["state", "last_on", "waiting_on", "message_count"])
    sitting.progress.notice, sitting.progress.draft = "sent", {}
    sitting.save()
    _write(case=by.case, message=message, number=dialogue.message_count, words=words)


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


def come_back(*, sitting: Sitting, keys: CodeKeys) -> None:
    """Let in whoever shows a code, and hand over the replies she has not read; their copies are gone at once.

    What is handed over lives on only in her browser's sealed visit. Where there is no dialogue, a visitor of nothing is
    let in: the same work is done, the same event is left, and every later page does the same as for an erased one.
    """
    become(visitor=keys.lookup.hex())
    dialogue = Dialogue.objects.filter(lookup=keys.lookup).first()
    visitor = _let_in(dialogue, keys)
    before = sitting.progress
    sitting.progress = Progress(draft=before.draft)
    if before.case == str(visitor.case):  # the same form came twice: what the first collected is not lost
        sitting.progress.replies = before.replies
    sitting.progress.draft.pop("code", None)
    sitting.progress.let_in(visitor)
    _collect(sitting, visitor)


def _let_in(dialogue: Dialogue | None, keys: CodeKeys) -> Visitor:
    """Open her pair with the code's key; for nobody, a pair is opened all the same."""
    case = dialogue.id if dialogue else once_id(keys.lookup.hex(), "nobody")
    become(case=case)
    place = pair_place(case)
    sealed = bytes(dialogue.visitor_sealed_private) if dialogue else seal(keys.key, place, bytes(32))
    return Visitor(case, keys.lookup.hex(), unseal(keys.key, place, sealed))


def standing(*, sitting: Sitting, by: Visitor) -> Dialogue | None:
    """The dialogue as the visitor may know it (state, days, muted), or None where it is not there or no more.

    Replies that have come since she was let in are handed over as well.
    """
    become(visitor=by.lookup, case=by.case)
    dialogue = Dialogue.objects.filter(id=by.case).first()
    if ReplyCopy.objects.filter(dialogue_id=by.case).exists():
        _collect(sitting, by)
    return dialogue


def _collect(sitting: Sitting, visitor: Visitor) -> None:
    """Open and destroy the copies sealed to her, in order; one event however many they were."""
    replies = []
    for copy in ReplyCopy.objects.filter(dialogue_id=visitor.case).order_by("number"):
        key = boxes.take(visitor.private, copy_context(visitor.case, copy.id), bytes(copy.box))
        replies.append(json.loads(unseal(key, copy_place(visitor.case, copy.id), bytes(copy.sealed))))
    ReplyCopy.objects.filter(dialogue_id=visitor.case).delete()
    sitting.progress.replies += replies
    sitting.save()
    record(Act.REPLY_COLLECTED, object=visitor.case, count=len(replies))


def remove_replies(*, sitting: Sitting, by: Visitor) -> None:
    """Forget the replies she has read. They stood only in her visit, and go with it."""
    become(visitor=by.lookup, case=by.case)
    sitting.progress.replies, sitting.progress.notice = [], "removed"
    sitting.save()
    record(Act.REPLY_REMOVED, object=by.case)


def renew_code(*, sitting: Sitting, by: Visitor, code: FreshCode) -> None:
    """Give a new code to a visitor who is in: the old one stops leading anywhere. Raises NothingThere."""
    become(visitor=by.lookup, case=by.case)
    changed = Dialogue.objects.filter(id=by.case).update(
        lookup=code.keys.lookup,
        visitor_sealed_private=seal(code.keys.key, pair_place(by.case), by.private),
    )
    if not changed:
        raise NothingThere
    sitting.progress.let_in(Visitor(by.case, code.keys.lookup.hex(), by.private))
    sitting.progress.new_code, sitting.progress.renewed = code.digits, True
    sitting.progress.code_was_written = False
    sitting.save()
    record(Act.CODE_RENEWED, object=by.case)


def erase(*, sitting: Sitting, by: Visitor) -> None:
    """Destroy the dialogue: keys first, then every row. Nothing there to erase is no error."""
    become(visitor=by.lookup, case=by.case)
    destroy_case_keys(case=by.case)
    ReplyCopy.objects.filter(dialogue_id=by.case).delete()
    Message.objects.filter(dialogue_id=by.case).delete()
    Dialogue.objects.filter(id=by.case).delete()
    sitting.progress = Progress(notice="erased")
    sitting.save()
    record(Act.DIALOGUE_ERASED, object=by.case, reason="visitor")


def shown_code(progress: Progress) -> list[str]:
    """The five groups of a new code, once: the visit forgets it. [] where there is none to show."""
    code, progress.new_code = progress.new_code, ""
    progress.code_was_shown = progress.code_was_shown or bool(code)
    return groups(code)
