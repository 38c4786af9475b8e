"""What stands behind `{limit:…}`, `{hours:…}`, `{count:…}` and `{fact:…}` in every language, on one day.

Numbers come from the catalogue. A fact is a sentence; where its translation is missing or older than the Swedish one,
the language borrows the newest words there are, so that no page anywhere goes on saying what is no longer true.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from lykta.catalogue.rules import Catalogue
from lykta.catalogue.source import read_catalogue
from lykta.catalogue.told import Told, told
from lykta.core import clock
from lykta.core.languages import languages
from lykta.core.voice import NAMED, Number, Voice
from lykta.core.words import read_yaml, written
from lykta.people.enums import PhoneUse
from lykta.people.facts import CentreFacts, Hours
from lykta.people.hours import said

FACTS = Path(__file__).with_name("facts")
SOURCE, BRIDGE = "sv", "en"


@dataclass(frozen=True)
class Fact:
    """One fact in one language. is_current: nothing has changed in the Swedish one since it was compared."""

    text: str
    is_current: bool = True


type Facts = Mapping[str, Mapping[str, Fact]]  # name -> language -> what is said


@cache
def facts_in(folder: Path = FACTS) -> dict[str, dict[str, Fact]]:
    """The facts as they come with the program."""
    found: dict[str, dict[str, Fact]] = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.stem != SOURCE):
        for row in read_yaml(path):
            found.setdefault(row["name"], {})[path.stem] = Fact(row["text"])
    return found


def abouts() -> dict[str, str]:
    """What each fact is, in words for staff."""
    return {row["name"]: row["about"] for row in read_yaml(FACTS / f"{SOURCE}.yaml")}


def voice_of(
    catalogue: Catalogue,
    facts: Facts,
    langs: tuple[str, ...],
    on: date,
    *,
    words: Mapping[str, Any] | None = None,
    centre: CentreFacts | None = None,
) -> Voice:
    """Everything words can name, on one day. words: what the centre says in place of the program's own words."""
    numbers = {**told(catalogue, langs, on), **own_told(centre, catalogue, langs)}
    values: dict[str, dict[str, tuple[str, str]]] = {
        lang: {name: _borrowed(one, lang) for name, one in numbers.items()} for lang in langs
    }
    counted = Voice(values={lang: dict(own) for lang, own in values.items()})
    for lang in langs:
        values[lang] |= dict(_facts(facts, lang, counted))
    phones = {one.id: Number(one.number, one.tel) for one in catalogue.phones if one.show}
    phones |= {f"own_{one.use}": Number(one.number, one.tel) for one in reversed(centre.phones if centre else ())}
    return Voice(words=words or {}, values=values, phones=phones)


def own_told(centre: CentreFacts | None, catalogue: Catalogue, langs: tuple[str, ...]) -> Told:
    """What the centre says of itself: `{centre:name}`, `{centre:board}`, `{centre:hours}` and the like.

    What it has not told is "": a row of facts that says nothing is left out. Where no centre stands yet the name is the
    program's own, and the municipalities are all of the county's.
    """
    here = centre.words.municipalities if centre else [one.code for one in catalogue.municipalities]
    names = sorted(one.name for one in catalogue.municipalities if one.code in here)
    plain = {name: getattr(centre.words, name) if centre else "" for name in ("name", "board", "email", "address")}
    plain |= {"municipalities": ", ".join(names), "phone": _rung_first(centre)}
    found = {f"centre:{name}": dict.fromkeys(langs, text) for name, text in plain.items()}
    found["centre:hours"] = {lang: week_said(centre.hours, lang) if centre else "" for lang in langs}
    if centre is None:
        words = {lang: written(lang).get("core") or written(BRIDGE)["core"] for lang in langs}
        found["centre:name"] = {lang: words[lang]["centre"] for lang in langs}
    return found


def _rung_first(centre: CentreFacts | None) -> str:
    """The number to ring the centre on: its main one, else the first it has told."""
    phones = sorted(centre.phones if centre else (), key=lambda one: one.use != PhoneUse.MAIN)
    return phones[0].number if phones else ""


def week_said(hours: Hours, lang: str) -> str:
    """`måndag–torsdag 8–16, fredag 8–15`: days in a row with the same hours are told together."""
    names = (written(lang).get("core") or written(BRIDGE)["core"])["weekdays"]
    open_days = [(day, said(spans)) for day, spans in sorted(hours.week.items()) if spans]
    rows = []
    for times, run in groupby(enumerate(open_days), lambda pair: (pair[1][0] - pair[0], pair[1][1])):
        days = [day for _, (day, _) in run]
        first, last = names[days[0]], names[days[-1]]
        rows.append(f"{first if first == last else f'{first}–{last}'} {times[1]}")
    return ", ".join(rows)


def voice_of_repository() -> Voice:
    """What the program itself says, on the day it is first asked."""
    langs = tuple(row.code for row in languages())
    return voice_of(read_catalogue(), facts_in(), langs, clock.today())


def borrowed(lang: str, there: Collection[str]) -> str:
    """The language itself where it is there, else English, else Swedish."""
    return next(code for code in (lang, BRIDGE, SOURCE, *there) if code in there)


def _borrowed(there: Mapping[str, str], lang: str) -> tuple[str, str]:
    code = borrowed(lang, there)
    return there[code], code


def _facts(facts: Facts, lang: str, counted: Voice) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, there in facts.items():
        current = {code: one.text for code, one in there.items() if one.is_current}
        if current:
            text, code = _borrowed(current, lang)
            yield f"fact:{name}", (counted.says(code, text), code)


def unknown_in(text: str, voice: Voice, lang: str) -> list[str]:
    """What the text names and nobody knows: `limit:talks`, in the order it stands."""
    values = voice.values.get(lang, {})
    named = [f"{kind}:{name}" for kind, name in NAMED.findall(text)]
    return [one for one in named if one not in values and one.removeprefix("phone:") not in voice.phones]
