"""The public pages as the centre has written them; what is published is made from these."""

import uuid

from django.db import models

from lykta.retention.rules import Life, lives


class PageText(models.Model):
    """One page in one language, as blocks (see public.content)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    language = models.CharField(max_length=12)
    slug = models.CharField(max_length=60)
    body = models.JSONField()

    lives = lives(Life.PUBLISHED)

    class Meta:
        db_table = "public_pagetext"
        constraints = [models.UniqueConstraint(fields=["centre_id", "language", "slug"], name="one_text_per_page")]

    def __str__(self) -> str:
        return f"{self.language} {self.slug}"
