"""What waits for a reviewer, what has been reviewed, and the one thing she has before her."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.audit.enums import Act
from lykta.audit.models import Event
from lykta.cases.models import Opening
from lykta.cases.places import review_place
from lykta.core import clock
from lykta.core.doors import WORKER, become
from lykta.desk.log.enums import Kind, Verdict
from lykta.desk.log.models import Month, Review
from lykta.desk.log.queries import Line, Names, lines, names
from lykta.sealing.errors import NotHolder
from lykta.sealing.queries import SealedWord, open_words
from lykta.sealing.words import Place

MOST_SHOWN = 100
"""Rows of a list; closed ones beyond it are found in the log."""
MOST_LINES = 50


@dataclass(frozen=True)
class Row:
    """Something to review, in a list. mine: it is about the reader herself, who can't close it."""

    id: UUID
    kind: Kind
    who: str
    on: date
    object: UUID | None
    ref: str
    count: int
    mine: bool
    verdict: Verdict | None
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True)
class Whole:
    """One thing with everything that helps to judge it. why: what was said, "" for nothing, None for unreadable."""

    row: Row
    member: UUID | None
    lines: list[Line]
    why: str | None = field(repr=False)
    note: str | None = field(repr=False)
    has_key: bool


class NoSuchReview(LookupError):
    """There is none, or not for this actor."""


def why_place(review: UUID) -> Place:
    """What whoever took part of the log out said about why."""
    return Place("desk_review", review, "why", review)


def note_place(review: UUID) -> Place:
    """What the reviewer wrote."""
    return Place("desk_review", review, "note", review)


def waiting(actor: Actor) -> list[Row]:
    """Everything that waits, the most serious kind first, the oldest of it first."""
    rows = Review.objects.filter(centre_id=actor.centre, closed_at=None).order_by("on", "seq")
    order = list(Kind)
    return sorted(_rows(actor, rows), key=lambda row: order.index(row.kind))


def count_waiting(actor: Actor) -> int:
    """How much waits that the actor could close; 0 for who reviews nothing."""
    if not may(actor, Permission.LOG_REVIEW):
        return 0
    rows = Review.objects.filter(centre_id=actor.centre, closed_at=None)
    return rows.exclude(member_id=actor.member).count()


def closed(actor: Actor) -> list[Row]:
    """What has been reviewed, the latest first."""
    rows = Review.objects.filter(centre_id=actor.centre).exclude(closed_at=None).order_by("-closed_at")
    return _rows(actor, rows[:MOST_SHOWN])


def _rows(actor: Actor, reviews: Iterable[Review]) -> list[Row]:
    found = list(reviews)
    named = names(actor, (one.object for one in found))
    return [_row(actor, one, named) for one in found]


def _row(actor: Actor, one: Review, named: Names) -> Row:
    return Row(
        id=one.id,
        kind=Kind(one.kind),
        who=named.of(one.member_id),
        on=one.on,
        object=one.object,
        ref=named.ref(one.object),
        count=one.count,
        mine=one.member_id == actor.member,
        verdict=Verdict(one.verdict) if one.verdict else None,
        closed_by=named.of(one.closed_by) if one.closed_by else "",
        closed_at=one.closed_at,
    )


@dataclass(frozen=True)
class Drawn:
    """A month's sample: how many of it wait, and who signed it off."""

    month: date
    readings: int
    waiting: int
    drawn: int
    signed_by: str
    signed_at: datetime | None


def months(actor: Actor, *, most: int = 12) -> list[Drawn]:
    """Months whose sample is drawn, the latest first."""
    named = names(actor)
    samples = list(Review.objects.filter(centre_id=actor.centre, kind=Kind.SAMPLE).values_list("on", "closed_at"))
    return [
        Drawn(
            month=one.month,
            readings=one.readings,
            waiting=sum(1 for on, at in samples if on.replace(day=1) == one.month and at is None),
            drawn=sum(1 for on, at in samples if on.replace(day=1) == one.month),
            signed_by=named.of(one.signed_by) if one.signed_by else "",
            signed_at=one.signed_at,
        )
        for one in Month.objects.filter(centre_id=actor.centre).order_by("-month")[:most]
    ]


def review_for(actor: Actor, review: UUID) -> Review:
    """One thing to review. Raises NoSuchReview."""
    found = Review.objects.filter(centre_id=actor.centre, pk=review).first()
    if found is None:
        raise NoSuchReview
    return found


def whole(actor: Actor, review: Review) -> Whole:
    """The thing, what the log tells around it, and the words said about it where the actor holds their key."""
    (row,) = _rows(actor, [review])
    found = list(_around(actor, review)[:MOST_LINES])
    try:
        why, note, has_key = *_words(actor, review), True
    except NotHolder:
        why, note, has_key = None, None, False
    member = None if review.member_id == WORKER else review.member_id
    return Whole(row, member, lines(actor, found), why, note, has_key)


def _around(actor: Actor, review: Review) -> QuerySet[Event]:
    """The member's events about the thing on that day; of a pattern, all of the day and the night after it."""
    since = datetime.combine(review.on, datetime.min.time(), clock.STOCKHOLM)
    hours = 24 if review.object else 30
    rows = Event.objects.filter(
        centre_id=actor.centre, actor=review.member_id, at__gte=since, at__lt=since + timedelta(hours=hours)
    )
    return (rows.filter(object=review.object) if review.object else rows).order_by("at", "seq")


def _words(actor: Actor, review: Review) -> tuple[str, str]:
    """Why it was done, in the doer's words, and the reviewer's note; "" for what nobody has written."""
    if actor.holder is None:
        raise NotHolder("no key at all")
    sealed = [
        SealedWord(place, bytes(word), review.pk)
        for place, word in ((why_place(review.pk), review.sealed_why), (note_place(review.pk), review.sealed_note))
        if word
    ]
    become(case=review.pk)
    opened = open_words(actor.holder, review.pk, sealed, act=Act.REVIEW_READ) if sealed else []
    why = opened.pop(0) if review.sealed_why else ""
    note = opened.pop(0) if review.sealed_note else ""
    return why or _said_at_opening(actor, review), note


def _said_at_opening(actor: Actor, review: Review) -> str:
    """What the member said when she opened the file that day, each time on a line of its own."""
    if actor.holder is None or review.kind not in (Kind.OPENED, Kind.TAKEN) or review.object is None:
        return ""
    since = datetime.combine(review.on, datetime.min.time(), clock.STOCKHOLM)
    rows = Opening.objects.filter(
        file_id=review.object, member_id=review.member_id, at__gte=since, at__lt=since + timedelta(days=1)
    ).exclude(sealed_review=None)
    said = []
    for row in rows.order_by("at"):
        become(case=row.pk)
        word = SealedWord(review_place(row.pk), bytes(row.sealed_review or b""), row.pk)
        (text,) = open_words(actor.holder, row.pk, [word], act=Act.REVIEW_READ)
        said.append(json.loads(text)["text"])
    become(case=None)
    return "\n".join(said)
