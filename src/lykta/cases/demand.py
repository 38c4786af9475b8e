"""What authorities have asked of a file, what was answered, and what is due for who works with it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from lykta.access.rules import Actor
from lykta.cases.demand_enums import Came, Outcome
from lykta.cases.demand_rules import is_late
from lykta.cases.due import Due, own_files
from lykta.cases.enums import Agency
from lykta.cases.grounds import ground_of
from lykta.cases.models import Demand, DemandWords, Disclosure, File
from lykta.cases.reading import opened
from lykta.cases.sharing_rules import Ground
from lykta.core import clock
from lykta.people.queries import names_of

ASKED, ANSWER = "asked", "answer"


def given_id(demand: UUID) -> UUID:
    """The disclosure that what was given stands as."""
    return uuid5(demand, ANSWER)


@dataclass(frozen=True)
class AnswerRow:
    """An opened answer. given, weighing, ground, by_consent: as the disclosure has them."""

    outcome: Outcome
    on: date
    at: datetime
    by_name: str
    weighing: str = field(repr=False)
    kept: str = field(repr=False)
    given: str = field(default="", repr=False)
    ground: Ground | None = None
    by_consent: bool = False


@dataclass(frozen=True)
class DemandRow:
    """An opened request. answer: None while it waits."""

    id: UUID
    came_on: date
    due_on: date
    late: bool
    at: datetime
    by_name: str
    agency: Agency
    came: Came
    authority: str = field(repr=False)
    official: str = field(repr=False)
    reference: str = field(repr=False)
    what: str = field(repr=False)
    answer: AnswerRow | None


def demands_of(actor: Actor, file: File) -> list[DemandRow]:
    """Open every request and its answer: one reading; what waits first, then the newest.

    Raises ReasonNeeded, NothingThere, NotHolder.
    """
    demands = list(Demand.objects.filter(file=file).order_by("came_on", "pk"))
    rows = list(DemandWords.objects.filter(file=file))
    left = list(Disclosure.objects.filter(file=file, pk__in=[given_id(one.pk) for one in demands]))
    said = opened(actor, file, [*rows, *left]) if rows else []
    words = {(row.demand_id, row.kind): (row, told) for row, told in zip(rows, said, strict=False)}
    given = {row.pk: told for row, told in zip(left, said[len(rows) :], strict=True)}
    names, on = names_of(actor), clock.today()
    found = [_row(one, words, given.get(given_id(one.pk), {}), names, on) for one in demands]
    waiting = sorted((row for row in found if not row.answer), key=lambda row: row.due_on)
    return waiting + [row for row in reversed(found) if row.answer]


type Told = dict[tuple[UUID, str], tuple[DemandWords, dict[str, Any]]]


def _row(demand: Demand, words: Told, given: dict[str, Any], names: dict[UUID, str], on: date) -> DemandRow:
    row, said = words[demand.pk, ASKED]
    outcome = Outcome(demand.outcome) if demand.outcome else None
    return DemandRow(
        id=demand.pk,
        came_on=demand.came_on,
        due_on=demand.due_on,
        late=is_late(demand.due_on, outcome, on=on),
        at=row.at,
        by_name=names.get(row.by, ""),
        agency=Agency(said["agency"]),
        came=Came(said["came"]),
        answer=_answer(outcome, demand, words, given, names) if outcome else None,
        **{name: said[name] for name in ("authority", "official", "reference", "what")},
    )


def _answer(outcome: Outcome, demand: Demand, words: Told, given: dict[str, Any], names: dict[UUID, str]) -> AnswerRow:
    row, said = words[demand.pk, ANSWER]
    assert demand.answered_on is not None
    return AnswerRow(
        outcome=outcome,
        on=demand.answered_on,
        at=row.at,
        by_name=names.get(row.by, ""),
        weighing=given.get("weighing", "") or said["weighing"],
        kept=said["kept"],
        given=given.get("what", ""),
        ground=ground_of(given.get("ground", "")),
        by_consent=bool(given.get("consent")),
    )


def due_for(actor: Actor, *, on: date) -> list[Due]:
    """Requests that wait in the files the actor works with. Running facts alone: not even who asks."""
    rows = Demand.objects.filter(centre_id=actor.centre, answered_on=None, file_id__in=own_files(actor))
    return [
        Due("file_demands", row.file_id, row.file.ref, "Begäran från en myndighet", "väntar på svar", row.due_on,
            is_late(row.due_on, None, on=on))
        for row in rows.select_related("file")
    ]  # fmt: skip
