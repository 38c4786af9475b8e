"""Who works inside which wall: data, with dates."""

import uuid

from django.db import models

from lykta.access.enums import Wall
from lykta.access.rules import Term
from lykta.retention.rules import Life, lives


class Place(models.Model):
    """A member's place inside a wall. Half-open: `until_on` is the first day without it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    centre_id = models.UUIDField()
    member_id = models.UUIDField(db_index=True)
    wall = models.CharField(max_length=20)  # a Wall
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    lives = lives(Life.EMPLOYMENT)

    class Meta:
        db_table = "access_place"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("from_on")), name="place_has_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.wall}"

    @property
    def term(self) -> Term:
        """The place as plain values."""
        return Term(Wall(self.wall), self.from_on, self.until_on)
