"""Secrecy lifted, taken back, and what has left the file: each written once, sealed, and never changed."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.actions import locked
from lykta.cases.enums import Agency, GivenBy, How, Route
from lykta.cases.errors import AlreadyWritten, NothingThere, Unsound
from lykta.cases.grounds import ground_of
from lykta.cases.models import Consent, Disclosure, File
from lykta.cases.places import consent_place, disclosure_place
from lykta.cases.sharing import terms_of
from lykta.cases.sharing_rules import Terms, days_fault, disclosure_fault, giver_fault, text_hash
from lykta.cases.writing import key_of
from lykta.core import clock
from lykta.sealing.queries import case_keys
from lykta.sealing.words import seal, unseal


@dataclass(frozen=True)
class Lifting:
    """What a consent says. text: the exact words that were shown or read aloud to whoever gave it."""

    agency: Agency
    begins: date
    ends: date
    given_by: GivenBy
    how: How
    unit: str = field(repr=False)
    what: str = field(repr=False)
    purpose: str = field(repr=False)
    view: str = field(repr=False)
    reason: str = field(repr=False)
    text: str = field(repr=False)


def give_consent(*, by: Actor, file: File, consent: UUID, lifting: Lifting, route: Route | None) -> None:
    """Write that somebody lifts the secrecy. consent: the form's own id. route: of a child, where her age is known.

    Raises Unsound (ends: "order", "past", "long"; given_by: "guardians", "adult"; reason: "one"; agency and what where
    they are empty), AlreadyWritten, Closed, ReasonNeeded.
    """
    fresh, today = locked(by, file), clock.today()
    if Consent.objects.filter(pk=consent).exists():
        raise AlreadyWritten
    giver = giver_fault(lifting.given_by, route, lifting.reason)
    faults = {
        "ends": days_fault(lifting.begins, lifting.ends, on=today),
        "reason" if giver == "one" else "given_by": giver,
        **{name: "" if getattr(lifting, name).strip() else "empty" for name in ("unit", "what", "purpose")},
    }
    if found := {name: fault for name, fault in faults.items() if fault}:
        raise Unsound(found)
    said = {
        name: getattr(lifting, name)
        for name in ("agency", "given_by", "how", "unit", "what", "purpose", "view", "reason", "text")
    } | {
        "begins": lifting.begins.isoformat(),
        "ends": lifting.ends.isoformat(),
        "text_hash": text_hash(lifting.text),
    }
    Consent.objects.create(
        id=consent,
        centre_id=by.centre,
        file=fresh,
        at=clock.now(),
        by=by.member,
        part=fresh.part,
        sealed=seal(key_of(by, fresh), consent_place(fresh.id, consent), _bytes(said)),
    )
    record(Act.CONSENT_GIVEN, object=file.id)


def withdraw_consent(*, by: Actor, file: File, consent: UUID) -> None:
    """Write that it is taken back: from this moment it covers nothing. Raises NothingThere, AlreadyWritten."""
    locked(by, file, closed_too=True)
    if not Consent.objects.filter(pk=consent, file=file).exists():
        raise NothingThere
    done = Consent.objects.filter(pk=consent, file=file, withdrawn_on=None).update(
        withdrawn_on=clock.today(), withdrawn_by=by.member
    )
    if not done:
        raise AlreadyWritten
    record(Act.CONSENT_WITHDRAWN, object=file.id)


@dataclass(frozen=True)
class Giving:
    """What has left: ground is a code of the list, "" where a consent covers it."""

    agency: Agency
    on: date
    ground: str
    consent: UUID | None
    unit: str = field(repr=False)
    what: str = field(repr=False)
    weighing: str = field(repr=False)


def disclose(*, by: Actor, file: File, disclosure: UUID, giving: Giving) -> None:
    """Write that something has left the file. disclosure: the form's own id.

    Raises Unsound (on: "future"; ground: "none", "ground", "consent"; weighing; unit and what where they are empty),
    NothingThere for a consent that is not of this file, AlreadyWritten, ReasonNeeded. A closed file too can be asked
    for by a court.
    """
    fresh = locked(by, file, closed_too=True)
    if Disclosure.objects.filter(pk=disclosure).exists():
        raise AlreadyWritten
    fault = disclosure_fault(
        ground=ground_of(giving.ground),
        consent=_terms(by, fresh, giving.consent),
        agency=giving.agency,
        on=giving.on,
        weighing=giving.weighing,
        today=clock.today(),
    )
    field_of = {"future": "on", "weighing": "weighing"}
    faults = {field_of.get(fault, "ground"): fault} | {
        name: "" if getattr(giving, name).strip() else "empty" for name in ("unit", "what")
    }
    if found := {name: fault for name, fault in faults.items() if fault}:
        raise Unsound(found)
    said = {name: getattr(giving, name) for name in ("agency", "unit", "what", "weighing")} | {
        "on": giving.on.isoformat(),
        "ground": "" if giving.consent else giving.ground,
        "consent": str(giving.consent or ""),
    }
    Disclosure.objects.create(
        id=disclosure,
        centre_id=by.centre,
        file=fresh,
        at=clock.now(),
        by=by.member,
        part=fresh.part,
        sealed=seal(key_of(by, fresh), disclosure_place(fresh.id, disclosure), _bytes(said)),
    )
    record(Act.DISCLOSED, object=file.id)


def _terms(by: Actor, file: File, consent: UUID | None) -> Terms | None:
    """A consent as it stands at this very moment."""
    if consent is None:
        return None
    row = Consent.objects.filter(pk=consent, file=file).first()
    if row is None or by.holder is None:
        raise NothingThere
    key = case_keys(by.holder, file.id)[row.part]
    return terms_of(row, json.loads(unseal(key, consent_place(file.id, row.id), bytes(row.sealed))))


def _bytes(words: dict[str, Any]) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode()
