"""A file, who works with it, who never may, and how it is found. Running facts only."""

import uuid

from django.db import models
from django.db.models.functions import Coalesce

from lykta.cases.enums import State
from lykta.retention.rules import Life, lives


class File(models.Model):
    """One person's file, or one child's. Its key is never a personal number.

    part: the newest part of its data key (see sealing): a new one is made when the file is named.
    named: no ring holds it, only the members of its team and the recovery pair.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    ref = models.CharField(max_length=12)
    wall = models.CharField(max_length=20)  # a Wall
    service = models.CharField(max_length=12, blank=True)  # a code of the catalogue
    mode = models.CharField(max_length=12)  # a Mode
    state = models.CharField(max_length=10, default=State.OPEN)
    named = models.BooleanField(default=False)
    part = models.UUIDField()
    opened_on = models.DateField()
    told_on = models.DateField(null=True)  # told that one may apply for a decision (SoL 11:6)
    last_note_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_reason = models.CharField(max_length=12, blank=True)  # a CloseReason
    note_count = models.PositiveIntegerField(default=0)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_file"
        indexes = [
            models.Index(
                models.F("centre_id"),
                models.F("wall"),
                models.F("state"),
                Coalesce("last_note_on", "opened_on").desc(),
                models.F("id").desc(),
                name="cases_file_listed",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "ref"], name="one_file_ref"),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_on__isnull=False) & ~models.Q(closed_reason="")
                | models.Q(state="open", closed_on=None, closed_reason=""),
                name="closed_file_has_day_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Assignment(models.Model):
    """A member of the file's team. Half-open days. One of them at a time leads: she is responsible."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, related_name="team")
    member_id = models.UUIDField(db_index=True)
    leads = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_assignment"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "member_id"], condition=models.Q(until_on=None), name="one_present_assignment"
            ),
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(until_on=None, leads=True), name="one_leads_a_file"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")), name="assignment_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.file_id}"


class Exclusion(models.Model):
    """A member who must never hold this file: a relative, a neighbour, one the person has named. Set before reading."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, related_name="exclusions")
    member_id = models.UUIDField()
    on = models.DateField()
    by = models.UUIDField()

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_exclusion"
        constraints = [models.UniqueConstraint(fields=["file", "member_id"], name="one_exclusion_each")]

    def __str__(self) -> str:
        return f"not {self.member_id} on {self.file_id}"


class Token(models.Model):
    """A blind index: what a name or number becomes under a key that only a session inside the wall can reach.

    wall: of the file, so that a search is one look-up. Named files have none: their members' sessions compare.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, related_name="tokens")
    wall = models.CharField(max_length=20)  # a Wall
    field = models.CharField(max_length=8)  # "name" or "number"
    token = models.BinaryField(max_length=8)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_token"
        indexes = [models.Index(fields=["centre_id", "wall", "field", "token"], name="cases_token_search")]

    def __str__(self) -> str:
        return f"{self.field} token"
