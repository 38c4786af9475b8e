"""This room's tables are those of its part about the log."""

from lykta.desk.log.models import Month, Ref, Review

__all__ = ["Month", "Ref", "Review"]
