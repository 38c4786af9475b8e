"""A dialogue, its sealed messages, copies of replies the visitor has not read, her browser's visit; and logged calls.

About whoever writes or calls nothing finer than a day; every word sealed.
"""

import uuid

from django.db import models

from lykta.contact.enums import CloseReason, Kind, State
from lykta.retention.rules import Life, lives


class Dialogue(models.Model):
    """One anonymous conversation. `lookup` is what her code leads to, under a pepper kept outside the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    ref = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.WAITING)
    muted = models.BooleanField(default=False)
    opened_on = models.DateField()
    last_on = models.DateField()  # the last day anybody wrote
    waiting_on = models.DateField(null=True)  # the day of the oldest message without an answer
    taken_by = models.UUIDField(null=True)
    freed_from = models.UUIDField(null=True)  # who had it when she left; until somebody takes it
    closed_reason = models.CharField(max_length=12, blank=True, choices=[(r.value, r.value) for r in CloseReason])
    message_count = models.PositiveIntegerField(default=0)
    lookup = models.BinaryField(max_length=32, unique=True)
    visitor_public = models.BinaryField(max_length=32)
    visitor_sealed_private = models.BinaryField()

    lives = lives(Life.DIALOGUE)

    class Meta:
        db_table = "contact_dialogue"
        indexes = [models.Index(fields=["centre_id", "state", "waiting_on"], name="contact_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "ref"], name="one_ref_per_centre"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", waiting_on__isnull=False) | ~models.Q(state="waiting"),
                name="waiting_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed") ^ models.Q(closed_reason=""), name="closed_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Message(models.Model):
    """One sealed message. `number` orders a dialogue, since a visitor's messages have no hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    dialogue = models.ForeignKey(Dialogue, models.DO_NOTHING, related_name="messages")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Kind])
    on = models.DateField()
    at = models.DateTimeField(null=True)  # staff work only
    by = models.UUIDField(null=True)
    to = models.UUIDField(null=True)  # the colleague who was asked
    sealed = models.BinaryField()

    lives = lives(Life.DIALOGUE)

    class Meta:
        db_table = "contact_message"
        indexes = [models.Index(fields=["dialogue", "number"], name="contact_message_order")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="visitor") | models.Q(at=None, by=None, to=None), name="visitor_has_no_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class ReplyCopy(models.Model):
    """A reply she has not read: sealed once to a key of its own, and that key given to her pair. Gone when read."""

    id = models.UUIDField(primary_key=True)  # the message it is a copy of
    centre_id = models.UUIDField()
    dialogue = models.ForeignKey(Dialogue, models.DO_NOTHING, related_name="copies")
    number = models.PositiveIntegerField()
    on = models.DateField()
    box = models.BinaryField()
    sealed = models.BinaryField()

    lives = lives(Life.UNREAD)

    class Meta:
        db_table = "contact_replycopy"

    def __str__(self) -> str:
        return f"copy {self.number}"


class Visit(models.Model):
    """What a visitor's browser is in the middle of, sealed under a key only its cookie gives."""

    row = models.CharField(primary_key=True, max_length=64)
    centre_id = models.UUIDField()
    on = models.DateField()
    sealed = models.BinaryField()

    lives = lives(Life.VISIT)

    class Meta:
        db_table = "contact_visit"

    def __str__(self) -> str:
        return self.row[:8]


class Call(models.Model):
    """One call, visit or mail that was logged. What was written is in its versions; `number` is the one that counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    ref = models.CharField(max_length=12)
    on = models.DateField()
    by = models.UUIDField()  # who logged it
    number = models.PositiveIntegerField(default=1)

    lives = lives(Life.CALL)

    class Meta:
        db_table = "contact_call"
        indexes = [models.Index(fields=["centre_id", "on"], name="contact_call_days")]
        constraints = [models.UniqueConstraint(fields=["centre_id", "ref"], name="one_call_ref_per_centre")]

    def __str__(self) -> str:
        return self.ref


class CallVersion(models.Model):
    """What was written about a call: first, and after each correction. Never changed; running facts plain (ADR 8)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    call = models.ForeignKey(Call, models.DO_NOTHING, related_name="versions")
    number = models.PositiveIntegerField()
    on = models.DateField()  # the day it was written
    by = models.UUIDField()
    reason = models.CharField(max_length=12, blank=True)  # a ChangeReason, where a colleague corrected
    channel = models.CharField(max_length=20)
    caller = models.CharField(max_length=20)
    urgency = models.CharField(max_length=20)
    minutes = models.PositiveIntegerField(null=True)
    named = models.BooleanField(default=False)
    note = models.UUIDField(null=True)  # the note that goes with it; the note may be gone
    sealed = models.BinaryField()

    lives = lives(Life.CALL)

    class Meta:
        db_table = "contact_callversion"
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"version {self.number}"


class CallNote(models.Model):
    """A short note to a call, under a key of its own, so that it can be forgotten before the call is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    call = models.ForeignKey(Call, models.DO_NOTHING, related_name="notes")
    on = models.DateField()
    sealed = models.BinaryField()

    lives = lives(Life.NOTE)

    class Meta:
        db_table = "contact_callnote"

    def __str__(self) -> str:
        return "note"
