"""What the log's reader keeps of its own."""

from django.db import models

from lykta.retention.rules import Life, lives


class Ref(models.Model):
    """What staff call a thing that stands in the log by its id: a view, for those who may read the log.

    A reference is random and says nothing. What is forgotten has none any more.
    """

    id = models.UUIDField(primary_key=True)
    centre_id = models.UUIDField()
    ref = models.CharField(max_length=12)

    lives = lives(Life.DIALOGUE)

    class Meta:
        db_table = "desk_logref"
        managed = False

    def __str__(self) -> str:
        return self.ref
