"""What is done with a municipality's decision: received, answered, begun, reported back, ended."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked
from lykta.cases.decision_enums import Stage, Step, Told
from lykta.cases.decision_rules import LEADS, day_fault, may_take, order_faults, words_fault
from lykta.cases.enums import Agency
from lykta.cases.errors import AlreadyWritten, NothingThere, Unsound, WrongStep
from lykta.cases.models import Decision, DecisionWords, File
from lykta.cases.places import decision_place
from lykta.cases.sharing_actions import Giving, disclose
from lykta.cases.writing import key_of
from lykta.core import clock
from lykta.sealing.words import seal


@dataclass(frozen=True)
class Order:
    """What a municipality has decided and asks of us. contact: who answers there."""

    service: str
    decided_on: date
    received_on: date
    from_on: date | None
    until_on: date | None
    municipality: str = field(repr=False)
    paragraph: str = field(repr=False)
    goal: str = field(repr=False)
    contact: str = field(repr=False)


def receive(*, by: Actor, file: File, decision: UUID, order: Order) -> None:
    """Write that a decision has come. decision: the form's own id.

    Raises Unsound (see decision_rules.order_faults; "empty" words), AlreadyWritten, Closed, ReasonNeeded.
    """
    fresh = locked(by, file)
    if Decision.objects.filter(pk=decision).exists():
        raise AlreadyWritten
    faults = order_faults(
        decided=order.decided_on,
        received=order.received_on,
        begins=order.from_on,
        ends=order.until_on,
        today=clock.today(),
    )
    words = {name: getattr(order, name).strip() for name in ("municipality", "paragraph", "goal", "contact")}
    faults |= {name: "empty" for name, text in words.items() if not text}
    if faults:
        raise Unsound(faults)
    row = Decision.objects.create(
        id=decision,
        centre_id=by.centre,
        file=fresh,
        by=by.member,
        service=order.service,
        decided_on=order.decided_on,
        received_on=order.received_on,
        from_on=order.from_on,
        until_on=order.until_on,
    )
    _tell(by, fresh, row, decision, Told.ORDER, words)
    record(Act.DECISION_RECEIVED, object=file.id)


def _tell(by: Actor, file: File, decision: Decision, once: UUID, kind: Told, words: dict[str, Any]) -> None:
    """Seal what is told. once: the form's own id."""
    DecisionWords.objects.create(
        id=once,
        centre_id=by.centre,
        at=clock.now(),
        by=by.member,
        part=file.part,
        sealed=seal(key_of(by, file), decision_place(file.id, once), json.dumps(words, ensure_ascii=False).encode()),
        file=file,
        decision=decision,
        kind=kind.value,
    )


ACTS = {
    Step.ACCEPT: (Act.DECISION_ANSWERED, "accepted"),
    Step.DECLINE: (Act.DECISION_ANSWERED, "declined"),
    Step.START: (Act.DECISION_STARTED, ""),
    Step.END: (Act.DECISION_ENDED, ""),
}
DAYS = {Step.ACCEPT: "answered_on", Step.DECLINE: "answered_on", Step.START: "started_on", Step.END: "ended_on"}


def take_step(*, by: Actor, file: File, decision: UUID, once: UUID, step: Step, on: date, words: str) -> None:
    """Answer a decision, write that its service has begun, or end it. on: the day it was done; once: the form's own id.

    Raises Unsound (on: "future", "before", "long_ago"; words: "empty", "long"), WrongStep, AlreadyWritten, Closed,
    NothingThere, ReasonNeeded.
    """
    fresh, row = _held(by, file, decision, once, step)
    earliest = row.started_on or row.decided_on
    faults = {"on": day_fault(on, today=clock.today(), after=earliest), "words": words_fault(step, words)}
    if found := {name: fault for name, fault in faults.items() if fault}:
        raise Unsound(found)
    row.stage = LEADS[step]
    setattr(row, DAYS[step], on)
    row.save(update_fields=["stage", DAYS[step]])
    _tell(by, fresh, row, once, Told(step.value), {"text": words.strip(), "on": on.isoformat()})
    act, reason = ACTS[step]
    record(act, object=file.id, reason=reason)


def _held(by: Actor, file: File, decision: UUID, once: UUID, step: Step) -> tuple[File, Decision]:
    """The file's and the decision's rows, held as they are now. A closed file's decision can still be reported back."""
    fresh = locked(by, file, closed_too=step == Step.REPORT)
    if DecisionWords.objects.filter(pk=once).exists():
        raise AlreadyWritten
    row = Decision.objects.filter(pk=decision, file=file).first()
    if row is None:
        raise NothingThere
    if not may_take(step, Stage(row.stage)):
        raise WrongStep
    return fresh, row


@transaction.atomic
def report_back(
    *, by: Actor, file: File, decision: UUID, once: UUID, text: str, unit: str, ground: str, consent: UUID | None,
    weighing: str,
) -> None:  # fmt: skip
    """Write what the board that decided was told: it stands with the decision, and as something that left the file.

    ground: a code of the list, "" where a consent covers it. Raises Unsound (words; ground, weighing and unit as
    `sharing_actions.disclose` has them), WrongStep, AlreadyWritten, NothingThere, ReasonNeeded.
    """
    fresh, row = _held(by, file, decision, once, Step.REPORT)
    if fault := words_fault(Step.REPORT, text):
        raise Unsound({"words": fault})
    giving = Giving(
        agency=Agency.SOCIAL,
        on=clock.today(),
        ground=ground,
        consent=consent,
        unit=unit,
        what=f"Återrapport om beslutet {row.decided_on.isoformat()}:\n{text.strip()}",
        weighing=weighing,
    )
    disclose(by=by, file=fresh, disclosure=once, giving=giving)
    _tell(by, fresh, row, once, Told.REPORT, {"text": text.strip(), "on": clock.today().isoformat()})
    record(Act.DECISION_REPORTED, object=file.id)
