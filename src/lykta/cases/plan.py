"""What a file plans: goals as they stand, and tasks; and, without a word of them, what is a member's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from lykta.access.rules import Actor
from lykta.cases.entries import EntryRow, newest_entries, sealed_entries
from lykta.cases.models import File, Task
from lykta.cases.places import task_place
from lykta.cases.plan_enums import Doer, Due, Entered, GoalState
from lykta.cases.plan_rules import Step, due_of, to_be_asked
from lykta.cases.reading import open_sealed
from lykta.core import clock
from lykta.people.queries import names_of
from lykta.sealing.queries import SealedWord

ON_DESK = 6
"""Tasks on the morning page; the rest are one link away."""


@dataclass(frozen=True)
class StepRow:
    """A step as it is shown."""

    what: str = field(repr=False)
    who: str = field(repr=False)
    by_on: date | None
    due: Due


@dataclass(frozen=True)
class GoalRow:
    """A goal as it stands, and its earlier wordings, newest first."""

    thing: UUID
    at: datetime
    by_name: str
    text: str = field(repr=False)
    state: GoalState
    reason: str = field(repr=False)
    steps: tuple[StepRow, ...]
    older: tuple["GoalRow", ...] = ()


@dataclass(frozen=True)
class TaskRow:
    """A task with its words."""

    id: UUID
    text: str = field(repr=False)
    owner: UUID
    owner_name: str
    due_on: date
    due: Due
    at: datetime
    by_name: str
    done_on: date | None
    done_by: str


@dataclass(frozen=True)
class Plan:
    """Everything of it. tasks: those to be done, the earliest first; done: the latest first."""

    goals: tuple[GoalRow, ...]
    tasks: tuple[TaskRow, ...]
    done: tuple[TaskRow, ...]


def plan(actor: Actor, file: File) -> Plan:
    """Open the plan: one reading. Raises ReasonNeeded, NothingThere, NotHolder."""
    rows, words = sealed_entries(file)
    tasks = list(Task.objects.filter(file=file).order_by("due_on", "at"))
    words += [SealedWord(task_place(file.id, t.id), bytes(t.sealed), t.part) for t in tasks]
    said = open_sealed(actor, file, words)
    names, on = names_of(actor), clock.today()
    entries = newest_entries(actor, rows, said[: len(rows)])
    told = [_task(t, s, names, on) for t, s in zip(tasks, said[len(rows) :], strict=True)]
    done = sorted((t for t in told if t.done_on), key=lambda t: t.done_on or on, reverse=True)
    goals = [_goal(e, names, on) for e in entries if e.kind == Entered.GOAL]
    goals.sort(key=lambda g: list(GoalState).index(g.state))
    return Plan(tuple(goals), tuple(t for t in told if not t.done_on), tuple(done))


def _task(task: Task, said: dict[str, Any], names: Mapping[UUID, str], on: date) -> TaskRow:
    return TaskRow(
        id=task.id,
        text=said["text"],
        owner=task.owner,
        owner_name=names.get(task.owner, ""),
        due_on=task.due_on,
        due=due_of(task.due_on, task.done_on, on=on),
        at=task.at,
        by_name=names.get(task.by, ""),
        done_on=task.done_on,
        done_by=names.get(task.done_by, "") if task.done_by else "",
    )


def _goal(entry: EntryRow, names: Mapping[UUID, str], on: date) -> GoalRow:
    return GoalRow(
        thing=entry.thing,
        at=entry.at,
        by_name=entry.by_name,
        text=entry.words["text"],
        state=GoalState(entry.words["state"]),
        reason=entry.words["reason"],
        steps=tuple(_step(step, names, on) for step in steps_of(entry)),
        older=tuple(_goal(o, names, on) for o in entry.older),
    )


def goal_row(actor: Actor, entry: EntryRow) -> GoalRow:
    """An opened goal as it is shown."""
    return _goal(entry, names_of(actor), clock.today())


def steps_of(entry: EntryRow) -> list[Step]:
    """The steps of an opened goal, as the rule wants them."""
    return [
        Step(
            what=s["what"],
            doer=Doer(s["doer"]),
            member=UUID(s["member"]) if s["member"] else None,
            other=s["other"],
            by_on=date.fromisoformat(s["by_on"]) if s["by_on"] else None,
            done=s["done"],
        )
        for s in entry.words["steps"]
    ]


def _step(step: Step, names: Mapping[UUID, str], on: date) -> StepRow:
    who = {Doer.MEMBER: names.get(step.member, "") if step.member else "", Doer.OTHER: step.other}
    done_on = on if step.done else None
    due = due_of(step.by_on, done_on, on=on) if step.by_on else Due.DONE if step.done else Due.COMING
    return StepRow(step.what, who.get(step.doer) or step.doer.label, step.by_on, due)


@dataclass(frozen=True)
class MyTask:
    """A task of one's own in a list: the file's reference and the day, and nothing of what it is about."""

    id: UUID
    file: UUID
    ref: str
    due_on: date
    due: Due


@dataclass(frozen=True)
class MyTasks:
    """What a member shall do: by its day; and the files in which she should ask again about safe contact."""

    late: tuple[MyTask, ...]
    today: tuple[MyTask, ...]
    coming: tuple[MyTask, ...]
    ask: tuple[tuple[UUID, str], ...]

    @property
    def rows(self) -> tuple[MyTask, ...]:
        """All of them, the earliest first."""
        return self.late + self.today + self.coming

    @property
    def next(self) -> tuple[MyTask, ...]:
        """Those for the desk: the first few."""
        return self.rows[:ON_DESK]


def my_tasks(actor: Actor, *, on: date) -> MyTasks:
    """The actor's own, across her files. Running facts only: nothing is opened."""
    found = Task.objects.filter(owner=actor.member, done_on=None).select_related("file").order_by("due_on", "at")
    rows = [MyTask(t.id, t.file_id, t.file.ref, t.due_on, due_of(t.due_on, None, on=on)) for t in found]
    by_due = {due: tuple(r for r in rows if r.due == due) for due in Due}
    return MyTasks(by_due[Due.LATE], by_due[Due.TODAY], by_due[Due.COMING], _to_ask(on))


def _to_ask(on: date) -> tuple[tuple[UUID, str], ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT file, asked_on FROM lykta_asked()")
        files = to_be_asked(dict(cursor.fetchall()), on=on)
    refs = dict(File.objects.filter(pk__in=files).values_list("pk", "ref"))
    return tuple((file, refs[file]) for file in files if file in refs)
