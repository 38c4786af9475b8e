"""The pieces of a file's copy, from its opened words: each with its day, its lines and whether it is kept back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.cases.concern_enums import Feedback, GuardiansKnow, Step, Urgency
from lykta.cases.concern_rules import Days, state_of
from lykta.cases.decision_enums import Told
from lykta.cases.demand_enums import Outcome
from lykta.cases.entries import EntryRow, newest_entries
from lykta.cases.enums import Agency, GivenBy, Guard, How
from lykta.cases.extract_enums import Held, Part, Receiver
from lykta.cases.extract_rules import (
    Piece,
    concern_held,
    demand_held,
    disclosure_held,
    others_held,
    told_as,
    wordings_held,
)
from lykta.cases.family_enums import Kin
from lykta.cases.grounds import ground_of
from lykta.cases.models import (
    Concern,
    ConcernWords,
    Consent,
    Decision,
    DecisionWords,
    Demand,
    DemandWords,
    Disclosure,
    Entry,
    Note,
    Task,
    Words,
)
from lykta.cases.plan import goal_row
from lykta.cases.plan_enums import Entered
from lykta.cases.queries import note_rows
from lykta.core import clock

type Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Opened:
    """A file's opened words, row by row; and what is asked of each piece."""

    actor: Actor
    wall: Wall
    receiver: Receiver
    names: Mapping[UUID, str]
    said: Mapping[tuple[str, UUID], dict[str, Any]] = field(repr=False)

    def of(self, row: Words) -> dict[str, Any]:
        """The words of a row. Rows of two tables can bear one id: of the form that wrote them both."""
        return self.said[key_of_row(row)]

    def told(self, held: Held | None) -> Held | None:
        """A ground as it is told to who is given the copy."""
        return told_as(held, self.receiver)

    def by(self, member: UUID) -> str:
        """Who wrote it."""
        return self.names.get(member, "")


def key_of_row(row: Words) -> tuple[str, UUID]:
    """What a row's words are found by."""
    return row._meta.db_table, row.pk


def day_of(at: datetime) -> date:
    """The Swedish day of a moment."""
    return at.astimezone(clock.STOCKHOLM).date()


def notes(file: Opened, rows: Sequence[Note]) -> Iterator[Piece]:
    """Each note with its earlier wordings, as far as they may be given."""
    for row in reversed(note_rows(list(rows), [file.of(row) for row in rows], dict(file.names))):
        wordings = (row, *row.older)
        verdicts = wordings_held([one.guards for one in wordings], file.receiver)
        given = [one for one, held in zip(wordings, verdicts, strict=True) if held is None]
        mine = "Din egen mening" if file.receiver == Receiver.PERSON else "Barnets egen mening"
        lines = [("", row.text), (mine, row.dissent)]
        for one in given[1:]:
            lines += [(f"Tidigare lydelse, {day_of(one.at)}, {one.by_name}", one.text), (f"{mine} då", one.dissent)]
        marks = [guard.label for guard in Guard if any(guard in one.guards for one in wordings)]
        yield Piece(
            id=row.id,
            part=Part.NOTE,
            on=day_of(wordings[-1].at),
            by=row.by_name + (f", rättad {day_of(row.at)}" if row.older else ""),
            lines=tuple(lines),
            held=verdicts[0],
            less=verdicts[-1] if row.older else None,
            why=". ".join([", ".join(marks), row.guard_reason]).strip(". "),
        )


def entries(file: Opened, rows: Sequence[Entry]) -> Iterator[Piece]:
    """Goals, relations and children, each as it stands, with its earlier wordings."""
    pieces = {Entered.GOAL: _goal, Entered.RELATION: _relation, Entered.CHILD: _child}
    for entry in newest_entries(file.actor, rows, [file.of(row) for row in rows]):
        newest = max((r for r in rows if r.thing == entry.thing), key=lambda r: r.version)
        yield pieces[entry.kind](file, newest.pk, entry)


def _goal(file: Opened, id: UUID, entry: EntryRow) -> Piece:
    row = goal_row(file.actor, entry)
    steps = "\n".join(f"{step.what} ({step.who}{f', {step.by_on}' if step.by_on else ''})" for step in row.steps)
    lines: list[tuple[str, str]] = [("", row.text), ("Läge", row.state.label), ("Skäl", row.reason), ("Steg", steps)]
    lines += [(f"Tidigare lydelse, {day_of(old.at)}, {old.by_name}", old.text) for old in row.older]
    return Piece(id, Part.GOAL, _first(entry), row.by_name, tuple(lines))


def _first(entry: EntryRow) -> date:
    return day_of((entry.older[-1] if entry.older else entry).at)


def _relation(file: Opened, id: UUID, entry: EntryRow) -> Piece:
    said = entry.words
    over = " (gäller inte längre)" if said["over"] else ""
    lines = (("", f"Du är {Kin(said['kin']).label}: {said['who']}{over}"), ("Mer", said["more"]))
    held = others_held(file.wall, file.receiver)
    return Piece(id, Part.RELATION, _first(entry), entry.by_name, lines, held=held)


LEFT_OUT = ("number", "lives", "guardians", "school", "more")
"""What is the child's own: where it lives can be what somebody must not know."""


def _child(file: Opened, id: UUID, entry: EntryRow) -> Piece:
    said = entry.words
    name = f"{said['given_names']} {said['family_name']}".strip()
    less = Held.OTHERS if any(said.get(part) for part in LEFT_OUT) else None
    return Piece(
        id=id,
        part=Part.CHILD,
        on=_first(entry),
        by=entry.by_name,
        lines=(("", name), ("Född", said["born_on"])),
        held=others_held(file.wall, file.receiver),
        less=file.told(less),
    )


def tasks(file: Opened, rows: Sequence[Task]) -> Iterator[Piece]:
    """What the team shall do, and has done."""
    for row in rows:
        done = f"Gjort {row.done_on}" if row.done_on else f"Ska vara gjort {row.due_on}"
        lines = (("", file.of(row)["text"]), ("Läge", done))
        yield Piece(row.pk, Part.TASK, day_of(row.at), file.by(row.by), lines)


def decisions(file: Opened, rows: Sequence[Decision], words: Sequence[DecisionWords]) -> Iterator[Piece]:
    """What a municipality has decided, and what was told of it since."""
    for row in rows:
        lines: list[tuple[str, str]] = []
        for one in (w for w in words if w.decision_id == row.pk):
            said = file.of(one)
            if one.kind == Told.REPORT and file.receiver == Receiver.GUARDIAN:
                continue  # it left without consent, as what stands among the disclosures
            if one.kind == Told.ORDER:
                lines += [("Kommun", said["municipality"]), ("Lagrum", said["paragraph"]), ("Mål", said["goal"])]
                lines.append(("Kontakt", said["contact"]))
            else:
                lines.append((f"{said['on']}, {Told(one.kind).label}", said["text"] or "Utan ord."))
        yield Piece(row.pk, Part.DECISION, row.decided_on, file.by(row.by), tuple(lines))


def consents(file: Opened, rows: Sequence[Consent]) -> Iterator[Piece]:
    """Whom the secrecy was lifted for."""
    for row in rows:
        said = file.of(row)
        taken_back = f"Tillbakataget {row.withdrawn_on}" if row.withdrawn_on else ""
        lines = [
            ("Till", f"{Agency(said['agency']).label}, {said['unit']}"),
            ("Vad", said["what"]),
            ("Till vad", said["purpose"]),
            ("Gäller", f"{said['begins']} till {said['ends']}. {taken_back}".strip()),
            ("Vem och hur", f"{GivenBy(said['given_by']).label}, {How(said['how']).label}"),
        ]
        own = [("Barnets egen mening", said["view"]), ("Varför en vårdnadshavare räcker", said["reason"])]
        is_hers = file.receiver == Receiver.PERSON
        less = None if is_hers or not any(text for _, text in own) else Held.GUARDIAN
        shown = tuple(lines + own) if is_hers else tuple(lines)
        yield Piece(row.pk, Part.CONSENT, day_of(row.at), file.by(row.by), shown, less=less)


def disclosures(file: Opened, rows: Sequence[Disclosure], concerns: Sequence[Piece]) -> Iterator[Piece]:
    """What has left. A report that was sent shares the fate of the concern it tells of."""
    held_of = {uuid5(one.id, Step.SENT.value): one.held for one in concerns}
    for row in rows:
        said = file.of(row)
        ground, agency = ground_of(said["ground"]), Agency(said["agency"])
        verdict = disclosure_held(agency, file.receiver, by_consent=bool(said["consent"]))
        lines = (
            ("Till", f"{agency.label}, {said['unit']}"),
            ("Vad", said["what"]),
            ("Grund", f"{ground.text} ({ground.law})" if ground else "Samtycke"),
            ("Hur vi vägde", said["weighing"]),
        )
        on = date.fromisoformat(said["on"])
        held = held_of.get(row.pk, verdict)
        yield Piece(row.pk, Part.DISCLOSURE, on, file.by(row.by), lines, held=held)


def demands(file: Opened, rows: Sequence[Demand], words: Sequence[DemandWords]) -> Iterator[Piece]:
    """What an authority has asked for, and what became of it. What was given stands among what has left."""
    for row in rows:
        told = {one.kind: file.of(one) for one in words if one.demand_id == row.pk}
        asked, answer = told["asked"], told.get("answer", {})
        agency = Agency(asked["agency"])
        lines = (
            ("Vem", ", ".join(part for part in (asked["authority"], asked["official"], asked["reference"]) if part)),
            ("Vad", asked["what"]),
            ("Läge", f"{Outcome(row.outcome).label}, {row.answered_on}" if row.outcome else "väntar på svar"),
            ("Lämnades inte", answer.get("kept", "")),
            ("Hur vi vägde", answer.get("weighing", "")),
        )
        held = demand_held(agency, file.receiver)
        yield Piece(row.pk, Part.DEMAND, row.came_on, file.by(row.by), lines, held=held)


def concerns(
    file: Opened, rows: Sequence[Concern], words: Sequence[ConcernWords], days: Mapping[UUID, Days]
) -> Iterator[Piece]:
    """What was decided about concern for a child, and what became of it."""
    for row in rows:
        told = {one.kind: file.of(one) for one in words if one.concern_id == row.pk}
        said = told.pop("decision")
        state = state_of(days[row.pk]).label
        if not row.reported:
            held = concern_held(file.receiver, reported=False, guardians=None)
            lines: Lines = (("Läge", state), ("Varför", said["why"]))
            yield Piece(row.pk, Part.CONCERN, row.decided_on, file.by(row.by), lines, held=held)
            continue
        steps = [(Step(kind).label.capitalize(), _step(one)) for kind, one in told.items()]
        source = () if said["source_protected"] else (("Vem uppgifterna kommer från", said["source"]),)
        lines = (
            ("Läge", state),
            ("Till", f"Socialnämnden, {said['municipality']}"),
            ("Hur bråttom", Urgency(said["urgency"]).label),
            ("Barn", said["children"]),
            *(() if said["protected"] else (("Var de var", said["whereabouts"]),)),
            ("Vad vi hade sett och hört", said["seen"]),
            *source,
            ("Vad barnen sade", said["view"]),
            *steps,
        )
        yield Piece(
            id=row.pk,
            part=Part.CONCERN,
            on=row.decided_on,
            by=file.by(row.by),
            lines=lines,
            held=concern_held(file.receiver, reported=True, guardians=GuardiansKnow(said["guardians_know"])),
            less=file.told(Held.SOURCE if said["source_protected"] else None),
        )


def _step(said: Mapping[str, str]) -> str:
    answer = Feedback(said["answer"]).label if said["answer"] else ""
    return ". ".join(word for word in (said["on"], said["whom"], answer, said["told"]) if word)
