"""What the contact room forgets by itself: run out dialogues, replies nobody fetched, visits of yesterday, calls.

Run by the worker, which can destroy but not read.
"""

from datetime import date, timedelta

from django.db.models import Q

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.contact.call_actions import destroy_call
from lykta.contact.enums import State
from lykta.contact.models import Call, CallNote, Dialogue, Message, ReplyCopy, Visit
from lykta.sealing.actions import destroy_case_keys


def forget(*, on: date, dialogue_days: int, reply_days: int) -> dict[str, int]:
    """Destroy what has lived its days, keys first; gives how many of each. One event when anything went.

    on: today. A dialogue is forgotten when nobody has written for more than dialogue_days; a closed one as soon as no
    reply waits in it. A reply's copy goes after more than reply_days, a visit when its day is past.
    """
    replies = ReplyCopy.objects.filter(on__lt=on - timedelta(days=reply_days)).delete()[0]
    waiting = ReplyCopy.objects.values("dialogue_id")
    run_out = Q(last_on__lt=on - timedelta(days=dialogue_days))
    read_and_closed = Q(state=State.CLOSED, last_on__lt=on) & ~Q(id__in=waiting)
    dialogues = list(Dialogue.objects.filter(run_out | read_and_closed).values_list("id", flat=True))
    for dialogue in dialogues:
        destroy_case_keys(case=dialogue)
        for rows in (ReplyCopy, Message):
            rows.objects.filter(dialogue_id=dialogue).delete()
        Dialogue.objects.filter(id=dialogue).delete()
        record(Act.DIALOGUE_ERASED, object=dialogue, reason="days")
    visits = Visit.objects.filter(on__lt=on).delete()[0]
    gone = {"replies": replies, "dialogues": len(dialogues), "visits": visits}
    if any(gone.values()):
        record(Act.PURGED, count=sum(gone.values()))
    return gone


def forget_calls(*, on: date, note_days: int, call_days: int) -> dict[str, int]:
    """Destroy notes and calls that have lived their days, keys first; gives how many of each. One event if any went.

    on: today. A note goes when more than note_days have passed since it was written, a call with all that is left of
    it when more than call_days have passed since its own day.
    """
    notes = list(CallNote.objects.filter(on__lt=on - timedelta(days=note_days)).values_list("call_id", "id"))
    for call, note in notes:
        destroy_case_keys(case=call, part=note)
        CallNote.objects.filter(id=note).delete()
    calls = list(Call.objects.filter(on__lt=on - timedelta(days=call_days)).values_list("id", flat=True))
    for call in calls:
        destroy_call(call)
    gone = {"notes": len(notes), "calls": len(calls)}
    if any(gone.values()):
        record(Act.PURGED, count=sum(gone.values()))
    return gone
