"""That somebody has left what she did in a file to a colleague. What she wrote to her is a note in the journal."""

import uuid

from django.db import models

from lykta.cases.models.file import File
from lykta.cases.models.words import Note
from lykta.retention.rules import Life, lives


class Handover(models.Model):
    """From whom to whom, and on which day. letter: the note she wrote. seen_on: when whoever took over had read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    file = models.ForeignKey(File, models.DO_NOTHING, related_name="handovers")
    from_member = models.UUIDField()
    to_member = models.UUIDField()
    on = models.DateField()
    letter = models.OneToOneField(Note, models.DO_NOTHING, null=True, related_name="handover")
    seen_on = models.DateField(null=True)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_handover"
        indexes = [
            models.Index(fields=["file"], name="cases_handover_of_file"),
            models.Index(fields=["to_member"], condition=models.Q(seen_on=None), name="cases_handover_unseen"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(from_member=models.F("to_member")), name="handover_of_two"),
            models.CheckConstraint(
                condition=models.Q(seen_on=None) | models.Q(seen_on__gte=models.F("on")), name="handover_seen_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_member} to {self.to_member} in {self.file_id}"
