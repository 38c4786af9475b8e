"""Decisions of municipalities that order something of us: days and stage plain, who decided and what for sealed."""

import uuid

from django.db import models

from lykta.cases.decision_enums import Stage
from lykta.cases.models.file import File
from lykta.cases.models.words import Words
from lykta.retention.rules import Life, lives


class Decision(models.Model):
    """One granted service. Its days are what is asked for in the law (SoL 34:1), so they are running facts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, related_name="decisions")
    by = models.UUIDField()
    service = models.CharField(max_length=12)  # a code of the catalogue
    stage = models.CharField(max_length=10, default=Stage.RECEIVED)
    decided_on = models.DateField()
    received_on = models.DateField()
    from_on = models.DateField(null=True)  # as ordered
    until_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_decision"
        indexes = [
            models.Index(fields=["file"], name="cases_decision_of_file"),
            models.Index(
                fields=["centre_id", "decided_on"],
                condition=models.Q(stage__in=["received", "accepted"]),
                name="cases_decision_not_begun",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage="received", answered_on=None, started_on=None, ended_on=None)
                | models.Q(
                    stage__in=["accepted", "declined"], answered_on__isnull=False, started_on=None, ended_on=None
                )
                | models.Q(stage="started", answered_on__isnull=False, started_on__isnull=False, ended_on=None)
                | models.Q(stage="ended", answered_on__isnull=False, ended_on__isnull=False),
                name="decision_stage_has_its_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.stage}"


class DecisionWords(Words):
    """What is told of a decision: the order, an answer, a report, an end. Written once, never changed."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="decision_words")
    decision = models.ForeignKey(Decision, models.DO_NOTHING, related_name="words")
    kind = models.CharField(max_length=8)  # a Told

    class Meta:
        db_table = "cases_decisionwords"
        indexes = [models.Index(fields=["decision"], name="cases_words_of_decision")]

    def __str__(self) -> str:
        return self.kind
