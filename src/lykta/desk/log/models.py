"""What the log's reader keeps of its own: names of things, what is to be reviewed, and months signed off."""

import uuid

from django.db import models

from lykta.retention.rules import Life, lives


class Ref(models.Model):
    """What staff call a thing that stands in the log by its id: a view, for those who may read the log.

    A reference is random and says nothing. What is forgotten has none any more.
    """

    id = models.UUIDField(primary_key=True)
    centre_id = models.UUIDField()
    ref = models.CharField(max_length=12)

    lives = lives(Life.DIALOGUE)

    class Meta:
        db_table = "desk_logref"
        managed = False

    def __str__(self) -> str:
        return self.ref


class Review(models.Model):
    """Something a reviewer must look at and close. Openings and marks are written by the log itself (a trigger).

    seq: the first event of the staff's chain it is about. Plain: running facts. Sealed to the reviewers' ring, under a
    key of its own: why (of an export) and the note.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    kind = models.CharField(max_length=8)  # a Kind
    member_id = models.UUIDField()
    object = models.UUIDField(null=True)
    on = models.DateField()
    seq = models.BigIntegerField()
    count = models.IntegerField(default=1)
    sealed_why = models.BinaryField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    verdict = models.CharField(max_length=8, blank=True)  # a Verdict
    sealed_note = models.BinaryField(null=True)

    lives = lives(Life.LOG)

    class Meta:
        db_table = "desk_review"
        indexes = [models.Index(fields=["centre_id", "closed_at", "on"], name="desk_review_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["centre_id", "kind", "member_id", "object", "on"],
                condition=models.Q(closed_at=None, kind__in=["opened", "marked"]),
                nulls_distinct=False,
                name="one_open_review_each",
            ),
            models.UniqueConstraint(
                fields=["centre_id", "kind", "member_id", "on"],
                condition=models.Q(kind__in=["refused", "many", "night"]),
                name="one_pattern_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None, verdict="")
                | models.Q(
                    closed_at__isnull=False, closed_by__isnull=False, verdict__in=["in_order", "talked", "further"]
                ),
                name="closed_review_has_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Month(models.Model):
    """A month whose sample is drawn. Signed off once, by a reviewer, when nothing of it waits."""

    pk = models.CompositePrimaryKey("centre_id", "month")
    centre_id = models.UUIDField()
    month = models.DateField()
    readings = models.IntegerField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)

    lives = lives(Life.LOG)

    class Meta:
        db_table = "desk_month"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
