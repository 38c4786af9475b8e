"""A request from an authority about a file's person: its days plain, who asks for what and the answer sealed."""

import uuid

from django.db import models

from lykta.cases.models.file import File
from lykta.cases.models.words import Words
from lykta.retention.rules import Life, lives


class Demand(models.Model):
    """A request. It is answered once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, related_name="demands")
    by = models.UUIDField()
    came_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True)  # an Outcome

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_demand"
        indexes = [models.Index(fields=["file", "came_on"], name="cases_demand_of_file")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on=None, outcome="")
                | models.Q(answered_on__gte=models.F("came_on")) & ~models.Q(outcome=""),
                name="demand_answered_has_outcome",
            ),
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("came_on")), name="demand_due_after_coming"),
        ]

    def __str__(self) -> str:
        return f"demand in {self.file_id}"


class DemandWords(Words):
    """Who asks for what ("asked"), and what was answered ("answer"). What was given stands as a disclosure."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="demand_words")
    demand = models.ForeignKey(Demand, models.DO_NOTHING, related_name="words")
    kind = models.CharField(max_length=8)

    class Meta:
        db_table = "cases_demand_words"
        constraints = [models.UniqueConstraint(fields=["demand", "kind"], name="one_wording_of_demand_and_answer")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.demand_id}"
