"""What somebody on the other side of a relation can try, to learn whether a person is a client of ours."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.cases import actions
from lykta.cases.enums import Mode
from lykta.core.doors import door

FILES, NEW = "/personal/akter/", "/personal/akter/ny/"
CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=value=\")[A-Za-z0-9]{64}|\b[A-Z]-[0-9A-Z]{6}\b|\b\d\d:\d\d\b|nonce-[\w-]+"
)


@dataclass(frozen=True)
class Sought:
    """A person somebody asks for: a client on the other side, or nobody we know."""

    given: str
    family: str
    number: str
    file: UUID
    ref: str

    @property
    def traces(self) -> tuple[str, ...]:
        """What tells one of them from another in an answer that repeats the question."""
        short = f"{self.number[2:8]}-{self.number[8:]}"
        return self.given, self.family, self.number, short, self.ref, self.ref.lower()


@dataclass(frozen=True)
class Sides:
    """Ingrid, who works with those who use violence, and two persons: a client of the other side, and nobody."""

    browser: Client
    member: UUID
    client: Sought
    nobody: Sought


def two_sides(house: House) -> Sides:
    """A house in which one of two persons has a file, behind the wall of the exposed."""
    house.install()
    maja = house.actor(house.member("Maja", walls=(Wall.CONTACT, Wall.EXPOSED)))
    file, ref = uuid4(), ""
    known = {"given_names": "Påhittad", "family_name": "Exempelberg", "number": "199001019984"}
    with door("staff", actor=maja.member):
        values = {"wall": Wall.EXPOSED, "service": "ENSK", "mode": Mode.FULL, "named": False}
        identity = known | {"number_kind": "personnummer"}
        ref = actions.open_file(by=maja, file=file, identity=identity, **values).ref
    ingrid = house.member("Ingrid", Role.THERAPIST, walls=(Wall.USING_VIOLENCE,))
    browser = house.signed_in(ingrid)
    browser.defaults["HTTP_HOST"] = "127.0.0.1"
    client = Sought(known["given_names"], known["family_name"], known["number"], file, ref)
    nobody = Sought("Diktadde", "Exempeldahl", "199001029991", uuid4(), "L-ZZZZZZ")
    return Sides(browser, ingrid.pk, client, nobody)


Probe = Callable[[Sides, Sought], HttpResponse]


def _search(typed: Callable[[Sought], str]) -> Probe:
    return lambda sides, sought: sides.browser.post(FILES, {"by": str(sides.member), "sok": typed(sought)})


def _new_file(sides: Sides, sought: Sought) -> HttpResponse:
    """A file of the same person on her own side: no hint that there is another."""
    said = {"given_names": sought.given, "family_name": sought.family, "number": sought.number}
    said |= {"number_kind": "personnummer", "wall": "using_violence", "service": "", "mode": "full", "deed": "make"}
    return sides.browser.post(NEW, said | {"by": str(sides.member), "once": str(uuid4())})


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Every address of the staff's door that names a file, as a pattern to put the file in, and its other parts."""
    yield from _below(get_resolver().url_patterns, "/")


def _below(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, list[str]]]:
    for one in patterns:
        where = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, where)
        elif "<uuid:file>" in where:
            yield where, re.findall(r"<(?!uuid:file>)[^>]+>", where)


def _at(pattern: str) -> tuple[Probe, Probe]:
    def path(sought: Sought) -> str:
        address = pattern.replace("<uuid:file>", str(sought.file))
        return re.sub(r"<[^>]+>", lambda part: str(UUID(int=7)) if "uuid" in part[0] else "x", address)

    def read(sides: Sides, sought: Sought) -> HttpResponse:
        return sides.browser.get(path(sought))

    def write(sides: Sides, sought: Sought) -> HttpResponse:
        said = {"by": str(sides.member), "deed": "open", "reason": "urgent", "words": "Hon ringer nu", "text": "x"}
        return sides.browser.post(path(sought), said)

    return read, write


def probes() -> dict[str, Probe]:
    """Everything she can try, by name."""
    found: dict[str, Probe] = {
        "given name": _search(lambda s: s.given),
        "family name": _search(lambda s: s.family),
        "whole name": _search(lambda s: f"{s.given} {s.family}"),
        "number": _search(lambda s: s.number),
        "number, short": _search(lambda s: f"{s.number[2:8]}-{s.number[8:]}"),
        "reference": _search(lambda s: s.ref),
        "reference, small letters": _search(lambda s: s.ref.lower()),
        "all files": lambda sides, sought: sides.browser.get(f"{FILES}?visa=alla"),
        "list after the file": lambda sides, sought: sides.browser.get(
            f"{FILES}?visa=alla&efter=20991231-{sought.file.hex}"
        ),
        "own desk": lambda sides, sought: sides.browser.get("/personal/"),
        "new file": _new_file,
    }
    for pattern, _ in addresses():
        read, write = _at(pattern)
        found |= {f"read {pattern}": read, f"write {pattern}": write}
    return found


def plain(answer: HttpResponse, sought: Sought) -> tuple[int, str, tuple[Any, ...]]:
    """The answer without what changes each time, and without the question."""
    text = answer.content.decode()
    for trace in sought.traces:
        text = text.replace(trace, "·")
    where = CHANGING.sub("~", answer.headers.get("Location", ""))
    return answer.status_code, CHANGING.sub("~", text), (where, sorted(set(answer.headers) - {"Date"}))
