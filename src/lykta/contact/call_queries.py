"""Reading the call log: running facts in lists; what a call was about and its note when it is opened, and logged."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from lykta.access.enums import Permission, Role, Wall
from lykta.access.rules import Actor, may, works_in
from lykta.audit.enums import Act
from lykta.catalogue.enums import PhoneStatus
from lykta.catalogue.queries import live_catalogue
from lykta.catalogue.rules import Catalogue
from lykta.contact.call_choices import Choices, offered, read_choices, words_of
from lykta.contact.call_enums import ChangeReason, Group
from lykta.contact.call_rules import Change, Facts, may_change, trimmed
from lykta.contact.errors import NothingThere
from lykta.contact.keys import note_place, told_place
from lykta.contact.models import Call, CallNote, CallVersion
from lykta.core.doors import become
from lykta.people.queries import names_of
from lykta.sealing.errors import NotHolder
from lykta.sealing.queries import SealedWord, open_words

URGENT = ("emergency", "same_day")
"""Urgencies that stand first in a list, in this order."""

ANSWERS = frozenset(field.name for field in fields(Facts))

SOCIAL = "soc_"
"""What the code of a municipality's social services begins with, before the municipality's own."""


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen now. short: what is said of it in a list of its own kind, where that is less.

    number: to call, or "". unsure: nobody has confirmed the number.
    """

    code: str
    say: str
    short: str = ""
    number: str = ""
    unsure: bool = False


type Offer = Mapping[Group, tuple[Option, ...]]


@dataclass(frozen=True)
class CallRow:
    """One call in a list: running facts only, in words.

    rank: its place in URGENT, or len(URGENT). corrected: written anew at least once. noted: has a note she may open.
    """

    id: UUID
    ref: str
    on: date
    channel: str
    caller: str
    urgency: str
    rank: int
    minutes: int | None
    by: UUID
    by_name: str
    corrected: bool
    noted: bool


@dataclass(frozen=True)
class Told:
    """Everything said in one version, in words: question by question. reason: why a colleague corrected, or ""."""

    number: int
    on: date
    by: str
    reason: str
    said: Mapping[str, list[str]] = field(repr=False)
    facts: Facts = field(repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class CallCount:
    """How many calls a day had through one channel from one kind of caller."""

    on: date
    channel: str
    caller: str
    calls: int


def logs_calls(actor: Actor) -> bool:
    """Whether the actor writes in the call log today: with the right to, in the contact room or as reception."""
    return may(actor, Permission.CALL_LOG) and (works_in(actor, Wall.CONTACT) or actor.role == Role.RECEPTION)


def offer(*, on: date) -> Offer:
    """What can be chosen on a day, with the numbers of the centre's catalogue at hand. Raises CatalogueError."""
    choices, catalogue = read_choices(), live_catalogue()
    phones = {phone.id: phone for phone in catalogue.phones}
    found: dict[Group, tuple[Option, ...]] = {}
    for group in choices:
        options = []
        for choice in offered(choices, group, on=on):
            phone = phones.get(choice.phone)
            unsure = phone is not None and phone.status is PhoneStatus.UNCONFIRMED
            options.append(Option(choice.code, choice.say, number=phone.number if phone else "", unsure=unsure))
        found[group] = tuple(options)
    return found | _places(found, catalogue)


def _places(found: Offer, catalogue: Catalogue) -> dict[Group, tuple[Option, ...]]:
    """The municipalities, and the social services of each to be referred to."""
    places = sorted(catalogue.municipalities, key=lambda place: place.name)
    elsewhere = Option("other", "En annan kommun")
    social = (Option(f"{SOCIAL}{p.code}", f"Socialtjänsten i {p.name}", short=p.name) for p in places)
    return {
        Group.MUNICIPALITY: (*(Option(place.code, place.name) for place in places), elsewhere),
        Group.REFERRED: (*found[Group.REFERRED], *social),
    }


def call_for(actor: Actor, call: UUID) -> Call:
    """The call, if the actor writes in the call log. Raises NothingThere for unknown and forbidden alike."""
    found = Call.objects.filter(id=call, centre_id=actor.centre).first() if logs_calls(actor) else None
    if found is None:
        raise NothingThere
    become(case=found.id)
    return found


def change_of(actor: Actor, call: Call) -> Change:
    """Whether the actor may correct a call or take it away."""
    hers, inside = call.by == actor.member, works_in(actor, Wall.CONTACT)
    return may_change(hers=hers, inside=inside, may_log=logs_calls(actor))


def row_of(actor: Actor, call: Call) -> CallRow:
    """The call as lists show it."""
    return _rows(actor, on=call.on, call=call.id)[0]


def day_list(actor: Actor, *, on: date, own: bool = False) -> list[CallRow]:
    """The calls of a day, what hurries first. Nobody knows in which order they came, so they stand by their kind.

    own: only those the actor has logged.
    """
    rows = [row for row in _rows(actor, on=on) if not own or row.by == actor.member]
    return sorted(rows, key=lambda r: (r.rank, r.channel, r.caller, r.ref))


def _rows(actor: Actor, *, on: date, call: UUID | None = None) -> list[CallRow]:
    if not logs_calls(actor):
        return []
    notes = CallNote.objects.filter(call_id=OuterRef("call_id"), id=OuterRef("note"))
    found = CallVersion.objects.filter(call__centre_id=actor.centre, call__on=on, number=F("call__number"))
    found = found.filter(call_id=call) if call else found
    names, choices = names_of(actor), read_choices()
    return [_row(v, names, choices) for v in found.annotate(noted=Exists(notes)).select_related("call")]


def _row(version: CallVersion, names: Mapping[UUID, str], choices: Choices) -> CallRow:
    call = version.call
    return CallRow(
        id=call.id,
        ref=call.ref,
        on=call.on,
        channel=words_of(choices, Group.CHANNEL, version.channel, on=call.on),
        caller=words_of(choices, Group.CALLER, version.caller, on=call.on),
        urgency=words_of(choices, Group.URGENCY, version.urgency, on=call.on),
        rank=URGENT.index(version.urgency) if version.urgency in URGENT else len(URGENT),
        minutes=version.minutes,
        by=call.by,
        by_name=names.get(call.by, ""),
        corrected=version.number > 1,
        noted=getattr(version, "noted", False),
    )


def read(actor: Actor, call: Call) -> list[Told] | None:
    """Open what was written about a call, the newest version first, with the notes still kept: one reading in the log.

    None for who holds no share of the ring, as reception; then nothing is opened and nothing logged. Raises CannotOpen.
    """
    if actor.holder is None:
        return None
    versions = list(CallVersion.objects.filter(call=call).order_by("-number"))
    notes = list(CallNote.objects.filter(call=call))
    words = [SealedWord(told_place(call.id, v.id), bytes(v.sealed), v.id) for v in versions]
    words += [SealedWord(note_place(call.id, n.id), bytes(n.sealed), n.id) for n in notes]
    try:
        opened = open_words(actor.holder, call.id, words, act=Act.CALL_READ)
    except NotHolder:
        return None
    said = dict(zip([n.id for n in notes], opened[len(versions) :], strict=True))
    contents = [json.loads(text) for text in opened[: len(versions)]]
    names, found = names_of(actor), list[Told]()
    for version, content in zip(reversed(versions), reversed(contents), strict=True):
        note = said.get(version.note, "") if version.note else ""
        found.insert(0, _told(version, content, note, names, before=found[0] if found else None))
    return found


def _told(
    version: CallVersion, content: dict[str, Any], note: str, names: Mapping[UUID, str], *, before: Told | None
) -> Told:
    """One version in words. before: the version it was written after."""
    kept = {key: value for key, value in content["facts"].items() if key in ANSWERS}
    answers = {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()}
    said = content["words"]
    if content.get("keeps") and before:  # whoever wrote it could not see what had been answered
        answers = {key: value or getattr(before.facts, key) for key, value in answers.items()}
        said = {**before.said, **said}
    facts = trimmed(Facts(**(plain_of(version) | answers)))
    return Told(
        number=version.number,
        on=version.on,
        by=names.get(version.by, ""),
        reason=ChangeReason(version.reason).label if version.reason else "",
        said={group: words for group, words in said.items() if getattr(facts, group)},
        facts=facts,
        note=note,
    )


def plain_of(version: CallVersion) -> dict[str, Any]:
    """The running facts of a version."""
    return {name: getattr(version, name) for name in ("channel", "caller", "urgency", "minutes", "named")}


def current(call: Call) -> CallVersion:
    """The version that counts."""
    return CallVersion.objects.get(call=call, number=call.number)


def count_calls(actor: Actor, since: date, until: date) -> list[CallCount]:
    """How many calls each day had, by channel and kind of caller; days without any are left out. Events, not persons.

    until: the first day that does not belong. Calls taken away are not there; corrected ones count as they stand now.
    """
    if not logs_calls(actor):
        return []
    found = CallVersion.objects.filter(call__centre_id=actor.centre, number=F("call__number"))
    rows = found.filter(call__on__gte=since, call__on__lt=until).values_list("call__on", "channel", "caller")
    return [CallCount(*kind, number) for kind, number in sorted(Counter(rows).items())]


def count_by_channel(actor: Actor, since: date, until: date, *, own: bool = False) -> Counter[tuple[date, str]]:
    """How many calls each day had through each channel, for a picture. own: only those she has logged."""
    if not logs_calls(actor):
        return Counter()
    found = CallVersion.objects.filter(call__centre_id=actor.centre, number=F("call__number"))
    found = found.filter(call__on__gte=since, call__on__lt=until)
    found = found.filter(call__by=actor.member) if own else found
    return Counter(found.values_list("call__on", "channel"))


def count_urgent(actor: Actor, *, on: date) -> tuple[int, int]:
    """How many calls a day has, and how many of them should be dealt with the same day or at once."""
    rows = _rows(actor, on=on)
    return len(rows), sum(row.rank < len(URGENT) for row in rows)
