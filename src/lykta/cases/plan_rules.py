"""What makes a goal, a step and a task whole, and where a day stands. Plain values in, a verdict out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from lykta.cases.plan_enums import Doer, Due, GoalState
from lykta.cases.rules import is_stale

MOST_STEPS = 20
MOST_GOAL = 2_000
MOST_STEP = 300
MOST_TASK = 1_000
MOST_DUE_DAYS = 730
"""A task lies at most two years ahead: what is further off is no task yet, but a slip of the year."""

NEXT: dict[GoalState, frozenset[GoalState]] = {
    GoalState.OPEN: frozenset(GoalState),
    GoalState.REACHED: frozenset({GoalState.REACHED, GoalState.OPEN}),
    GoalState.LEFT: frozenset({GoalState.LEFT, GoalState.OPEN}),
}
"""From where to where a goal goes. What was left is opened again before it is reached."""


@dataclass(frozen=True)
class Step:
    """Who does what, by when. member: where it is one of us; other: who, where it is somebody else."""

    what: str = field(repr=False)
    doer: Doer
    member: UUID | None = None
    other: str = field(default="", repr=False)
    by_on: date | None = None
    done: bool = False


def goal_faults(
    text: str, state: GoalState, reason: str, steps: Sequence[Step], *, before: GoalState, team: Collection[UUID]
) -> dict[str, str]:
    """What keeps a goal from being whole: field -> code; steps by their number from nought, as "step_0".

    before: where it stood; a new goal stood open. team: the members a step can be given to.
    """
    faults = {
        "text": "empty" if not text.strip() else "long" if len(text) > MOST_GOAL else "",
        "state": "" if state in NEXT[before] else "order",
        "reason": "reason" if state == GoalState.LEFT and not reason.strip() else "",
        "steps": "many" if len(steps) > MOST_STEPS else "",
    } | {f"step_{number}": step_fault(step, team) for number, step in enumerate(steps)}
    return {name: fault for name, fault in faults.items() if fault}


def step_fault(step: Step, team: Collection[UUID]) -> str:
    """What keeps a step from being whole: "empty", "long", "who", "team" or ""."""
    if not step.what.strip():
        return "empty"
    if len(step.what) > MOST_STEP:
        return "long"
    if step.doer == Doer.OTHER and not step.other.strip():
        return "who"
    return "team" if step.doer == Doer.MEMBER and step.member not in team else ""


def task_faults(text: str, owner: UUID, due_on: date, *, team: Collection[UUID], on: date) -> dict[str, str]:
    """What keeps a task from being given: field -> code. A day that has been is a slip, but today is not."""
    faults = {
        "text": "empty" if not text.strip() else "long" if len(text) > MOST_TASK else "",
        "owner": "" if owner in team else "team",
        "due_on": due_fault(due_on, on=on),
    }
    return {name: fault for name, fault in faults.items() if fault}


def due_fault(due_on: date, *, on: date) -> str:
    """Why a day can't be a task's: "past", "far" or ""."""
    if due_on < on:
        return "past"
    return "far" if due_on > on + timedelta(days=MOST_DUE_DAYS) else ""


def due_of(due_on: date, done_on: date | None, *, on: date) -> Due:
    """Where a task stands on a day. What is done is neither late nor coming."""
    if done_on is not None:
        return Due.DONE
    if due_on == on:
        return Due.TODAY
    return Due.LATE if due_on < on else Due.COMING


def to_be_asked(asked: dict[UUID, date | None], *, on: date) -> list[UUID]:
    """The files in which it is time to ask again about safe contact: never asked first, then the longest ago."""
    stale = [(day or date.min, str(file), file) for file, day in asked.items() if is_stale(day, on=on)]
    return [file for _, _, file in sorted(stale)]
