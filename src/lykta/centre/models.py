"""An installation that is under way: what has been said so far, sealed. The row goes when the centre stands."""

from django.db import models

from lykta.retention.rules import Life, lives


class Installation(models.Model):
    """One for each centre that is to be. While it stands, and no centre does, the staff door may make one."""

    centre_id = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()  # what was typed on each page; empty before the first (see centre.said)
    tries = models.PositiveSmallIntegerField(default=0)  # wrong words since the present one was made

    lives = lives(Life.INSTALLING)

    class Meta:
        db_table = "centre_installation"

    def __str__(self) -> str:
        return f"installation of {self.centre_id}"
