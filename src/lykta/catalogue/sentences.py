"""Differences between two editions as lines that the head of the centre reads. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lykta.catalogue import labels
from lykta.catalogue.changes import Difference
from lykta.catalogue.enums import Decision, Fact, PhoneStatus, SelfReferral

LONG = 48  # signs of a text that is still told whole in a line

NAMED = {
    "names": "namnet",
    "plain": "för vem, i korthet",
    "short": "sammanfattningen",
    "source": "källan",
    "slug": "adressen",
    "order": "ordningen",
    "audience": "för vem",
    "say": "orden om åren",
    "value": "värdet",
    "kind": "hur skarp regeln är",
    "for": "vilka som frågas",
    "answers": "svaren",
    "number": "numret",
    "tel": "numret att slå",
    "notes": "anteckningen",
    "hours": "tiderna",
    "last_checked": "senast kontrollerat",
    "owner": "vem som kontrollerar",
    "name": "namnet",
    "seat": "centralorten",
    "population": "invånare",
    "air_km": "kilometer fågelvägen",
    "road_km_unconfirmed": "kilometer väg, ungefär",
    "sami_area": "samiskt förvaltningsområde",
    "approximate": "ungefärlig plats",
    "near_to_km": "nära till och med",
    "far_over_km": "långt över",
    "board": "nämnden",
    "decided_on": "dag för beslut",
    "conditions": "villkoren",
    "mode": "dokumentationen",
}
CHOICES: Mapping[str, tuple[str, Mapping[Any, str]]] = {
    "decision": ("beslut", labels.DECISIONS),
    "self_referral": ("söka själv", labels.SELF_REFERRALS),
    "status": ("läge", labels.STATUSES),
}
ENUMS = {"decision": Decision, "self_referral": SelfReferral, "status": PhoneStatus}
QUIET = {"route", "id"}  # follow from something else that is told


def lines(found: Iterable[Difference], names: Mapping[str, str]) -> list[str]:
    """One line for each change. names: of services by code."""
    return [line for one in found for line in _lines(one, names)]


def _lines(one: Difference, names: Mapping[str, str]) -> Iterator[str]:
    thing = thing_of(one, names)
    yield from (f"{thing}: {told}" for told in told_of(one))


def told_of(one: Difference) -> list[str]:
    """What happens to the row, without what it is called; never empty."""
    row = one.after or one.before
    days = labels.period(row.valid_from, row.valid_to) if row and (row.valid_from or row.valid_to) else ""
    if one.before is None:
        return [f"läggs till, {days}" if days else "läggs till"]
    if one.after is None:
        return ["tas bort"]
    return list(dict.fromkeys(_told(one))) or ["ändras"]


def thing_of(one: Difference, names: Mapping[str, str]) -> str:
    """What the row is called: `Enskilt stöd, gränsen lägsta ålder 16`."""
    row = one.before or one.after
    body = row.body if row else {}
    service = names.get(one.code, one.code)
    match one.kind:
        case "services":
            return names.get(one.ref, one.ref)
        case "rules":
            return f"{service}, regeln om {labels.FACTS[Fact(body['about'])]}"
        case "limits":
            return f"{service}, gränsen {labels.limit(one.ref)} ({_as_said(body['value'])})"
        case "modes":
            return f"{service}, dokumentation"
        case "phones":
            return f"Telefonnumret {body['names']['sv']}"
        case "municipalities":
            return f"Kommunen {body['name']}"
        case "localities":
            return f"Orten {one.ref}"
        case "house_limits":
            return f"Hela huset, {labels.limit(one.ref)}"
        case _:
            return {"localities": "Avståndsregeln"}.get(one.ref, "Ord som är gemensamma")


def _told(one: Difference) -> Iterator[str]:
    for place, before, after in one.parts:
        told = _part(place, before, after)
        if told:
            yield told


def _part(place: tuple[str, ...], before: Any, after: Any) -> str:
    key = place[0]
    if key in QUIET:
        return ""
    if place[-1] in ("valid_from", "valid_to"):
        way = "börjar" if place[-1] == "valid_from" else "slutar"
        return f"{way} {labels.swedish_day(after)}" if after else f"{way} inte längre på någon viss dag"
    if key == "facts":
        told = f"texten {labels.SECTIONS.get(place[1], place[1])}" if len(place) > 1 else "texterna"
        return f"{told} ändras{_in(place)}"
    if key in CHOICES and len(place) == 1:
        name, said = CHOICES[key]
        return f"{name} ändras från {said[ENUMS[key](before)]} till {said[ENUMS[key](after)]}"
    if key == "show":
        return "visas för alla" if after else "visas inte längre"
    name = NAMED.get(place[-1] if place[-1] in NAMED else key, key)
    if _short(before) and _short(after):
        return f"{name} ändras från {_as_said(before)} till {_as_said(after)}{_in(place)}"
    return f"{name} ändras{_in(place)}"


def _in(place: tuple[str, ...]) -> str:
    return f" på {labels.language(place[-1])}" if place[-1] in labels.LANGUAGES else ""


def _short(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and 0 < len(value) <= LONG)


def _as_said(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, str):
        return value if value[:1].isdigit() else f"”{value}”"
    return str(value).replace(".", ",")
