"""Everything that is due in the files one works with, from each part of a file that has days to keep."""

from datetime import date

from lykta.access.rules import Actor
from lykta.cases import concern, demand, handover
from lykta.cases.due import Due


def all_due(actor: Actor, *, on: date) -> list[Due]:
    """Every line, the longest due first."""
    rows = [*concern.due_for(actor, on=on), *demand.due_for(actor, on=on), *handover.due_for(actor, on=on)]
    return sorted(rows, key=lambda row: (row.on, row.ref))


def count_late(actor: Actor, *, on: date) -> int:
    """How many of them are late."""
    return sum(row.late for row in all_due(actor, on=on))


def due_today(actor: Actor, *, on: date) -> list[Due]:
    """Those for her desk: what is late, or has today as its last day."""
    return [row for row in all_due(actor, on=on) if row.on <= on]
