"""Every way to answer the finder, and what the rule engine says the page should show then.

Shared by the tests of the compiled rules and by the walk through a real browser. Knows no style rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from lykta.catalogue.enums import Distance, Fact, Gender, Outcome, Verdict, Who
from lykta.catalogue.rules import UNKNOWN, Persona, RuleRow, Service, verdict_on
from lykta.public.finder import Finder, Option

type Combination = tuple[Option | None, ...]  # one for each question, in order; None is left open


@dataclass(frozen=True)
class Shown:
    """One service. verdict: None where nothing is settled yet. texts: why, or why not."""

    code: str
    fits: bool
    verdict: Verdict | None
    texts: tuple[str, ...]


def combinations(finder: Finder) -> Iterator[Combination]:
    return product(*((None, *question.options) for question in finder.questions))


def persona(finder: Finder, combination: Combination, *, last_year: bool = False) -> Persona:
    """Whom the engine would see. last_year: the oldest instead of the youngest of an age band."""
    told: dict[str, object] = {}
    for question, option in zip(finder.questions, combination, strict=True):
        if option is None or option.value == UNKNOWN:
            continue
        told[question.fact.value] = _value(question.fact, option, last_year=last_year)
    return Persona(**told)  # type: ignore[arg-type]  # each fact gets its own type below


def _value(fact: Fact, option: Option, *, last_year: bool) -> object:
    if fact is Fact.AGE:
        assert option.ages is not None
        return option.ages[-1 if last_year else 0]
    kinds = {Fact.WHO: Who, Fact.GENDER: Gender, Fact.DISTANCE: Distance}
    return kinds[fact](str(option.value)) if fact in kinds else option.value == "true"


def expected(finder: Finder, combination: Combination, lang: str, *, last_year: bool = False) -> tuple[Shown, ...]:
    who = persona(finder, combination, last_year=last_year)
    told = frozenset(one.fact for one, option in zip(finder.questions, combination, strict=True) if option)
    asked = frozenset(one.fact for one in finder.questions)
    return tuple(_shown(one, who, told, asked, finder.on, lang) for one in finder.services)


def _shown(service: Service, who: Persona, told: frozenset[Fact], asked: frozenset[Fact], on: date, lang: str) -> Shown:
    found = verdict_on(service, who, on)
    if found.verdict is Verdict.NO:
        return Shown(service.code, False, None, tuple(reason.words[lang] for reason in found.reasons))
    rows = {row.id: row for row in service.rules_on(on)}
    said = [reason for reason in found.reasons if _is_told(rows[reason.row], told, asked)]
    settled = found.verdict is not Verdict.ASK or any(reason.outcome is Outcome.ASK for reason in said)
    texts = tuple(
        reason.words[lang]
        for reason in said
        if not (rows[reason.row].fact is Fact.WHO and reason.outcome is Outcome.FITS)
    )
    return Shown(service.code, True, found.verdict if settled else None, texts)


def _is_told(row: RuleRow, told: frozenset[Fact], asked: frozenset[Fact]) -> bool:
    """Whether the visitor has answered what the row asks, or the answer is the same for all."""
    return row.fact in told or row.fact not in asked or len(row.answers) == 1
