"""What reviewers do, and what the worker finds for them: closing what waits, signing months, taking the log out."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import SystemRandom
from uuid import UUID, uuid4

from django.db import ProgrammingError, transaction

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.audit.models import Event, Head
from lykta.core import clock
from lykta.core.doors import WORKER, become
from lykta.desk.log.enums import Kind, Verdict
from lykta.desk.log.errors import ReviewRefused
from lykta.desk.log.models import Month, Review
from lykta.desk.log.patterns import Deed, Finding, drawn, findings
from lykta.desk.log.reviewing import note_place, why_place
from lykta.sealing.actions import new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder
from lykta.sealing.models import Ring
from lykta.sealing.queries import case_keys
from lykta.sealing.words import seal

MOST_SIGNS = 4_000
DAYS_BACK = 7
"""Days the worker looks back over, so that a week without it loses nothing."""


def close_review(*, by: Actor, review: Review, verdict: str, note: str) -> None:
    """Close what waits, with a verdict and a note; without a note only what was in order.

    Raises ReviewRefused: "verdict" for none there is, "self", "words", "long", "closed" where a colleague was
    quicker, "key" where the actor does not hold the reviewers' key.
    """
    if verdict not in tuple(Verdict):
        raise ReviewRefused("verdict")
    if review.member_id == by.member:
        raise ReviewRefused("self")
    if verdict != Verdict.IN_ORDER and not note.strip():
        raise ReviewRefused("words")
    sealed = _sealed(by, review.pk, note.strip(), bool(review.sealed_why)) if note.strip() else None
    done = Review.objects.filter(pk=review.pk, closed_at=None).update(
        closed_at=clock.now(), closed_by=by.member, verdict=verdict, sealed_note=sealed
    )
    if not done:
        raise ReviewRefused("closed")
    record(Act.REVIEW_CLOSED, object=review.pk, reason=f"{review.kind} {verdict}")


def _sealed(by: Actor, review: UUID, text: str, has_key: bool) -> bytes:
    if len(text) > MOST_SIGNS:
        raise ReviewRefused("long")
    key = _key(by, review, has_key)
    return seal(key, note_place(review), text.encode())


def _key(by: Actor, review: UUID, has_key: bool) -> bytes:
    """The review's own key, made with its first words. Only who holds the reviewers' ring can make one or open it."""
    if by.holder is None:
        raise ReviewRefused("key")
    become(case=review)
    try:
        if has_key:
            return case_keys(by.holder, review)[review]
        with transaction.atomic():
            return new_case_key(centre=by.centre, case=review, part=review, ring_name=RingName.REVIEW)
    except (NotHolder, Ring.DoesNotExist, ProgrammingError) as why:  # the last: the wall of the wraps
        raise ReviewRefused("key") from why


def sign_month(*, by: Actor, month: date) -> None:
    """Sign a month's sample off. Raises ReviewRefused: "waiting" while some of it waits, "closed" when it is signed."""
    row = Month.objects.filter(centre_id=by.centre, month=month).first()
    if row is None or row.signed_at:
        raise ReviewRefused("closed")
    within = Review.objects.filter(centre_id=by.centre, kind=Kind.SAMPLE, on__year=month.year, on__month=month.month)
    if within.filter(closed_at=None).exists():
        raise ReviewRefused("waiting")
    done = Month.objects.filter(centre_id=by.centre, month=month, signed_at=None).update(
        signed_at=clock.now(), signed_by=by.member
    )
    if not done:
        raise ReviewRefused("closed")
    record(Act.MONTH_SIGNED)


def note_export(*, by: Actor, words: str, rows: int) -> None:
    """Write that part of the log was taken out, and why; another reviewer closes it.

    Raises ReviewRefused: "words", "long", "key".
    """
    if not words.strip():
        raise ReviewRefused("words")
    if len(words) > MOST_SIGNS:
        raise ReviewRefused("long")
    review = uuid4()
    key = _key(by, review, has_key=False)
    last = Head.objects.filter(centre_id=by.centre, chain="staff").values_list("seq", flat=True).first() or 0
    Review.objects.create(
        id=review,
        centre_id=by.centre,
        kind=Kind.EXPORT,
        member_id=by.member,
        on=clock.today(),
        seq=last + 1,  # the event that follows below
        count=rows,
        sealed_why=seal(key, why_place(review), words.strip().encode()),
    )
    record(Act.LOG_EXPORTED, object=review, count=rows)


# --- the worker's part ---


def find_patterns(*, centre: UUID, today: date) -> int:
    """Write what stands out in each whole day and night of the last week that is not written yet. Gives how many."""
    made = 0
    for back in range(DAYS_BACK, 0, -1):
        on = today - timedelta(days=back)
        for finding in findings(_deeds(centre, on, on + timedelta(days=1), hours=6), on=on):
            known = Review.objects.filter(centre_id=centre, kind=finding.kind, member_id=finding.member, on=on)
            if not known.exists():
                _keep(centre, finding)
                made += 1
    return made


def draw_month(*, centre: UUID, month: date) -> int:
    """Draw the sample of a month that is over, once. month: its first day. Gives how many readings were drawn."""
    if Month.objects.filter(centre_id=centre, month=month).exists():
        return 0
    after = (month + timedelta(days=31)).replace(day=1)
    deeds = [d for d in _deeds(centre, month, after) if d.reading]
    sample = drawn(deeds, month=month, chance=SystemRandom())
    Month.objects.create(centre_id=centre, month=month, readings=len(deeds))
    for finding in sample:
        _keep(centre, finding)
    return len(sample)


def _keep(centre: UUID, found: Finding) -> None:
    Review.objects.create(
        centre_id=centre,
        kind=found.kind,
        member_id=found.member,
        object=found.object,
        on=found.on,
        seq=found.seq,
        count=found.count,
    )


def _deeds(centre: UUID, since: date, until: date, *, hours: int = 0) -> Iterable[Deed]:
    """The staff's events from one day's beginning to another's, and so many hours of that."""
    start = datetime.combine(since, time.min, clock.STOCKHOLM)
    end = datetime.combine(until, time.min, clock.STOCKHOLM) + timedelta(hours=hours)
    rows = Event.objects.filter(centre_id=centre, chain="staff", at__gte=start, at__lt=end).exclude(actor=WORKER)
    for event in rows.iterator():
        if event.actor is None:  # at the door: nobody's name yet
            continue
        yield Deed(
            event.at.astimezone(clock.STOCKHOLM),
            event.seq,
            event.actor,
            event.object,
            reading=event.act.endswith(":read") and not event.act.startswith("audit:"),
            refused=event.act.endswith("refused"),
        )
