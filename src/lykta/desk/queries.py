"""What a member's morning holds, gathered from the rooms below; running facts only, never a word."""

from dataclasses import dataclass
from datetime import date

from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.cases.decisions import DecisionRow, warned
from lykta.cases.due import Due
from lykta.cases.plan import MyTasks, my_tasks
from lykta.cases.waiting import due_today
from lykta.contact.call_queries import count_urgent
from lykta.contact.days import free_days
from lykta.contact.queries import InboxRow, inbox
from lykta.desk.log.chain_queries import Chains, chains
from lykta.intake.queries import Acute, same_day


@dataclass(frozen=True)
class Morning:
    """The day as it concerns one member. acute: files that can't wait. due: decisions that must begin soon.

    watched: what is due today, or late, in her own files.
    """

    acute: list[Acute]
    due: list[DecisionRow]
    watched: list[Due]
    waiting: list[InboxRow]
    asked: list[InboxRow]
    mine: list[InboxRow]
    late: int
    free: int
    unread: int
    calls: int
    urgent: int


def morning(actor: Actor, *, on: date) -> Morning:
    """What waits, what colleagues have asked, and what is the member's own."""
    rows = inbox(actor, on=on, free=free_days(on)) if may(actor, Permission.INBOX_SEE) else []
    calls, urgent = count_urgent(actor, on=on)
    return Morning(
        acute=same_day(actor),
        due=warned(actor, on=on),
        watched=due_today(actor, on=on) if may(actor, Permission.FILE_LIST) else [],
        waiting=[r for r in rows if r.waited is not None],
        asked=[r for r in rows if r.asked_me],
        mine=[r for r in rows if r.taken_by == actor.member or r.stand_in],
        late=sum(r.late for r in rows),
        free=sum(r.taken_by is None for r in rows),
        unread=sum(r.unread_replies for r in rows),
        calls=calls,
        urgent=urgent,
    )


def tasks(actor: Actor, *, on: date) -> MyTasks | None:
    """The member's own tasks in files, for those who work with files; days and references, no words."""
    return my_tasks(actor, on=on) if may(actor, Permission.FILE_READ) else None


def log_state(actor: Actor) -> Chains | None:
    """How the log stands, for those who may verify it: as the worker found it last."""
    return chains(actor) if may(actor, Permission.LOG_VERIFY) else None
