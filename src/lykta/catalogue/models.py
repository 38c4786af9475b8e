"""The centre's catalogue as rows: services, their rules and limits with dates, places and telephone numbers."""

import uuid

from django.db import models

from lykta.retention.rules import Life, lives


class Entry(models.Model):
    """One row of the catalogue. `body` holds what the row says, as in the YAML a head of centre reads.

    kind: "services", "rules", "municipalities", "localities", "phones", or "head" for what stands once in a file.
    parent: the service a rule belongs to. Half-open days: valid_from belongs, valid_to does not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=60)
    parent = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    body = models.JSONField()

    lives = lives(Life.PUBLISHED)

    class Meta:
        db_table = "catalogue_entry"
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "kind", "parent", "position"], name="one_entry_per_place"),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="entry_has_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
