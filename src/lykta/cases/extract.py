"""Opening a whole file for the copy that the person it is about has a right to; and who has read in it, for her."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Q

from lykta.access.enums import Role, Wall
from lykta.access.rules import ROLES, Actor
from lykta.audit.enums import LABELS, Act
from lykta.audit.models import Event
from lykta.cases import extract_pieces as pieces
from lykta.cases.concern import PAPER, days_of
from lykta.cases.enums import Answer, Channel, Mode, OpenReason, SheetKind
from lykta.cases.extract_enums import Held, Receiver
from lykta.cases.extract_rules import Piece, mark_of, receivers
from lykta.cases.forms import GENDERS, SEXES
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
    Extract,
    File,
    Note,
    Sheet,
    Task,
    Words,
)
from lykta.cases.numbers import written_number
from lykta.cases.reached import ALL_DAYS, NAMES, on_paper
from lykta.cases.reading import opened
from lykta.cases.sharing import age_of
from lykta.core import clock
from lykta.people.models import Colleague
from lykta.people.queries import names_of

OPENED_FOR = "extract"
"""The purpose of the reading, in the log."""
MOST_READINGS = 5_000


@dataclass(frozen=True)
class MadeRow:
    """A copy that was made before."""

    at: datetime
    by_name: str
    receiver: Receiver
    who: str = field(repr=False)
    reason: str = field(repr=False)
    changed: int


@dataclass(frozen=True)
class Whole:
    """All that a copy can hold, in order of time. more: grounds of what is left out of the sheets."""

    receiver: Receiver
    may_receive: tuple[Receiver, ...]
    identity: tuple[tuple[str, str], ...] = field(repr=False)
    contact: tuple[tuple[str, str], ...] = field(repr=False)
    pieces: tuple[Piece, ...] = field(repr=False)
    more: tuple[Held, ...]
    made: tuple[MadeRow, ...]

    @property
    def mark(self) -> str:
        """What stands there, as a mark for the form."""
        return mark_of(self.pieces, (*self.identity, *self.contact))


TABLES: tuple[type[Words], ...] = (
    Note,
    Entry,
    Task,
    DecisionWords,
    Consent,
    Disclosure,
    ConcernWords,
    DemandWords,
    Extract,
)


def whole(actor: Actor, file: File, receiver: Receiver) -> Whole:
    """Open everything the file holds: one reading. Raises ReasonNeeded, NothingThere, NotHolder.

    receiver: for whom it is judged; where the file can't be given to a guardian, for the person.
    """
    rows: dict[type[Words], list[Any]] = {
        table: list(table.objects.filter(file=file).order_by("at", "pk"))  # type: ignore[attr-defined]
        for table in TABLES
    }
    rows[Note].sort(key=lambda note: note.number)
    rows[Entry].sort(key=lambda entry: (entry.version, entry.at))
    rows[ConcernWords] = [row for row in rows[ConcernWords] if row.kind != PAPER]
    rows[Sheet] = list(Sheet.objects.filter(file=file).order_by("kind", "-version").distinct("kind"))
    every = list(chain.from_iterable(rows.values()))
    words = dict(zip(map(pieces.key_of_row, every), opened(actor, file, every, reason=OPENED_FOR), strict=True))
    sheets = {SheetKind(row.kind): words[pieces.key_of_row(row)] for row in rows[Sheet]}
    identity = sheets.get(SheetKind.IDENTITY, {})
    able = receivers(
        wall=Wall(file.wall),
        service=file.service,
        mode=Mode(file.mode),
        age=age_of(identity, on=clock.today()),
    )
    to = receiver if receiver in able else Receiver.PERSON
    told = pieces.Opened(actor, Wall(file.wall), to, names_of(actor), words)
    shown, less = _sheets(identity, sheets.get(SheetKind.SAFE_CONTACT, {}), to)
    return Whole(
        receiver=to,
        may_receive=able,
        identity=shown[0],
        contact=shown[1],
        pieces=_pieces(told, file, rows),
        more=less,
        made=tuple(_made(row, told) for row in reversed(rows[Extract])),
    )


def _pieces(told: pieces.Opened, file: File, rows: Mapping[type[Words], list[Any]]) -> tuple[Piece, ...]:
    """Every piece, in order of time."""
    concerns = list(Concern.objects.filter(file=file).order_by("decided_on", "pk"))
    days = {row.pk: days_of(row) for row in concerns}
    decided = list(Decision.objects.filter(file=file).order_by("decided_on", "pk"))
    of_concern = list(pieces.concerns(told, concerns, rows[ConcernWords], days))
    found = chain(
        pieces.notes(told, rows[Note]),
        pieces.entries(told, rows[Entry]),
        pieces.tasks(told, rows[Task]),
        pieces.decisions(told, decided, rows[DecisionWords]),
        pieces.consents(told, rows[Consent]),
        pieces.demands(told, list(Demand.objects.filter(file=file)), rows[DemandWords]),
        pieces.disclosures(told, rows[Disclosure], of_concern),
        of_concern,
    )
    return tuple(sorted(found, key=lambda piece: piece.on))


type Rows = tuple[tuple[str, str], ...]


def _sheets(identity: dict[str, Any], safe: dict[str, Any], to: Receiver) -> tuple[tuple[Rows, Rows], tuple[Held, ...]]:
    """Who it is and how she can be reached, as the paper may hold it; and on which grounds something is left out.

    A guardian is given nothing of how the child can be reached: it can be from the guardian that it is kept.
    """
    number = written_number(identity, on=clock.today())
    reach = on_paper(identity, safe)
    who = [
        ("Namn", " ".join(identity.get(n, "") for n in ("given_names", "family_name")).strip()),
        ("Påhittat namn", identity.get("pseudonym", "")),
        ("Nummer", number),
        ("Språk", identity.get("language", "") + (", tolk" if identity.get("interpreter") else "")),
        ("Att tänka på", identity.get("needs", "")),
    ]
    if to == Receiver.GUARDIAN:
        return (tuple(who), ()), (Held.GUARDIAN,)
    who += [
        ("Tidigare namn", reach.earlier_names),
        ("Kön, som du säger", dict(GENDERS)[identity.get("gender", "")] if identity.get("gender") else ""),
        ("Juridiskt kön", dict(SEXES)[identity.get("legal_sex", "")] if identity.get("legal_sex") else ""),
        ("Telefon", reach.phone),
        ("Adress", reach.address),
    ]
    less = tuple(ground for ground in (Held.ADDRESS,) if reach.is_masked)
    return (tuple(who), _contact(identity, safe, reach.to_use)), less


def _contact(identity: dict[str, Any], safe: dict[str, Any], to_use: str) -> Rows:
    """How she has said that she can be reached. A code word is never set on paper: who finds it could speak as her."""
    has_code = safe.get("code_word") or identity.get("code_word")
    code = ("Kodord", "Finns i akten. Det skrivs inte på papper." if has_code else "")
    if not safe:
        return (code,)
    ways = [
        (channel.label.capitalize(), Answer(safe.get(channel.value) or Answer.UNKNOWN).label) for channel in Channel
    ]
    days = ", ".join(NAMES[int(day)] for day in safe.get("days", ALL_DAYS))
    hours = f", {safe['hour_from']} till {safe['hour_until']}" if safe.get("hour_from") else ""
    return (
        *ways,
        ("Dagar och tider", days + hours),
        ("Nummer eller adress att använda", to_use),
        code,
        ("Får inte veta", safe.get("not_to_know", "")),
        ("Delar telefon eller dator", Answer(safe["shared_device"]).label if safe.get("shared_device") else ""),
        ("Annat att tänka på", safe.get("more", "")),
        ("Ni talade om det senast", safe.get("asked_on", "")),
    )


def _made(row: Extract, told: pieces.Opened) -> MadeRow:
    said = told.of(row)
    return MadeRow(
        at=row.at,
        by_name=told.by(row.by),
        receiver=Receiver(said["receiver"]),
        who=said["who"],
        reason=said["reason"],
        changed=len(said["keep"]) + len(said["release"]),
    )


@dataclass(frozen=True)
class Reading:
    """What one member has read on a day, for the person it concerns: by what she works as, not by name."""

    on: date
    who: str
    what: str
    why: str
    times: int


def readings_of(actor: Actor, file: File) -> tuple[Reading, ...]:
    """Who has opened the file, oldest first: readings alone, for other deeds could tell of what is kept back."""
    opening = Q(act=Act.FILE_OPENED) | Q(act__endswith=":read") & ~Q(act__startswith="audit:")
    events = Event.objects.filter(opening, centre_id=actor.centre, object=file.pk).order_by("-at", "-seq")
    roles = dict(Colleague.objects.filter(centre_id=actor.centre).values_list("pk", "role"))
    found = Counter[tuple[date, str, str, str]]()
    for event in reversed(events[:MOST_READINGS]):
        role = roles.get(event.actor) if event.actor else None
        who = ROLES[Role(role)].name if role else "En tidigare medarbetare"
        found[pieces.day_of(event.at), who, LABELS[Act(event.act)], _why(event.reason)] += 1
    return tuple(Reading(*key, times=times) for key, times in found.items())


def _why(reason: str) -> str:
    codes = reason.split()
    why = next((OpenReason(code).label for code in codes if code in tuple(OpenReason)), "")
    return why or ("utdrag till den det gäller" if OPENED_FOR in codes else "är med i akten")
