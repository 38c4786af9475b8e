"""What can go wrong in this room, under one parent."""

from lykta.access.rules import Term


class AccessError(Exception):
    """Parent of this room's errors."""


class BothSides(AccessError):
    """One person would stand on both sides of a treatment on the same day. `terms`: the two that share a day."""

    def __init__(self, one: Term, other: Term) -> None:
        self.terms = (one, other)
        super().__init__(one.wall, other.wall)


class AlreadyInside(AccessError):
    """She works inside this wall already on some of these days."""


class RolesApart(AccessError):
    """An auditor or a technician would read words by another role."""
