"""Reading decisions: lists with days and services, and, opened and logged, what one says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lykta.access.enums import Permission, Wall
from lykta.access.rules import Actor, may
from lykta.cases.decision_enums import Stage, Told, Warn
from lykta.cases.decision_rules import limit_on, warn_of, warn_words
from lykta.cases.errors import NothingThere
from lykta.cases.models import Decision, DecisionWords, File
from lykta.cases.places import decision_place
from lykta.cases.reading import open_sealed
from lykta.cases.services import wait_for
from lykta.catalogue.queries import live_catalogue
from lykta.catalogue.rules import Catalogue
from lykta.people.queries import names_of
from lykta.sealing.queries import SealedWord


@dataclass(frozen=True)
class DecisionRow:
    """One decision in a list: neutral codes and days (SoLPuL, section 7 a). warned: what its warning says, or ""."""

    id: UUID
    file: UUID
    ref: str
    wall: Wall
    service: str
    stage: Stage
    decided_on: date
    from_on: date | None
    until_on: date | None
    limit_on: date
    warn: Warn
    warned: str
    is_named: bool

    @property
    def waits(self) -> bool:
        """Whether the service has not begun and shall."""
        return self.stage in (Stage.RECEIVED, Stage.ACCEPTED)


@dataclass(frozen=True)
class WordRow:
    """Opened words about a decision. words: text and more, by kind."""

    kind: Told
    at: datetime
    by_name: str
    words: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class OpenedDecision:
    """A decision with its order and all that has been told of it since, the latest first."""

    row: DecisionRow
    received_on: date
    started_on: date | None
    ended_on: date | None
    order: dict[str, Any] = field(repr=False)
    told: tuple[WordRow, ...] = field(repr=False)


DONE = (Stage.DECLINED, Stage.ENDED)


def decisions(actor: Actor, *, on: date, done: bool = False) -> list[DecisionRow]:
    """Decisions in files the actor may know of: what has not begun first, the nearest limit first."""
    found = Decision.objects.filter(centre_id=actor.centre)
    found = found.filter(stage__in=DONE) if done else found.exclude(stage__in=DONE)
    rows = _rows(found.select_related("file"), on=on)
    return sorted(rows, key=lambda row: (not row.waits, row.limit_on, row.ref))


def decisions_of(file: File, *, on: date) -> list[DecisionRow]:
    """A file's decisions, the newest first."""
    return _rows(Decision.objects.filter(file=file).select_related("file").order_by("-decided_on", "id"), on=on)


def warned(actor: Actor, *, on: date) -> list[DecisionRow]:
    """Decisions that should have begun soon, in files the actor may know of, for her desk."""
    if not may(actor, Permission.FILE_LIST):
        return []
    waiting = Decision.objects.filter(centre_id=actor.centre, stage__in=[Stage.RECEIVED, Stage.ACCEPTED])
    rows = _rows(waiting.select_related("file"), on=on)
    return sorted((row for row in rows if row.warn != Warn.NONE), key=lambda row: (row.limit_on, row.ref))


def _rows(found: Iterable[Decision], *, on: date) -> list[DecisionRow]:
    kept = list(found)
    if not kept:
        return []
    catalogue = live_catalogue()
    return [_row(one, catalogue, on) for one in kept]


def _row(one: Decision, catalogue: Catalogue, on: date) -> DecisionRow:
    wait = wait_for(catalogue, one.service, decided=one.decided_on)
    warn = warn_of(one.decided_on, Stage(one.stage), on=on, wait=wait)
    return DecisionRow(
        id=one.id,
        file=one.file_id,
        ref=one.file.ref,
        wall=Wall(one.file.wall),
        service=one.service,
        stage=Stage(one.stage),
        decided_on=one.decided_on,
        from_on=one.from_on,
        until_on=one.until_on,
        limit_on=limit_on(one.decided_on, months=wait.months),
        warn=warn,
        warned=warn_words(warn, wait),
        is_named=one.file.named,
    )


def decision_for(file: File, decision: UUID) -> Decision:
    """A decision of the file. Raises NothingThere."""
    found = Decision.objects.filter(pk=decision, file=file).select_related("file").first()
    if found is None:
        raise NothingThere
    return found


def opened_decision(actor: Actor, file: File, decision: Decision, *, on: date) -> OpenedDecision:
    """Open what is told of a decision: one reading. Raises ReasonNeeded, NothingThere, NotHolder."""
    rows = list(DecisionWords.objects.filter(decision=decision, file=file).order_by("at", "id"))
    said = open_sealed(actor, file, [SealedWord(decision_place(file.id, r.id), bytes(r.sealed), r.part) for r in rows])
    names = names_of(actor)
    told = [WordRow(Told(r.kind), r.at, names.get(r.by, ""), words) for r, words in zip(rows, said, strict=True)]
    order = next((t.words for t in told if t.kind == Told.ORDER), {})
    return OpenedDecision(
        row=_rows([decision], on=on)[0],
        received_on=decision.received_on,
        started_on=decision.started_on,
        ended_on=decision.ended_on,
        order=order,
        told=tuple(reversed([t for t in told if t.kind != Told.ORDER])),
    )
