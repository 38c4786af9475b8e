"""What stands behind `{limit:…}`, `{hours:…}`, `{count:…}` and `{fact:…}` in every language, on one day.

Numbers come from the catalogue. A fact is a sentence; where its translation is missing or older than the Swedish one,
the language borrows the newest words there are, so that no page anywhere goes on saying what is no longer true.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from lykta.catalogue.rules import Catalogue
from lykta.catalogue.source import read_catalogue
from lykta.catalogue.told import told
from lykta.core import clock
from lykta.core.languages import languages
from lykta.core.voice import NAMED, Number, Voice

FACTS = Path(__file__).with_name("facts")
SOURCE, BRIDGE = "sv", "en"


@dataclass(frozen=True)
class Fact:
    """One fact in one language. is_current: nothing has changed in the Swedish one since it was compared."""

    text: str
    is_current: bool = True


type Facts = Mapping[str, Mapping[str, Fact]]  # name -> language -> what is said


def facts_in(folder: Path = FACTS) -> dict[str, dict[str, Fact]]:
    """The facts as they come with the program."""
    found: dict[str, dict[str, Fact]] = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.stem != SOURCE):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.setdefault(row["name"], {})[path.stem] = Fact(row["text"])
    return found


def abouts() -> dict[str, str]:
    """What each fact is, in words for staff."""
    rows = yaml.safe_load((FACTS / f"{SOURCE}.yaml").read_text(encoding="utf-8"))
    return {row["name"]: row["about"] for row in rows}


def voice_of(
    catalogue: Catalogue, facts: Facts, langs: tuple[str, ...], on: date, words: Mapping[str, Any] | None = None
) -> Voice:
    """Everything words can name, on one day. words: what the centre says in place of the program's own words."""
    numbers = told(catalogue, langs, on)
    values: dict[str, dict[str, tuple[str, str]]] = {
        lang: {name: _borrowed(said, lang) for name, said in numbers.items()} for lang in langs
    }
    counted = Voice(values={lang: dict(own) for lang, own in values.items()})
    for lang in langs:
        values[lang] |= dict(_facts(facts, lang, counted))
    phones = {one.id: Number(one.number, one.tel) for one in catalogue.phones}
    return Voice(words=words or {}, values=values, phones=phones)


def voice_of_repository() -> Voice:
    """What the program itself says, on the day it is first asked."""
    langs = tuple(row.code for row in languages())
    return voice_of(read_catalogue(), facts_in(), langs, clock.today())


def borrowed(lang: str, there: Collection[str]) -> str:
    """The language itself where it is there, else English, else Swedish."""
    return next(code for code in (lang, BRIDGE, SOURCE, *there) if code in there)


def _borrowed(said: Mapping[str, str], lang: str) -> tuple[str, str]:
    code = borrowed(lang, said)
    return said[code], code


def _facts(facts: Facts, lang: str, counted: Voice) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, said in facts.items():
        current = {code: one.text for code, one in said.items() if one.is_current}
        if current:
            text, code = _borrowed(current, lang)
            yield f"fact:{name}", (counted.says(code, text), code)


def unknown_in(text: str, voice: Voice, lang: str) -> list[str]:
    """What the text names and nobody knows: `limit:talks`, in the order it stands."""
    values = voice.values.get(lang, {})
    named = [f"{kind}:{name}" for kind, name in NAMED.findall(text)]
    return [one for one in named if one not in values and one.removeprefix("phone:") not in voice.phones]
