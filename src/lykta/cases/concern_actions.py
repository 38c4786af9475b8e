"""Deciding about a concern for a child, and following what became of a report."""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID, uuid4, uuid5

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked
from lykta.cases.concern import DECISION, PAPER, days_of
from lykta.cases.concern_enums import Feedback, Step
from lykta.cases.concern_paper import GROUND, report_pdf
from lykta.cases.concern_rules import Report, report_faults, step_fault
from lykta.cases.enums import Agency
from lykta.cases.errors import AlreadyWritten, NothingThere, Unsound
from lykta.cases.models import Concern, ConcernWords, File
from lykta.cases.queries import opened_identity
from lykta.cases.reading import opened, sealed_into
from lykta.cases.sharing_actions import Giving, disclose
from lykta.core import clock
from lykta.people.queries import centre_of

FIELD = {
    Step.SENT: "sent_on",
    Step.RECEIPT: "receipt_on",
    Step.ASKED: "asked_on",
    Step.FEEDBACK: "feedback_on",
    Step.DROPPED: "dropped_on",
}


def report(*, by: Actor, file: File, concern: UUID, told: Report) -> None:
    """Decide to report, and set the report as a paper that is sealed in the file. concern: the form's own id.

    The duty is the actor's own and the paper bears her name. A closed file too can give cause for concern.
    Raises Unsound (see report_faults), AlreadyWritten, ReasonNeeded, NothingThere.
    """
    fresh = locked(by, file, closed_too=True)
    _must_be_new(concern)
    identity = opened_identity(by, fresh)
    secret = tuple(word for name in ("address", "phone") if (word := identity.get(name, "").strip()))
    if faults := report_faults(told, secret=secret):
        raise Unsound(faults)
    made = _decided(by, fresh, concern, reported=True)
    pdf = report_pdf(told, by=by.name, centre=centre_of(by).name, at=clock.now())
    _say(by, fresh, made, DECISION, asdict(told) | {"by": by.name})
    _say(by, fresh, made, PAPER, {"pdf": base64.b64encode(pdf).decode()})
    record(Act.CONCERN_REPORTED, object=file.pk)


def do_not_report(*, by: Actor, file: File, concern: UUID, why: str) -> None:
    """Decide that what was seen need not be reported, with reasons. Raises Unsound (why), AlreadyWritten."""
    fresh = locked(by, file, closed_too=True)
    _must_be_new(concern)
    if not why.strip():
        raise Unsound({"why": "empty"})
    made = _decided(by, fresh, concern, reported=False)
    _say(by, fresh, made, DECISION, {"why": why.strip(), "by": by.name})
    record(Act.CONCERN_WEIGHED, object=file.pk)


def _must_be_new(concern: UUID) -> None:
    if Concern.objects.filter(pk=concern).exists():
        raise AlreadyWritten


def _decided(by: Actor, file: File, concern: UUID, *, reported: bool) -> Concern:
    made = Concern(
        id=concern, centre_id=by.centre, file=file, by=by.member, decided_on=clock.today(), reported=reported
    )
    made.save(force_insert=True)
    return made


def _say(by: Actor, file: File, concern: Concern, kind: str, words: Mapping[str, object]) -> None:
    sealed_into(by, file, ConcernWords(id=uuid4(), file=file, concern=concern, kind=kind), dict(words))


@dataclass(frozen=True)
class Taken:
    """A step, on which day, and what is to be told of it. whom: to or from whom. answer: what the board said."""

    step: Step
    on: date
    told: str = field(repr=False)
    whom: str = field(default="", repr=False)
    answer: Feedback | None = None


def take_step(*, by: Actor, file: File, concern: UUID, taken: Taken) -> None:
    """Write what became of a report. What is sent is written as a disclosure with its ground at the same time.

    Raises Unsound (on: "future", "before"; whom, told, answer: "empty"), AlreadyWritten where the step was taken
    already or can't follow, NothingThere, ReasonNeeded.
    """
    fresh = locked(by, file, closed_too=True)
    row = Concern.objects.select_for_update().filter(pk=concern, file=fresh).first()
    if row is None:
        raise NothingThere
    fault = step_fault(days_of(row), taken.step, on=taken.on, today=clock.today())
    if fault == "state" or (taken.step == Step.ASKED and row.asked_on == taken.on):
        raise AlreadyWritten
    if faults := _step_faults(taken, fault):
        raise Unsound(faults)
    Concern.objects.filter(pk=concern).update(**{FIELD[taken.step]: taken.on})
    words = {"on": taken.on.isoformat(), "told": taken.told.strip(), "whom": taken.whom.strip()}
    _say(by, fresh, row, taken.step.value, words | {"answer": taken.answer.value if taken.answer else ""})
    if taken.step == Step.SENT:
        _disclosed(by, fresh, row, taken)
    record(Act.CONCERN_FOLLOWED, object=file.pk, reason=taken.step.value)


def _step_faults(taken: Taken, fault: str) -> dict[str, str]:
    must = {
        Step.SENT: ("whom", "told"),
        Step.RECEIPT: ("whom",),
        Step.ASKED: (),
        Step.FEEDBACK: ("answer",),
        Step.DROPPED: ("told",),
    }[taken.step]
    missing = {name: "empty" for name in must if not (getattr(taken, name) or "").strip()}
    return missing | ({"on": fault} if fault else {})


def _disclosed(by: Actor, file: File, concern: Concern, taken: Taken) -> None:
    """What was sent has left the file: on the ground that is a duty."""
    (words,) = opened(by, file, [ConcernWords.objects.get(concern=concern, kind=DECISION)], reason="paper")
    giving = Giving(
        agency=Agency.SOCIAL,
        on=taken.on,
        ground=GROUND,
        consent=None,
        unit=f"{words['municipality'].strip()}: {taken.whom.strip()}"[:250],
        what="Anmälan om oro för barn, som den står i akten.",
        weighing=f"Anmälningsplikt. {words['by']} avgjorde det {concern.decided_on.isoformat()}.",
    )
    disclose(by=by, file=file, disclosure=uuid5(concern.pk, Step.SENT.value), giving=giving)
