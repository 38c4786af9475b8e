"""What a changed catalogue means for people: verdicts before and after, and whether anybody still gets in. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from lykta.catalogue.changes import Difference
from lykta.catalogue.enums import Audience, Fact, Verdict, Who
from lykta.catalogue.personas import Tried
from lykta.catalogue.rules import NUMBERS, VALUES, Catalogue, Persona, RuleRow, Service, ServiceVerdict, verdict_on

WAYS_IN = frozenset({Verdict.OPEN, Verdict.DECISION, Verdict.EITHER, Verdict.ASK})
ORDER = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Moved:
    """One service for one person. before: None where the service is new; after: None where it is gone."""

    code: str
    before: ServiceVerdict | None
    after: ServiceVerdict | None

    @property
    def is_other(self) -> bool:
        """Whether the answer or its reasons differ."""
        return self.before != self.after

    @property
    def is_other_verdict(self) -> bool:
        """Whether the answer itself differs, not only what is said about it."""
        return (self.before and self.before.verdict) != (self.after and self.after.verdict)

    @property
    def opens(self) -> bool | None:
        """Whether a way in was opened, or shut (False); None where neither."""
        was, is_ = (one is not None and one.verdict in WAYS_IN for one in (self.before, self.after))
        return None if was == is_ else is_


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the thought-up people get a verdict, before and after."""

    verdict: Verdict
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ServiceImpact:
    """One service over everybody one can think of. people: how many; moved: how many get another verdict."""

    code: str
    people: int
    moved: int
    shares: tuple[Share, ...]

    @property
    def had_a_way_in(self) -> bool:
        return any(share.before for share in self.shares if share.verdict in WAYS_IN)

    @property
    def has_a_way_in(self) -> bool:
        return any(share.after for share in self.shares if share.verdict in WAYS_IN)

    @property
    def shuts(self) -> bool:
        """Whether nobody gets in any more, though somebody did."""
        return self.had_a_way_in and not self.has_a_way_in


def days_that_matter(found: Iterable[Difference], today: date) -> tuple[date, ...]:
    """Today, and each later day on which a changed row begins or ends, in either edition."""
    rows = [row for one in found for row in (one.before, one.after) if row]
    days = {day for row in rows for day in (row.valid_from, row.valid_to) if day and day > today}
    return (today, *sorted(days))


def moved_for(before: Catalogue, after: Catalogue, tried: Tried, on: date) -> tuple[Moved, ...]:
    """Every service for one person on one day, in the order of the catalogue."""
    was, is_ = tried.in_(before), tried.in_(after)
    return tuple(
        Moved(code, _verdict(old, was, on), _verdict(new, is_, on))
        for code, (old, new) in _pairs(before, after).items()
    )


def impact_on(before: Catalogue, after: Catalogue, on: date) -> tuple[ServiceImpact, ...]:
    """Every service over a grid of everybody, on one day. Whoever is asked has answered: silence is always let in."""
    return tuple(_impact(code, pair, on) for code, pair in _pairs(before, after).items())


def left_without(before: Catalogue, after: Catalogue, on: date) -> tuple[Who, ...]:
    """Those for whom no service for persons concerned has a way in any more, though one had."""
    return tuple(who for who in Who if _is_let_in(before, who, on) and not _is_let_in(after, who, on))


def shuts_somebody_out(before: Catalogue, after: Catalogue, on: date) -> bool:
    """Whether a service has no way in any more, or some people have no service: to be told loudly."""
    return any(one.shuts for one in impact_on(before, after, on)) or bool(left_without(before, after, on))


def _is_let_in(catalogue: Catalogue, who: Who, on: date) -> bool:
    services = (one for one in catalogue.services if one.audience is Audience.CONCERNED)
    return any(
        verdict_on(service, persona, on).verdict in WAYS_IN
        for service in services
        for persona in _people((service,), on, (who,))
    )


def _pairs(before: Catalogue, after: Catalogue) -> dict[str, tuple[Service | None, Service | None]]:
    old, new = ({one.code: one for one in catalogue.services} for catalogue in (before, after))
    return {code: (old.get(code), new.get(code)) for code in (new | old)}


def _verdict(service: Service | None, persona: Persona, on: date) -> ServiceVerdict | None:
    return verdict_on(service, persona, on) if service else None


def _impact(code: str, pair: tuple[Service | None, Service | None], on: date) -> ServiceImpact:
    services = tuple(one for one in pair if one)
    old, new = pair
    found = [
        Moved(code, _verdict(old, persona, on), _verdict(new, persona, on))
        for persona in _people(services, on, tuple(Who))
    ]
    shares = tuple(
        Share(
            verdict,
            sum(one.before is not None and one.before.verdict is verdict for one in found),
            sum(one.after is not None and one.after.verdict is verdict for one in found),
        )
        for verdict in ORDER
    )
    return ServiceImpact(code, len(found), sum(one.is_other_verdict for one in found), shares)


def _people(services: tuple[Service, ...], on: date, whos: tuple[Who, ...]) -> Iterator[Persona]:
    """Everybody whom the rules of these services can tell apart, each fact told."""
    rows = [row for service in services for row in service.rules_on(on)]
    facts = [fact for fact in dict.fromkeys(row.fact for row in rows) if fact is not Fact.WHO]
    for who in whos:
        mine = [fact for fact in facts if any(row.fact is fact and row.concerns(who) for row in rows)]
        values = (_values(fact, rows) for fact in mine)
        for told in product(*values):
            yield Persona(who, **dict(zip((fact.value for fact in mine), told, strict=True)))  # type: ignore[arg-type]  # each value is of its fact


def _values(fact: Fact, rows: list[RuleRow]) -> tuple[object, ...]:
    """One value from each group of values that no rule tells apart."""
    if fact not in NUMBERS:
        return tuple(value == "true" if value in ("true", "false") else value for value in VALUES[fact])
    numbers = NUMBERS[fact]
    answers = (answer for row in rows if row.fact is fact for answer in row.answers)
    cuts = {cut for answer in answers for cut in (answer.at_least, answer.below) if cut is not None}
    return tuple(sorted({numbers.start} | {cut for cut in cuts if cut in numbers}))
