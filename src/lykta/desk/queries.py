"""What a member's morning holds, gathered from the rooms below; running facts only, never a word."""

from dataclasses import dataclass
from datetime import date, datetime

from lykta.access.enums import Permission, Role
from lykta.access.rules import Actor, may
from lykta.audit.models import Head
from lykta.audit.queries import ChainReport, verify
from lykta.contact.call_queries import count_urgent
from lykta.contact.days import free_days
from lykta.contact.queries import InboxRow, inbox
from lykta.core import clock

AT_ONCE = 20_000
"""Rows of the log that are walked without being asked: under a second."""


@dataclass(frozen=True)
class Morning:
    """The contact room as it concerns one member. calls: logged today. urgent: those of them that hurry."""

    waiting: list[InboxRow]
    asked: list[InboxRow]
    mine: list[InboxRow]
    late: int
    free: int
    unread: int
    calls: int
    urgent: int


@dataclass(frozen=True)
class LogState:
    """The log, chain by chain. reports is None where it has not been walked. at: when it was."""

    rows: int
    reports: list[ChainReport] | None
    at: datetime

    @property
    def whole(self) -> bool:
        """Whether every chain holds, as far as was walked."""
        return not any(report.broken for report in self.reports or [])


def morning(actor: Actor, *, on: date) -> Morning:
    """What waits, what colleagues have asked, and what is the member's own."""
    rows = inbox(actor, on=on, free=free_days(on)) if may(actor, Permission.INBOX_SEE) else []
    calls, urgent = count_urgent(actor, on=on)
    return Morning(
        waiting=[r for r in rows if r.waited is not None],
        asked=[r for r in rows if r.asked_me],
        mine=[r for r in rows if r.taken_by == actor.member or r.stand_in],
        late=sum(r.late for r in rows),
        free=sum(r.taken_by is None for r in rows),
        unread=sum(r.unread_replies for r in rows),
        calls=calls,
        urgent=urgent,
    )


def log_state(actor: Actor, *, asked: bool) -> LogState | None:
    """How the log stands, for those who may verify it. The auditor's is walked at once while it is short.

    asked: walk it however long it is.
    """
    if not may(actor, Permission.LOG_VERIFY):
        return None
    rows = sum(Head.objects.filter(centre_id=actor.centre).values_list("seq", flat=True))
    walk = asked or (actor.role == Role.AUDITOR and rows <= AT_ONCE)
    return LogState(rows, verify(actor.centre) if walk else None, clock.now())
