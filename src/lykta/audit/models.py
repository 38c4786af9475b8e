"""The log's rows, which nobody inserts but the database function lykta_record and nobody changes or deletes.

Beside them: what nightly checks found, and what was sent out of the house.
"""

import uuid

from django.db import models

from lykta.audit.enums import Way
from lykta.retention.rules import Life, lives


class Event(models.Model):
    """One thing that was done, read or refused. No foreign keys: the log outlives what it tells of."""

    pk = models.CompositePrimaryKey("centre_id", "chain", "seq")
    centre_id = models.UUIDField()
    chain = models.CharField(max_length=8)  # a Chain
    seq = models.BigIntegerField()
    at = models.DateTimeField()  # to the minute for staff and agencies, to the day in every other chain
    actor = models.UUIDField(null=True)
    act = models.CharField(max_length=60)
    object = models.UUIDField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    count = models.IntegerField(default=0)  # how many sealed values were opened, for readings
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    lives = lives(Life.LOG)

    class Meta:
        db_table = "audit_event"
        # For the reader: each filter has its own, in the order of its pages. See migration 0004 for two partial ones.
        indexes = [
            models.Index(fields=["centre_id", "object", "at", "seq", "chain"], name="audit_event_of_object"),
            models.Index(fields=["centre_id", "actor", "at", "seq", "chain"], name="audit_event_of_actor"),
            models.Index(fields=["centre_id", "act", "at", "seq", "chain"], name="audit_event_of_act"),
            models.Index(fields=["centre_id", "chain", "at", "seq"], name="audit_event_of_chain"),
            models.Index(fields=["centre_id", "at", "seq", "chain"], name="audit_event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.act}"


class Head(models.Model):
    """The last number and hash of each chain: what a cut log is missing."""

    pk = models.CompositePrimaryKey("centre_id", "chain")
    centre_id = models.UUIDField()
    chain = models.CharField(max_length=8)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    lives = lives(Life.LOG)

    class Meta:
        db_table = "audit_head"

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class Check(models.Model):
    """One walk through one chain by the worker, and what it found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    chain = models.CharField(max_length=8)
    at = models.DateTimeField()
    rows = models.BigIntegerField()
    broken_seq = models.BigIntegerField(null=True)
    broken_what = models.CharField(max_length=20, blank=True)

    lives = lives(Life.LOG)

    class Meta:
        db_table = "audit_check"
        indexes = [models.Index(fields=["centre_id", "chain", "-at"], name="audit_check_latest")]

    def __str__(self) -> str:
        return f"{self.chain} {self.at:%Y-%m-%d}"


class Sending(models.Model):
    """The anchor of one day on its way out of the house. Its lines may be known to anybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    on = models.DateField()
    way = models.CharField(max_length=8)  # a Way
    at = models.DateTimeField()  # of the last try
    tries = models.PositiveIntegerField(default=1)
    trouble = models.CharField(max_length=12, blank=True)  # a Trouble; empty when it has arrived
    lines = models.TextField(blank=True)
    by = models.UUIDField(null=True)  # who took it herself

    lives = lives(Life.LOG)

    class Meta:
        db_table = "audit_sending"
        constraints = [
            models.UniqueConstraint(
                fields=["centre_id", "on", "way"], condition=~models.Q(way=Way.TAKEN), name="one_anchor_a_day_and_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.on}"
