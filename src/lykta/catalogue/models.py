"""The centre's catalogue as rows, in editions: what is live, what is being changed, and everything there was."""

import uuid

from django.db import models
from django.db.models import Q

from lykta.retention.rules import Life, lives


class Edition(models.Model):
    """One whole catalogue: a draft that edits gather in, the one that is live, or an earlier one.

    number: from 1, given when the edition is saved. saved_by: None where the house itself loaded it.
    live_from, live_until: half-open days on which it was the live one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    state = models.CharField(max_length=10)  # an EditionState
    number = models.PositiveIntegerField(null=True)
    based_on = models.UUIDField(null=True)
    begun_by = models.UUIDField(null=True)
    begun_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)
    saved_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)
    live_from = models.DateField(null=True)
    live_until = models.DateField(null=True)

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "catalogue_edition"
        constraints = [
            models.UniqueConstraint(fields=["centre_id"], condition=Q(state="draft"), name="one_draft_edition"),
            models.UniqueConstraint(fields=["centre_id"], condition=Q(state="waiting"), name="one_waiting_edition"),
            models.UniqueConstraint(fields=["centre_id"], condition=Q(state="live"), name="one_live_edition"),
            models.UniqueConstraint(fields=["centre_id", "number"], name="one_edition_per_number"),
        ]

    def __str__(self) -> str:
        return f"edition {self.number or 'being written'}"


class Entry(models.Model):
    """One row of one edition. `body` holds what the row says, as in the YAML a head of centre reads.

    kind: "services", "rules", "limits", "modes", "municipalities", "localities", "phones", "house_limits", or "head"
    for what stands once in a file. parent: the service a row belongs to. line: the same row in every edition.
    Half-open days: valid_from belongs, valid_to does not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    edition = models.ForeignKey(Edition, on_delete=models.DO_NOTHING, related_name="entries")
    line = models.UUIDField()
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
            models.UniqueConstraint(fields=["edition", "kind", "parent", "position"], name="one_entry_per_place"),
            models.UniqueConstraint(fields=["edition", "line"], name="one_entry_per_line"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="entry_has_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Change(models.Model):
    """One deed on one row of a draft: who, when, and what the row said before and after. Only ever added to.

    before: None where the row is new; after: None where it was taken away.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    edition = models.ForeignKey(Edition, on_delete=models.DO_NOTHING, related_name="changes")
    line = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField()
    kind = models.CharField(max_length=20)
    parent = models.CharField(max_length=20, blank=True)
    ref = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "catalogue_change"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
