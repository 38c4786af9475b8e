"""Asking to be let into a named file one is not on the team of (ADR 17). Plain: who, when, which number she wrote."""

import uuid

from django.db import models

from lykta.cases.glass_rules import Loan
from lykta.cases.models.file import File
from lykta.retention.rules import Life, lives


class Ask(models.Model):
    """A member has asked for an hour in a named file, by its number: there may be no such file, and she is not told.

    file, part: only once somebody of its team has said yes; which part of its key was the newest then.
    ended_at: taken back while it waited, or shut before the hour was over. Changed by functions of the database alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    member_id = models.UUIDField()
    asked_at = models.DateTimeField()
    ref = models.CharField(max_length=12)
    reason = models.CharField(max_length=12)  # an OpenReason
    sealed = models.BinaryField()  # why, in her words
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    granted = models.BooleanField(null=True)
    sealed_answer = models.BinaryField(null=True)  # why not
    file = models.ForeignKey(File, models.DO_NOTHING, null=True, related_name="asks")
    part = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_ask"
        indexes = [
            models.Index(fields=["file", "member_id"], name="cases_ask_of_file"),
            models.Index(fields=["member_id", "asked_at"], name="cases_ask_of_member"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None, granted=None, file=None, part=None)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False, granted=False, file=None, part=None)
                | models.Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    granted=True,
                    file__isnull=False,
                    part__isnull=False,
                ),
                name="ask_answered_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("member_id")),
                name="ask_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} asks for {self.ref}"

    @property
    def loan(self) -> Loan | None:
        """The hour it was granted; None where it was not."""
        return Loan(self.answered_at, self.ended_at) if self.granted and self.answered_at else None


class Asked(models.Model):
    """What a question is about, for the team of that file alone; no file where there is none she could be let into."""

    ask = models.OneToOneField(Ask, models.DO_NOTHING, primary_key=True, related_name="about")
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, null=True, related_name="+")

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_asked"
        indexes = [models.Index(fields=["file"], name="cases_asked_of_file")]

    def __str__(self) -> str:
        return f"about {self.file_id}"


class AskKey(models.Model):
    """The key of a question's words, given to who asks and to each of the file's team; gone when it is answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    ask = models.ForeignKey(Ask, models.DO_NOTHING, related_name="keys")
    member_id = models.UUIDField()
    box = models.BinaryField()

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_ask_key"
        constraints = [models.UniqueConstraint(fields=["ask", "member_id"], name="one_ask_key_each")]

    def __str__(self) -> str:
        return f"key of {self.ask_id}"
