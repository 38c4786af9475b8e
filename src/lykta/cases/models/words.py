"""What is sealed into a file: sheets, notes, why it was opened, consents and what left it."""

import uuid

from django.db import models

from lykta.cases.models.file import File
from lykta.retention.rules import Life, lives


class Words(models.Model):
    """A sealed row of a file: when, by whom, and under which part of the file's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField()
    part = models.UUIDField()
    sealed = models.BinaryField()

    lives = lives(Life.FILE)

    class Meta:
        abstract = True


class Sheet(Words):
    """One wording of a part of the file. The one with the highest version holds; earlier ones stay."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="sheets")
    kind = models.CharField(max_length=14)  # a SheetKind
    version = models.PositiveIntegerField()

    class Meta:
        db_table = "cases_sheet"
        constraints = [models.UniqueConstraint(fields=["file", "kind", "version"], name="one_sheet_per_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Note(Words):
    """A note in the journal, signed and dated. A correction is a new note that names the one it replaces."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="notes")
    number = models.PositiveIntegerField()
    replaces = models.OneToOneField("self", models.DO_NOTHING, null=True, related_name="replaced_by")

    class Meta:
        db_table = "cases_note"
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="one_note_per_number")]

    def __str__(self) -> str:
        return f"note {self.number}"


class Consent(Words):
    """A lifting of secrecy: to whom, what, for what and which days is sealed. It is never changed, only withdrawn."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="consents")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_consent"
        indexes = [models.Index(fields=["file", "at"], name="cases_consent_of_file")]

    def __str__(self) -> str:
        return f"consent in {self.file_id}"


class Disclosure(Words):
    """Something left the file: what, to whom, on which ground and why is sealed. It is never changed."""

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="disclosures")

    class Meta:
        db_table = "cases_disclosure"
        indexes = [models.Index(fields=["file", "at"], name="cases_disclosure_of_file")]

    def __str__(self) -> str:
        return f"disclosure from {self.file_id}"


class Opening(models.Model):
    """A file opened by somebody who is not assigned to it: for an hour, with a reason. Waits for review."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, related_name="openings")
    member_id = models.UUIDField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=12)  # an OpenReason
    part = models.UUIDField()
    sealed = models.BinaryField()  # the reason in words
    sealed_review = models.BinaryField(null=True)  # the same to the reviewers, under the opening's own key

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_opening"
        indexes = [models.Index(fields=["file", "member_id", "at"], name="cases_opening_who")]

    def __str__(self) -> str:
        return f"{self.member_id} opened {self.file_id}"
