"""Writing the plan of a file, and what the team does with its tasks."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked
from lykta.cases.entries import entry_of, write_entry
from lykta.cases.errors import AlreadyWritten, NothingThere, Unsound
from lykta.cases.models import Assignment, Entry, File, Task
from lykta.cases.places import task_place
from lykta.cases.plan_enums import Entered, GoalState
from lykta.cases.plan_rules import Step, due_fault, goal_faults, task_faults
from lykta.cases.writing import key_of
from lykta.core import clock
from lykta.sealing.words import seal


def write_goal(
    *,
    by: Actor,
    file: File,
    goal: UUID,
    entry: UUID,
    seen: int,
    text: str,
    state: GoalState,
    reason: str,
    steps: Sequence[Step],
) -> None:
    """Write a goal, or a new wording of one. goal: the thing itself; entry: the form's own id; seen: the version shown.

    Raises Unsound (see plan_rules.goal_faults), AlreadyWritten, Moved, Closed, ReasonNeeded, NothingThere.
    """
    fresh = locked(by, file)
    if Entry.objects.filter(pk=entry).exists():
        raise AlreadyWritten
    before = entry_of(by, fresh, Entered.GOAL, goal) if seen else None
    if seen and before is None:
        raise NothingThere
    stood = GoalState(before.words["state"]) if before else GoalState.OPEN
    # A step that a colleague had before she left the team stays hers, as it was said.
    known = {UUID(s["member"]) for s in before.words["steps"] if s["member"]} if before else set()
    if faults := goal_faults(text, state, reason, steps, before=stood, team=team(fresh) | known):
        raise Unsound(faults)
    words = {"text": text.strip(), "state": state.value, "reason": reason.strip(), "steps": [_said(s) for s in steps]}
    write_entry(by=by, file=fresh, kind=Entered.GOAL, thing=goal, entry=entry, seen=seen, words=words)
    record(Act.PLAN_WRITTEN, object=file.id)


def _said(step: Step) -> dict[str, object]:
    return {
        "what": step.what.strip(),
        "doer": step.doer.value,
        "member": str(step.member or ""),
        "other": step.other.strip(),
        "by_on": step.by_on.isoformat() if step.by_on else "",
        "done": step.done,
    }


def team(file: File) -> set[UUID]:
    """Who is on the file's team now."""
    return set(Assignment.objects.filter(file=file, until_on=None).values_list("member_id", flat=True))


def give_task(*, by: Actor, file: File, task: UUID, text: str, owner: UUID, due_on: date) -> None:
    """Write something that a member of the team shall do. task: the form's own id.

    Raises Unsound (text, owner: "team", due_on: "past", "far"), AlreadyWritten, Closed, ReasonNeeded.
    """
    fresh = locked(by, file)
    if Task.objects.filter(pk=task).exists():
        raise AlreadyWritten
    if faults := task_faults(text, owner, due_on, team=team(fresh), on=clock.today()):
        raise Unsound(faults)
    words = json.dumps({"text": text.strip()}, ensure_ascii=False).encode()
    Task.objects.create(
        id=task,
        centre_id=by.centre,
        file=fresh,
        owner=owner,
        due_on=due_on,
        at=clock.now(),
        by=by.member,
        part=fresh.part,
        sealed=seal(key_of(by, fresh), task_place(fresh.id, task), words),
    )
    record(Act.TASK_GIVEN, object=file.id)


def finish_task(*, by: Actor, file: File, task: UUID) -> None:
    """Say that a task is done, today and by the actor. Raises AlreadyWritten where it is done, NothingThere."""
    locked(by, file, closed_too=True)
    if not _open_task(file, task).update(done_on=clock.today(), done_by=by.member):
        raise AlreadyWritten
    record(Act.TASK_CHANGED, object=file.id, reason="done")


def reopen_task(*, by: Actor, file: File, task: UUID) -> None:
    """Say that it is not done after all: it is whose it was, or the actor's where she is no longer on the team."""
    fresh = locked(by, file)
    row = Task.objects.filter(pk=task, file=file).first()
    if row is None:
        raise NothingThere
    owner = row.owner if row.owner in team(fresh) else by.member
    if owner not in team(fresh):
        raise Unsound({"owner": "team"})
    if not Task.objects.filter(pk=task, done_on__isnull=False).update(owner=owner, done_on=None, done_by=None):
        raise AlreadyWritten
    record(Act.TASK_CHANGED, object=file.id, reason="undone")


def move_task(*, by: Actor, file: File, task: UUID, owner: UUID, due_on: date) -> None:
    """Hand a task to a colleague of the team, or set another day. A day that has been may stay, but is not chosen.

    Raises Unsound (owner: "team"; due_on), NothingThere, AlreadyWritten where it is done or nothing changes.
    """
    fresh = locked(by, file, closed_too=True)
    row = Task.objects.filter(pk=task, file=file).first()
    if row is None:
        raise NothingThere
    faults = {
        "owner": "" if owner in team(fresh) else "team",
        "due_on": "" if due_on == row.due_on else due_fault(due_on, on=clock.today()),
    }
    if found := {name: fault for name, fault in faults.items() if fault}:
        raise Unsound(found)
    same = (owner, due_on) == (row.owner, row.due_on)
    if same or not _open_task(file, task).update(owner=owner, due_on=due_on):
        raise AlreadyWritten
    record(Act.TASK_CHANGED, object=file.id, reason="moved")


def _open_task(file: File, task: UUID) -> QuerySet[Task]:
    if not Task.objects.filter(pk=task, file=file).exists():
        raise NothingThere
    return Task.objects.filter(pk=task, file=file, done_on=None)
