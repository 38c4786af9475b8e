"""Writing what an authority asks for, and answering it; what is given leaves the file as a disclosure."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID, uuid4

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked
from lykta.cases.demand import ANSWER, ASKED, given_id
from lykta.cases.demand_rules import GIVING, Answer, Asked, answer_faults, asked_faults
from lykta.cases.enums import Agency
from lykta.cases.errors import AlreadyWritten, NothingThere, Unsound
from lykta.cases.models import Demand, DemandWords, File
from lykta.cases.reading import opened, sealed_into
from lykta.cases.sharing_actions import Giving, disclose
from lykta.core import clock

MOST_UNIT = 250


def receive_demand(*, by: Actor, file: File, demand: UUID, asked: Asked) -> None:
    """Write that an authority asks for something. demand: the form's own id. A closed file too is asked about.

    Raises Unsound (see asked_faults), AlreadyWritten, ReasonNeeded, NothingThere.
    """
    fresh = locked(by, file, closed_too=True)
    if Demand.objects.filter(pk=demand).exists():
        raise AlreadyWritten
    if faults := asked_faults(asked, today=clock.today()):
        raise Unsound(faults)
    row = Demand(id=demand, centre_id=by.centre, file=fresh, by=by.member, came_on=asked.came_on, due_on=asked.due_on)
    row.save(force_insert=True)
    words = {name: value for name, value in asdict(asked).items() if not name.endswith("_on")}
    _say(by, fresh, row, ASKED, words)
    record(Act.DEMAND_RECEIVED, object=file.pk)


def _say(by: Actor, file: File, demand: Demand, kind: str, words: Mapping[str, object]) -> None:
    sealed_into(by, file, DemandWords(id=uuid4(), file=file, demand=demand, kind=kind), dict(words))


def answer_demand(
    *, by: Actor, file: File, demand: UUID, answer: Answer, ground: str = "", consent: UUID | None = None
) -> None:
    """Answer a request, once. ground, consent: on which what was given left, as sharing_actions.Giving has them.

    Raises Unsound (see answer_faults and disclose), AlreadyWritten where it is answered, NothingThere, ReasonNeeded.
    """
    fresh = locked(by, file, closed_too=True)
    row = Demand.objects.select_for_update().filter(pk=demand, file=fresh, answered_on=None).first()
    if row is None:
        raise AlreadyWritten if Demand.objects.filter(pk=demand, file=fresh).exists() else NothingThere
    if faults := answer_faults(answer, came_on=row.came_on, today=clock.today()):
        raise Unsound(faults)
    if answer.outcome in GIVING:  # first: it says what is wrong before anything is written
        _disclosed(by, fresh, row, answer, ground, consent)
    Demand.objects.filter(pk=demand).update(answered_on=answer.on, outcome=answer.outcome.value)
    weighing = "" if answer.outcome in GIVING else answer.weighing.strip()
    _say(by, fresh, row, ANSWER, {"weighing": weighing, "kept": answer.kept.strip(), "told": answer.told})
    record(Act.DEMAND_ANSWERED, object=file.pk, reason=answer.outcome.value)


def _disclosed(by: Actor, file: File, row: Demand, answer: Answer, ground: str, consent: UUID | None) -> None:
    """What was given has left the file: to whoever asked, on its ground or by consent."""
    (asked,) = opened(by, file, [DemandWords.objects.get(demand=row, kind=ASKED)], reason="paper")
    to = ", ".join(part for part in (asked["authority"].strip(), asked["official"].strip()) if part)
    giving = Giving(
        agency=Agency(asked["agency"]),
        on=answer.on,
        ground=ground,
        consent=consent,
        unit=to[:MOST_UNIT],
        what=answer.what.strip(),
        weighing=answer.weighing,
    )
    disclose(by=by, file=file, disclosure=given_id(row.pk), giving=giving)
