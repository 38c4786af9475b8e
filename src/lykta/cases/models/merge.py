"""Two files about one person that are read as one: a link with a beginning and perhaps an end. Nothing moves."""

from django.db import models

from lykta.cases.models.file import File
from lykta.cases.models.words import Words
from lykta.retention.rules import Life, lives


class Merge(Words):
    """`other` is a part of `file`, which leads: nothing new is written in it. The sealed words tell why.

    undone_*: when, by whom and why they were taken apart again; the row stays, and they can be merged anew.
    """

    file = models.ForeignKey(File, models.DO_NOTHING, related_name="parts")
    other = models.ForeignKey(File, models.DO_NOTHING, related_name="leads")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_part = models.UUIDField(null=True)
    undone_sealed = models.BinaryField(null=True)

    lives = lives(Life.FILE)

    class Meta:
        db_table = "cases_merge"
        indexes = [models.Index(fields=["file"], name="cases_merge_of_file")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(file=models.F("other")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["other"], condition=models.Q(undone_at=None), name="one_standing_merge_of_a_part"
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by=None, undone_part=None, undone_sealed=None)
                | models.Q(
                    undone_at__isnull=False,
                    undone_by__isnull=False,
                    undone_part__isnull=False,
                    undone_sealed__isnull=False,
                ),
                name="merge_undone_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} in {self.file_id}"
