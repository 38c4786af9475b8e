"""What a file tells of concern for children, and what is due of it for who works with the file."""

import base64
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lykta.access.rules import Actor
from lykta.cases.concern_enums import ConcernState, Feedback, GuardiansKnow, Step, Urgency
from lykta.cases.concern_rules import NEXT, Days, due_of, state_of
from lykta.cases.due import Due, own_files
from lykta.cases.errors import NothingThere
from lykta.cases.models import Concern, ConcernWords, File
from lykta.cases.reading import opened
from lykta.core import clock
from lykta.people.queries import names_of

DECISION, PAPER = "decision", "paper"
WAITS = {
    Step.SENT: "väntar på att skickas",
    Step.RECEIPT: "väntar på kvitto",
    Step.ASKED: "väntar på nämnden, fråga annars",
    Step.FEEDBACK: "väntar på nämndens svar",
}
"""What a report waits for, in the list of what is due."""


@dataclass(frozen=True)
class StepRow:
    """A step that was taken, in words."""

    step: Step
    on: date
    at: datetime
    by_name: str
    told: str = field(repr=False)
    whom: str = field(default="", repr=False)
    answer: str = field(default="", repr=False)


@dataclass(frozen=True)
class ConcernRow:
    """An opened concern. words: the report as it was typed, or why there is none."""

    id: UUID
    days: Days
    state: ConcernState
    by_name: str
    at: datetime
    due: tuple[Step, date] | None
    late: bool
    steps: tuple[StepRow, ...]
    words: dict[str, Any] = field(repr=False)

    @property
    def urgency(self) -> str:
        """How soon the board must act, in words."""
        return Urgency(self.words["urgency"]).label

    @property
    def guardians(self) -> str:
        """Whether they know, in words."""
        return GuardiansKnow(self.words["guardians_know"]).label

    @property
    def next(self) -> tuple[Step, ...]:
        """The steps that may follow."""
        return NEXT[self.state]


def days_of(concern: Concern) -> Days:
    """The rule's values of a row."""
    names = ("decided_on", "reported", "sent_on", "receipt_on", "asked_on", "feedback_on", "dropped_on")
    return Days(**{name: getattr(concern, name) for name in names})


def concerns_of(actor: Actor, file: File) -> list[ConcernRow]:
    """Open everything the file tells of concern, the newest first: one reading. Raises ReasonNeeded, NothingThere."""
    rows = list(ConcernWords.objects.filter(file=file).exclude(kind=PAPER).order_by("at"))
    said = opened(actor, file, rows) if rows else []
    names, on = names_of(actor), clock.today()
    by_concern: dict[UUID, list[tuple[ConcernWords, dict[str, Any]]]] = {}
    for row, words in zip(rows, said, strict=True):
        by_concern.setdefault(row.concern_id, []).append((row, words))
    found = Concern.objects.filter(file=file, pk__in=by_concern)
    listed = [_row(concern, by_concern[concern.pk], names, on) for concern in found]
    return sorted(listed, key=lambda row: row.at, reverse=True)


def _row(
    concern: Concern, told: list[tuple[ConcernWords, dict[str, Any]]], names: dict[UUID, str], on: date
) -> ConcernRow:
    (decision, words), *steps = sorted(told, key=lambda one: one[0].kind != DECISION)
    days = days_of(concern)
    due = due_of(days)
    return ConcernRow(
        id=concern.pk,
        days=days,
        state=state_of(days),
        by_name=names.get(concern.by, ""),
        at=decision.at,
        due=due,
        late=due is not None and due[1] < on,
        steps=tuple(_step(row, said, names) for row, said in steps),
        words=words,
    )


def _step(row: ConcernWords, said: dict[str, Any], names: dict[UUID, str]) -> StepRow:
    return StepRow(
        step=Step(row.kind),
        on=date.fromisoformat(said["on"]),
        at=row.at,
        by_name=names.get(row.by, ""),
        told=said["told"],
        whom=said["whom"],
        answer=Feedback(said["answer"]).label if said["answer"] else "",
    )


def paper_of(actor: Actor, file: File, concern: UUID) -> bytes:
    """The report as it was set, a PDF: one reading. Raises NothingThere where there is none, ReasonNeeded."""
    row = ConcernWords.objects.filter(file=file, concern_id=concern, kind=PAPER).first()
    if row is None:
        raise NothingThere
    (said,) = opened(actor, file, [row], reason="paper")
    return base64.b64decode(said["pdf"])


def due_for(actor: Actor, *, on: date) -> list[Due]:
    """What is due of reports in the files the actor works with. Running facts alone."""
    rows = Concern.objects.filter(
        centre_id=actor.centre, reported=True, feedback_on=None, dropped_on=None, file_id__in=own_files(actor)
    )
    found = []
    for row in rows.select_related("file"):
        days = days_of(row)
        if due := due_of(days):
            what, waits = f"Anmälan, {state_of(days).label}", WAITS[due[0]]
            found.append(Due("file_concern", row.file_id, row.file.ref, what, waits, due[1], due[1] < on))
    return found
