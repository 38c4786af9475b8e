"""That a contact became a file or joined one, from when until when; and how much it hurries. Words: sealed."""

from django.db import models

from lykta.cases.models import File, Words
from lykta.retention.rules import Life, lives


class Link(Words):
    """A dialogue or call that is part of how a file came to be. Undone, never deleted: both deeds can be seen.

    source_id: of the contact, which may be gone; no foreign key, so that it can be forgotten in its own time.
    note_id: what was carried over. sealed: how and when she said that she wished it.
    """

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="links")
    kind = models.CharField(max_length=8)  # a Kind
    source_id = models.UUIDField(db_index=True)
    note_id = models.UUIDField()
    made = models.BooleanField()  # the file was opened by it; else it joined one
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_reason = models.CharField(max_length=12, blank=True)  # an UndoReason
    undone_part = models.UUIDField(null=True)
    undone_sealed = models.BinaryField(null=True)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "intake_link"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "source_id"], condition=models.Q(until_on=None), name="one_present_link"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None, undone_by=None, undone_reason="", undone_sealed=None)
                | models.Q(until_on__gte=models.F("from_on"), undone_by__isnull=False, undone_sealed__isnull=False)
                & ~models.Q(undone_reason=""),
                name="undone_link_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.file_id}"


class Triage(Words):
    """How much it hurries, from a moment on; the newest of a file holds. sealed: why."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="triages")
    urgency = models.CharField(max_length=8)  # an Urgency
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "intake_triage"
        indexes = [
            models.Index(fields=["file", "-at"], name="intake_triage_newest"),
            # The desk of everybody, each morning: however many files there are, a few rows are looked at.
            models.Index(
                fields=["centre_id", "taken_at"], condition=models.Q(urgency="today"), name="intake_triage_acute"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_by=None, taken_at=None)
                | models.Q(taken_by__isnull=False, taken_at__isnull=False),
                name="taken_by_somebody_at_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.urgency} in {self.file_id}"
