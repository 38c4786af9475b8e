"""A concern for a child that is told, or not, from a file: its running facts, and what is sealed of it."""

import uuid

from django.db import models

from lykta.cases.models.file import File
from lykta.cases.models.words import Words
from lykta.retention.rules import Life, lives


class Concern(models.Model):
    """A decision to report, or not, signed by whoever decided: it is never changed. Each step is dated once.

    reported: whether it was decided to report. feedback is asked for again by moving its day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, related_name="concerns")
    by = models.UUIDField()
    decided_on = models.DateField()
    reported = models.BooleanField()
    sent_on = models.DateField(null=True)
    receipt_on = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    feedback_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_concern"
        indexes = [models.Index(fields=["file", "decided_on"], name="cases_concern_of_file")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reported=True)
                & (models.Q(sent_on=None) | models.Q(dropped_on=None, sent_on__gte=models.F("decided_on")))
                | models.Q(reported=False, sent_on=None, dropped_on=None),
                name="concern_sent_or_not",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_on__isnull=False)
                & (models.Q(receipt_on=None) | models.Q(receipt_on__gte=models.F("sent_on")))
                & (models.Q(asked_on=None) | models.Q(asked_on__gte=models.F("sent_on")))
                & (models.Q(feedback_on=None) | models.Q(feedback_on__gte=models.F("sent_on")))
                | models.Q(sent_on=None, receipt_on=None, asked_on=None, feedback_on=None),
                name="concern_steps_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"concern in {self.file_id}"


class ConcernWords(Words):
    """What was decided and why, the report as it was set, and what each step told. Never changed.

    kind: "decision", "paper", or a Step.
    """

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="concern_words")
    concern = models.ForeignKey(Concern, models.DO_NOTHING, related_name="words")
    kind = models.CharField(max_length=14)

    class Meta:
        db_table = "cases_concern_words"
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "kind"], condition=~models.Q(kind="board_asked"), name="one_wording_of_each_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.concern_id}"
