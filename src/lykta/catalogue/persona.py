"""A persona as JSON in, the services with their verdicts as JSON or as a table out. Nothing is kept."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lykta.catalogue.enums import Distance, Gender, Who
from lykta.catalogue.rules import AGES, TALKS, Catalogue, Persona, ServiceVerdict, Words, verdicts
from lykta.catalogue.told import Told, filled, told

MAX_SHOWN = 40  # characters of a faulty value that are repeated in the message


class PersonaError(Exception):
    """The input is no persona. The message is one line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One persona and the day asked about; None is today."""

    persona: Persona
    on: date | None


def answer(text: str, catalogue: Catalogue, today: date, lang: str) -> str:
    """JSON in (one persona or a list), JSON out (one answer or a list). Raises PersonaError."""
    asked, say = parse(text, catalogue), Sayer(catalogue, lang, today)
    if isinstance(asked, list):
        return _json([_as_json(one, say) for one in asked])
    return _json(_as_json(asked, say))


def table(text: str, catalogue: Catalogue, today: date, lang: str) -> str:
    """The same answers for people: a line for each service, its reasons below. Raises PersonaError."""
    asked, say = parse(text, catalogue), Sayer(catalogue, lang, today)
    many = asked if isinstance(asked, list) else [asked]
    return "\n\n".join(_as_table(one, say) for one in many)


class Sayer:
    """Says the catalogue's words in one language, the numbers they name as on the day asked about, or today."""

    def __init__(self, catalogue: Catalogue, lang: str, today: date) -> None:
        self.catalogue, self.lang, self.today = catalogue, lang, today
        self._told: dict[date, Told] = {}

    def day_of(self, asked: Asked) -> date:
        """The day asked about."""
        return asked.on or self.today

    def verdicts(self, asked: Asked) -> tuple[ServiceVerdict, ...]:
        """Of every service."""
        return verdicts(self.catalogue, asked.persona, self.day_of(asked))

    def __call__(self, words: Words, asked: Asked) -> str:
        on = self.day_of(asked)
        if on not in self._told:
            self._told[on] = told(self.catalogue, (self.lang,), on)
        return filled(words[self.lang], self._told[on], self.lang)


def parse(text: str, catalogue: Catalogue) -> Asked | list[Asked]:
    """Raises PersonaError for anything that is not one persona or a list of them."""
    if not text.strip():
        raise PersonaError('nothing on standard input; a persona is JSON such as {"who": "exposed"}')
    try:
        content = json.loads(text, object_pairs_hook=_keys_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise PersonaError(f"not JSON: {error.msg} at line {error.lineno} column {error.colno}") from None
    except (ValueError, RecursionError):
        raise PersonaError("not JSON that can be read: a number too long or lists too deep") from None
    if isinstance(content, list):
        return [asked(one, catalogue, f"persona {i}: ") for i, one in enumerate(content, start=1)]
    return asked(content, catalogue, "")


def _keys_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for i, (key, _) in enumerate(pairs) if key in dict(pairs[:i]))
        raise PersonaError(f"the key {_shown(twice)} stands twice")
    return found


def _no_constant(word: str) -> None:
    raise PersonaError(f"not JSON: {word} is no number")


def asked(content: object, catalogue: Catalogue, place: str = "") -> Asked:
    """One persona as it was written. place: what to say first where it is none. Raises PersonaError."""
    if not isinstance(content, dict):
        raise PersonaError(f"{place}a persona is a JSON object, not {_shown(content)}")
    readers: dict[str, Callable[[object], object]] = {
        "who": lambda value: _choice("who", value, Who),
        "age": lambda value: _whole("age", value, AGES),
        "gender": lambda value: _choice("gender", value, Gender),
        "locality": lambda value: distance_of(value, catalogue),
        "honour": lambda value: _truth("honour", value),
        "decision": lambda value: _truth("decision", value),
        "municipality_cannot": lambda value: _truth("municipality_cannot", value),
        "talks_used": lambda value: _whole("talks_used", value, TALKS),
        "on": _day,
    }
    try:
        for key in content:
            if key not in readers:
                raise PersonaError(f"unknown key {_shown(key)}; the keys are {', '.join(readers)}")
        if "who" not in content:
            raise PersonaError(f"who is missing; one of {', '.join(Who)}")
        found = {key: readers[key](value) for key, value in content.items()}
    except PersonaError as error:
        raise PersonaError(f"{place}{error}") from None
    on = found.pop("on", None)
    if "locality" in found:
        found["distance"] = found.pop("locality")
    return Asked(Persona(**found), on)  # type: ignore[arg-type]  # each reader gives its field's own type


def _choice[E: StrEnum](key: str, value: object, kind: type[E]) -> E:
    if not isinstance(value, str) or value not in tuple(kind):
        raise PersonaError(f"{key} should be one of {', '.join(kind)}, not {_shown(value)}")
    return kind(value)


def _whole(key: str, value: object, allowed: range) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
        bounds = f"{allowed.start} to {allowed.stop - 1}"
        raise PersonaError(f"{key} should be a whole number from {bounds}, not {_shown(value)}")
    return value


def _truth(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise PersonaError(f"{key} should be true or false, not {_shown(value)}")
    return value


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # such as 30 February: falls through to the same sentence
    raise PersonaError(f"on should be a day such as 2026-11-23, not {_shown(value)}")


def distance_of(value: object, catalogue: Catalogue) -> Distance:
    """Only the distance of a place goes further; its name stops here."""
    if isinstance(value, str):
        for place in catalogue.localities:
            if _plain(place.name) == _plain(value):
                return catalogue.distance_rule.of(place.air_km)
        if any(_plain(value) == _plain(place.name) for place in catalogue.municipalities):
            raise PersonaError(f"locality {_shown(value)} is a municipality; name the place itself")
    raise PersonaError(f"locality {_shown(value)} is not in the list of localities.yaml")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _shown(value: object) -> str:
    """The value on one line, in plain ASCII, cut where it is long: it came from outside."""
    shown = json.dumps(value)
    return shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}..."


def _as_json(asked: Asked, say: Sayer) -> dict[str, object]:
    return {
        "services": [
            {
                "code": one.code,
                "verdict": one.verdict.value,
                "reasons": [{"row": reason.row, "text": say(reason.words, asked)} for reason in one.reasons],
            }
            for one in say.verdicts(asked)
        ]
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_table(asked: Asked, say: Sayer) -> str:
    lines = []
    for one in say.verdicts(asked):
        name = say(say.catalogue.service(one.code).names, asked)
        lines.append(f"{one.code:<8} {say(say.catalogue.verdict_words[one.verdict], asked):<40} {name}")
        lines += [f"{'':8} - {say(reason.words, asked)} [{reason.row}]" for reason in one.reasons]
    return "\n".join(lines)
