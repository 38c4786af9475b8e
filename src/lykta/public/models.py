"""The centre's own words with every version of them, and what has been published of them."""

import uuid

from django.db import models

from lykta.public.enums import TimedState
from lykta.retention.rules import Life, lives


class Text(models.Model):
    """One text in one language: a page, a fact, a piece of news, or words around the pages.

    latest: its newest version. ready: the version the next publication shows; None while there is only a draft, and
    for what has been taken down. source: the Swedish version it was last compared with, on checked_on. heard: what a
    named native speaker has read (see read_*). release: digest of the program's own words when last taken in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    kind = models.CharField(max_length=10)  # a Kind
    slug = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    latest = models.PositiveIntegerField(default=0)
    ready = models.PositiveIntegerField(null=True)
    source = models.PositiveIntegerField(null=True)
    checked_on = models.DateField(null=True)
    read_version = models.PositiveIntegerField(null=True)
    read_by = models.CharField(max_length=80, blank=True)  # the native speaker, by name
    read_on = models.DateField(null=True)
    read_noted_by = models.UUIDField(null=True)
    release = models.CharField(max_length=32, blank=True)

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "public_text"
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "kind", "slug", "language"], name="one_text_per_language"),
            models.CheckConstraint(
                condition=models.Q(ready=None) | models.Q(ready__lte=models.F("latest")), name="ready_is_a_version"
            ),
            models.CheckConstraint(
                condition=models.Q(read_version=None) | (models.Q(read_on__isnull=False) & ~models.Q(read_by="")),
                name="read_by_somebody_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.kind} {self.slug}"


class Version(models.Model):
    """One saved state of a text; never changed, never taken away. by: None where the program itself brought it.

    why: one line. form_only: what it means is the same as before, so translations need not be compared anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    text = models.ForeignKey(Text, on_delete=models.DO_NOTHING, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)
    form_only = models.BooleanField(default=False)

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "public_version"
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="one_number_of_a_text")]

    def __str__(self) -> str:
        return f"version {self.number}"


class Publication(models.Model):
    """One time everything was published. shows: text id -> {"v": version, "old": day it was last compared, "read"}.

    version: name of the folder. edition: of the catalogue that went live with it, 0 where none did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    number = models.PositiveIntegerField()
    version = models.CharField(max_length=16)
    how = models.CharField(max_length=10)  # a How
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    answers = models.PositiveIntegerField()
    took_ms = models.PositiveIntegerField()
    edition = models.PositiveIntegerField(default=0)
    shows = models.JSONField(default=dict)

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "public_publication"
        constraints = [models.UniqueConstraint(fields=["centre_id", "number"], name="one_publication_per_number")]

    def __str__(self) -> str:
        return f"publication {self.number}"


class Timed(models.Model):
    """A day and hour when the worker is to publish. At most one waits."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    due_at = models.DateTimeField()
    by = models.UUIDField()
    set_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=TimedState.WAITING.value)  # a TimedState
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    lives = lives(Life.INSTALLATION)

    class Meta:
        db_table = "public_timed"
        constraints = [
            models.UniqueConstraint(
                fields=["centre_id"], condition=models.Q(state=TimedState.WAITING.value), name="one_time_waits"
            )
        ]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d %H:%M}"
