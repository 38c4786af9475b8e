"""What a file tells of secrecy: consents as they stand today, what has left it, whose consent a child's rests on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lykta.access.rules import Actor
from lykta.cases.enums import Agency, ConsentState, GivenBy, How, Number
from lykta.cases.grounds import ground_of
from lykta.cases.models import Consent, Disclosure, File
from lykta.cases.numbers import NotANumber, read_number
from lykta.cases.reading import opened
from lykta.cases.sharing_rules import Ground, Terms, age_on, consent_state
from lykta.core import clock
from lykta.people.queries import names_of


@dataclass(frozen=True)
class ConsentRow:
    """An opened consent, as it stands on the day it is shown."""

    id: UUID
    state: ConsentState
    terms: Terms
    at: datetime
    by_name: str
    given_by: GivenBy
    how: How
    withdrawn_by: str
    unit: str = field(repr=False)
    what: str = field(repr=False)
    purpose: str = field(repr=False)
    view: str = field(repr=False)
    reason: str = field(repr=False)
    text: str = field(repr=False)
    text_hash: str


@dataclass(frozen=True)
class DisclosureRow:
    """Something that has left the file. ground: None where it left by consent."""

    id: UUID
    at: datetime
    by_name: str
    on: date
    agency: Agency
    ground: Ground | None
    by_consent: bool
    unit: str = field(repr=False)
    what: str = field(repr=False)
    weighing: str = field(repr=False)


@dataclass(frozen=True)
class Sharing:
    """Everything of it, the latest first."""

    consents: tuple[ConsentRow, ...]
    disclosures: tuple[DisclosureRow, ...]


def sharing(actor: Actor, file: File) -> Sharing:
    """Open what the file tells of secrecy: one reading. Raises ReasonNeeded, NothingThere, NotHolder."""
    consents = list(Consent.objects.filter(file=file).order_by("-at"))
    given = list(Disclosure.objects.filter(file=file).order_by("-at"))
    said, names, on = opened(actor, file, [*consents, *given]), names_of(actor), clock.today()
    rows = tuple(_consent(c, s, names, on) for c, s in zip(consents, said, strict=False))
    left = tuple(_disclosure(d, s, names) for d, s in zip(given, said[len(consents) :], strict=True))
    return Sharing(rows, left)


def terms_of(consent: Consent, said: dict[str, Any]) -> Terms:
    """The rule's values of an opened consent."""
    begins, ends = date.fromisoformat(said["begins"]), date.fromisoformat(said["ends"])
    return Terms(Agency(said["agency"]), begins, ends, consent.withdrawn_on)


def _consent(consent: Consent, said: dict[str, Any], names: dict[UUID, str], on: date) -> ConsentRow:
    terms = terms_of(consent, said)
    return ConsentRow(
        id=consent.id,
        state=consent_state(terms, on=on),
        terms=terms,
        at=consent.at,
        by_name=names.get(consent.by, ""),
        given_by=GivenBy(said["given_by"]),
        how=How(said["how"]),
        withdrawn_by=names.get(consent.withdrawn_by, "") if consent.withdrawn_by else "",
        **{name: said[name] for name in ("unit", "what", "purpose", "view", "reason", "text", "text_hash")},
    )


def _disclosure(given: Disclosure, said: dict[str, Any], names: dict[UUID, str]) -> DisclosureRow:
    return DisclosureRow(
        id=given.id,
        at=given.at,
        by_name=names.get(given.by, ""),
        on=date.fromisoformat(said["on"]),
        agency=Agency(said["agency"]),
        ground=ground_of(said["ground"]),
        by_consent=bool(said["consent"]),
        **{name: said[name] for name in ("unit", "what", "weighing")},
    )


def age_of(identity: dict[str, Any], *, on: date) -> int | None:
    """The age that a person's number tells; None where there is none."""
    if identity.get("number_kind") not in (Number.PERSONNUMMER, Number.SAMORDNINGSNUMMER):
        return None
    try:
        return age_on(read_number(identity.get("number", ""), on=on).birth_on, on)
    except NotANumber:
        return None
