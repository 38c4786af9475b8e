"""A request from a court, the police or another authority: what it must say, and what its answer must. Pure.

Nothing leaves but by consent or on a ground of the dated list (OSL 8:1, 12:2, 26:1; domain.md 4b). What is refused is
told with the right to a decision in writing, which says how it is appealed (domain.md 4d).
"""

from dataclasses import dataclass, field
from datetime import date

from lykta.cases.demand_enums import Came, Outcome
from lykta.cases.enums import Agency

GIVING = (Outcome.FULL, Outcome.PART)
REFUSING = (Outcome.PART, Outcome.NONE)


@dataclass(frozen=True)
class Asked:
    """What an authority asks for. due_on: the day it sets, or the one we set ourselves."""

    agency: Agency
    came: Came
    came_on: date
    due_on: date
    authority: str = field(repr=False)
    official: str = field(repr=False)
    reference: str = field(repr=False)
    what: str = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """What was answered. what, weighing: of what was given; of a refusal the weighing alone. kept: what of it was not.

    told: that whoever asked has been told of the right to a decision in writing.
    """

    outcome: Outcome
    on: date
    what: str = field(default="", repr=False)
    weighing: str = field(default="", repr=False)
    kept: str = field(default="", repr=False)
    told: bool = False


def asked_faults(asked: Asked, *, today: date) -> dict[str, str]:
    """What keeps a request from being written: field -> "empty", "future", "before"."""
    faults = {name: "empty" for name in ("authority", "what") if not getattr(asked, name).strip()}
    if asked.came_on > today:
        faults["came_on"] = "future"
    if asked.due_on < asked.came_on:
        faults["due_on"] = "before"
    return faults


MUST = {
    Outcome.FULL: ("what",),
    Outcome.PART: ("what", "kept"),
    Outcome.NONE: ("weighing",),
    Outcome.TAKEN_BACK: (),
}
"""What an answer must tell. How what was given was weighed is asked for by the disclosure itself."""


def answer_faults(answer: Answer, *, came_on: date, today: date) -> dict[str, str]:
    """What keeps an answer from being written: field -> "empty", "future", "before", "told"."""
    faults = {name: "empty" for name in MUST[answer.outcome] if not getattr(answer, name).strip()}
    if answer.on > today:
        faults["on"] = "future"
    elif answer.on < came_on:
        faults["on"] = "before"
    if answer.outcome in REFUSING and not answer.told:
        faults["told"] = "told"
    return faults


def is_late(due_on: date, outcome: Outcome | None, *, on: date) -> bool:
    """Whether an answer is overdue: from the day after."""
    return outcome is None and due_on < on
