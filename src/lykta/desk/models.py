"""This room's tables are those of its part about the log."""

from lykta.desk.log.models import Ref

__all__ = ["Ref"]
