"""The log's rows. Nobody inserts here but the database function lykta_record; nobody changes or deletes."""

from django.db import models

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
        indexes = [models.Index(fields=["centre_id", "object"], name="audit_event_object")]

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
