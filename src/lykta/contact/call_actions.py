"""What staff do in the call log: log, correct, take away; each within the request's own transaction."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.contact.call_enums import PLAIN, ChangeReason, Group
from lykta.contact.call_queries import Offer, change_of, logs_calls
from lykta.contact.call_rules import Change, Facts, sound_note, trimmed
from lykta.contact.errors import AlreadySent, NothingThere, ReasonNeeded
from lykta.contact.keys import note_place, once_id, told_place
from lykta.contact.models import Call, CallNote, CallVersion
from lykta.core import clock
from lykta.core.doors import become
from lykta.core.refs import new_ref
from lykta.sealing.actions import destroy_case_keys, new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.words import seal

NOT_SEALED = frozenset({*(group.value for group in PLAIN), "named"})


def log_call(*, by: Actor, on: date, facts: Facts, offer: Offer, note: str = "", once: str = "") -> Call:
    """Log one call, visit or mail: running facts plain, all else sealed to the contact room.

    on: the day of the call. offer: what could be chosen, for the words that are kept with it. once: the form's token,
    so that the same form sent twice is one call. Raises NothingThere, TooLong, AlreadySent.
    """
    if not logs_calls(by):
        raise NothingThere
    note = sound_note(note)
    made = once_id(once, f"call {by.member}") if once else uuid4()
    if Call.objects.filter(id=made).exists():
        raise AlreadySent(str(made))
    call = Call.objects.create(id=made, centre_id=settings.LYKTA_CENTRE, ref=new_ref("S"), on=on, by=by.member)
    become(case=call.id)
    today = clock.today()
    noted = write_note(call, note, on=today) if note else None
    write_version(call, uuid4(), number=1, by=by.member, on=today, facts=facts, offer=offer, note=noted)
    record(Act.CALL_LOGGED, object=call.id)
    return call


def correct_call(
    *,
    by: Actor,
    call: Call,
    facts: Facts,
    offer: Offer,
    note: str | None,
    keeps: bool = False,
    reason: str = "",
    once: str = "",
) -> None:
    """Write a call anew; what was written before is kept, with who and which day.

    note: "" takes the note from the new version, None leaves the one that is there. keeps: sealed answers stay where
    none is given, for who can't see them. reason: a ChangeReason, needed for a colleague's call.
    Raises NothingThere, ReasonNeeded, TooLong, AlreadySent.
    """
    fresh, why = _changing(by, call, reason)
    made = once_id(once, f"correct {by.member} {call.id}") if once else uuid4()
    if CallVersion.objects.filter(id=made).exists():
        raise AlreadySent(str(call.id))
    today = clock.today()
    noted = CallVersion.objects.get(call=fresh, number=fresh.number).note
    if note is not None:
        text = sound_note(note)
        noted = write_note(fresh, text, on=today) if text else None
    fresh.number += 1
    write_version(
        fresh,
        made,
        number=fresh.number,
        by=by.member,
        on=today,
        facts=facts,
        offer=offer,
        note=noted,
        keeps=keeps,
        reason=why,
    )
    fresh.save(update_fields=["number"])
    record(Act.CALL_CORRECTED, object=call.id, reason=why)


def remove_call(*, by: Actor, call: Call, reason: str = "") -> None:
    """Take away a call that was logged by mistake: keys first, then rows. Only the event in the log is left.

    This can't be undone; the page says so before it is done. Raises NothingThere, ReasonNeeded.
    """
    fresh, why = _changing(by, call, reason)
    destroy_call(fresh.id)
    record(Act.CALL_REMOVED, object=call.id, reason=why)


def destroy_call(call: UUID) -> None:
    """Destroy a call with all that was written about it."""
    destroy_case_keys(case=call)
    CallNote.objects.filter(call_id=call).delete()
    CallVersion.objects.filter(call_id=call).delete()
    Call.objects.filter(id=call).delete()


def _changing(by: Actor, call: Call, reason: str) -> tuple[Call, str]:
    """The row as it is now, locked, and the reason that goes in the log ("" for her own).

    Raises NothingThere where it is gone or not hers to change, ReasonNeeded for a colleague's without a reason.
    """
    allowed = change_of(by, call)
    fresh = None if allowed is Change.NO else Call.objects.select_for_update().filter(id=call.id).first()
    if fresh is None:
        raise NothingThere
    become(case=fresh.id)
    if allowed is Change.FREELY:
        return fresh, ""
    if reason not in tuple(ChangeReason):
        raise ReasonNeeded
    return fresh, ChangeReason(reason).value


def write_version(
    call: Call,
    version: UUID,
    *,
    number: int,
    by: UUID,
    on: date,
    facts: Facts,
    offer: Offer,
    note: UUID | None,
    keeps: bool = False,
    reason: str = "",
) -> None:
    """One version, sealed under a key that is forgotten at once. Keeps the words of what was chosen.

    on: the day it was written. note: the id of the note that goes with it. keeps: what is not answered here stands as
    in the version before.
    """
    answered = asdict(trimmed(facts))
    key = new_case_key(centre=call.centre_id, case=call.id, part=version, ring_name=RingName.CONTACT)
    sealed = {name: value for name, value in answered.items() if name not in NOT_SEALED}
    content = {"facts": sealed, "words": words_for(answered, offer), "keeps": keeps}
    CallVersion.objects.create(
        id=version,
        centre_id=call.centre_id,
        call_id=call.id,
        number=number,
        on=on,
        by=by,
        reason=reason,
        note=note,
        **{name: answered[name] for name in NOT_SEALED},
        sealed=seal(key, told_place(call.id, version), json.dumps(content, ensure_ascii=False).encode()),
    )


def words_for(answered: Mapping[str, Any], offer: Offer) -> dict[str, list[str]]:
    """What was chosen, question by question, in the words it was offered in; a code that is not offered as it is."""
    found: dict[str, list[str]] = {}
    for group in Group:
        value: Any = answered[group.value]
        codes: tuple[str, ...] = value if isinstance(value, tuple) else (str(value),) if value else ()
        said = {option.code: option.say for option in offer[group]}
        if codes:
            found[group.value] = [said.get(code, code) for code in codes]
    return found


def write_note(call: Call, text: str, *, on: date) -> UUID:
    """Seal a note under a key of its own, which is forgotten at once. on: the day it was written."""
    note = uuid4()
    key = new_case_key(centre=call.centre_id, case=call.id, part=note, ring_name=RingName.CONTACT)
    sealed = seal(key, note_place(call.id, note), text.encode())
    CallNote.objects.create(id=note, centre_id=call.centre_id, call_id=call.id, on=on, sealed=sealed)
    return note
