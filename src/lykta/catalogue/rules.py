"""Which service fits whom: plain values in, one verdict for each service out.

A service has rule rows. A row asks about one fact, perhaps only of some (`who`), and has one answer for
every value that fact can take. Ended comes first, then no, then ask; when every row fits, the service's route
decides. Source: domain 2a, 2b; what is unclear there is treated as in 2c: only the law is hard.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lykta.catalogue.enums import (
    Audience,
    Decision,
    Distance,
    Fact,
    Gender,
    Keeping,
    Kind,
    Outcome,
    PhoneStatus,
    Route,
    SelfReferral,
    Verdict,
    Who,
)

type Words = Mapping[str, str]  # language code to text

UNKNOWN = "unknown"
AGES = range(0, 131)  # whole years
TALKS = range(0, 1001)

_TRUTH = ("true", "false")
VALUES: Mapping[Fact, tuple[str, ...]] = {
    Fact.WHO: tuple(Who),
    Fact.GENDER: tuple(Gender),
    Fact.DISTANCE: tuple(Distance),
    Fact.HONOUR: _TRUTH,
    Fact.DECISION: _TRUTH,
    Fact.MUNICIPALITY_CANNOT: _TRUTH,
}
NUMBERS: Mapping[Fact, range] = {Fact.AGE: AGES, Fact.TALKS_USED: TALKS}


@dataclass(frozen=True, slots=True)
class Persona:
    """What a person chose to tell. None means not told.

    age: whole years at the start of the service (domain 2c.3). talks_used: service talks already had.
    """

    who: Who | None = None
    age: int | None = None
    gender: Gender | None = None
    distance: Distance | None = None
    honour: bool | None = None
    decision: bool | None = None
    municipality_cannot: bool | None = None
    talks_used: int = 0

    def value_of(self, fact: Fact) -> str | int:
        """The value as rule rows write it: a number, a word, "true", "false" or "unknown"."""
        told: str | int | bool | None = getattr(self, fact.value)
        if told is None:
            return UNKNOWN
        return str(told).lower() if isinstance(told, bool) else told


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open: the first day belongs, the last does not. None is without end on that side."""

    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)

    def meet(self, other: "Period") -> "Period | None":
        """The days that both hold, or None if there are none."""
        starts = [day for day in (self.valid_from, other.valid_from) if day]
        ends = [day for day in (self.valid_to, other.valid_to) if day]
        start, end = max(starts, default=None), min(ends, default=None)
        return None if start and end and start >= end else Period(start, end)


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that holds for some years: an age, talks, months of a stay. The unit is in the name."""

    name: str
    value: int | float
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a rule row: the values it is for, what it does, and the words that tell why.

    values: words of VALUES and "unknown". at_least, below: for numbers; half-open, None is without end.
    """

    values: frozenset[str]
    at_least: int | None
    below: int | None
    outcome: Outcome
    words: Words | None

    def is_for(self, value: str | int) -> bool:
        if isinstance(value, str):
            return value in self.values
        return (
            (self.at_least is not None or self.below is not None)
            and (self.at_least is None or value >= self.at_least)
            and (self.below is None or value < self.below)
        )


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One question to one fact. `who` empty: asked of everybody; else only of those.

    Exactly one answer is for each value of the fact; reading the catalogue makes sure of it.
    """

    id: str
    fact: Fact
    kind: Kind
    who: frozenset[Who]
    answers: tuple[Answer, ...]
    period: Period
    source: str

    def concerns(self, who: Who | None) -> bool:
        return not self.who or who in self.who

    def answer_to(self, value: str | int) -> Answer:
        return next(answer for answer in self.answers if answer.is_for(value))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a service's page says. `items` in this order: who, come, decision, cost, place, form, limits."""

    items: Mapping[str, Words]
    first: tuple[Words, ...]  # what happens first, in order


@dataclass(frozen=True, slots=True)
class ServiceMode:
    """What may be documented in a service for some time, and the board's decision it rests on (SoL 11:5, 14:3-14:5).

    decided_on: None where the day is not known. conditions: the board's own words, "" where there are none.
    """

    keeping: Keeping
    board: str
    decided_on: date | None
    conditions: str
    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class Service:
    """One row of domain 2a or 2b.

    route: the verdict when every rule is met. period, period_words: a project's years, and how to say them.
    """

    code: str
    order: int
    audience: Audience
    names: Words
    slug: Words
    decision: Decision
    self_referral: SelfReferral
    route: Route
    period: Period
    period_words: Words | None
    plain: Words
    short: Words
    facts: Facts
    limits: tuple[Limit, ...]
    rules: tuple[RuleRow, ...]
    modes: tuple[ServiceMode, ...]
    source: str

    def mode_on(self, on: date) -> ServiceMode | None:
        """What holds for documentation on a day, or None where nobody has said."""
        return next((mode for mode in self.modes if mode.period.holds(on)), None)

    def rules_on(self, on: date) -> tuple[RuleRow, ...]:
        return tuple(row for row in self.rules if row.period.holds(on))

    def limit_on(self, name: str, on: date) -> int | float | None:
        """The value of a limit on a day, or None where no such limit holds."""
        held = (limit.value for limit in self.limits if limit.name == name and limit.period.holds(on))
        return next(held, None)


@dataclass(frozen=True, slots=True)
class Municipality:
    """road_km_unconfirmed: no source seen; for orientation, no rule uses it. sami_area: Lag 2009:724."""

    code: str
    name: str
    seat: str
    lat: float
    lon: float
    population: int
    air_km: int
    road_km_unconfirmed: int
    sami_area: bool


@dataclass(frozen=True, slots=True)
class Locality:
    """A place one can come from. air_km: straight line to Östersund; approximate: position not confirmed."""

    name: str
    air_km: int
    approximate: bool


@dataclass(frozen=True, slots=True)
class DistanceRule:
    """Straight lines (km) that tell something about the road: up to near, over far, between them ask."""

    near_to_km: int
    far_over_km: int
    source: str

    def of(self, air_km: int) -> Distance:
        """A road is never shorter than the straight line, so over far_over_km is proof (domain 2c.5)."""
        if air_km > self.far_over_km:
            return Distance.FAR
        return Distance.NEAR if air_km <= self.near_to_km else Distance.UNCLEAR


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call. last_checked: ISO day, month or year, as exact as the source. show: to the public."""

    id: str
    names: Words
    number: str
    tel: str
    notes: Words | None
    hours: Words | None
    status: PhoneStatus
    last_checked: str
    owner: str
    show: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the centre offers, in order, with the places and numbers that belong to it."""

    languages: tuple[str, ...]
    verdict_words: Mapping[Verdict, Words]
    services: tuple[Service, ...]
    municipalities: tuple[Municipality, ...]
    localities: tuple[Locality, ...]
    distance_rule: DistanceRule
    phones: tuple[Phone, ...]
    house_limits: tuple[Limit, ...]

    def house_limit(self, name: str, on: date) -> int | float:
        """The value of a limit of the whole house on a day. Raises KeyError where none holds."""
        held = ((limit.name, limit.value) for limit in self.house_limits if limit.period.holds(on))
        return _named(name, held)

    def limit_for(self, service: str, name: str, on: date) -> int | float:
        """The service's own limit on a day, else the whole house's. service: its code; one that is no longer there has
        none of its own. Raises KeyError where neither has one.
        """
        own = (one.limit_on(name, on) for one in self.services if one.code == service)
        found = next(own, None)
        return self.house_limit(name, on) if found is None else found

    def service(self, code: str) -> Service:
        """Raises KeyError for an unknown code."""
        return _named(code, ((service.code, service) for service in self.services))

    def phone(self, phone_id: str) -> Phone:
        """Raises KeyError for an unknown id."""
        return _named(phone_id, ((phone.id, phone) for phone in self.phones))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words, and the row it came from."""

    row: str
    outcome: Outcome
    words: Words


@dataclass(frozen=True, slots=True)
class ServiceVerdict:
    """reasons is never empty. For `no` only what says no is told, else all that rows have to say."""

    code: str
    verdict: Verdict
    reasons: tuple[Reason, ...]


def verdicts(catalogue: Catalogue, persona: Persona, on: date) -> tuple[ServiceVerdict, ...]:
    """One verdict for each service of the catalogue, in its order, for one person on one day."""
    return tuple(verdict_on(service, persona, on) for service in catalogue.services)


def verdict_on(service: Service, persona: Persona, on: date) -> ServiceVerdict:
    """The verdict of one service. Outside its years it has ended for everybody, whatever else is true."""
    if service.period_words is not None and not service.period.holds(on):
        ended = Reason(f"{service.code}.years", Outcome.NOT, service.period_words)
        return ServiceVerdict(service.code, Verdict.ENDED, (ended,))
    answered = [
        (row, row.answer_to(persona.value_of(row.fact))) for row in service.rules_on(on) if row.concerns(persona.who)
    ]
    verdict = _strongest((answer.outcome for _, answer in answered), service.route)
    reasons = tuple(
        Reason(row.id, answer.outcome, answer.words)
        for row, answer in answered
        if answer.words is not None and (verdict is not Verdict.NO or answer.outcome is Outcome.NOT)
    )
    return ServiceVerdict(service.code, verdict, reasons)


def _strongest(outcomes: Iterable[Outcome], route: Route) -> Verdict:
    found = set(outcomes)
    if Outcome.NOT in found:
        return Verdict.NO
    return Verdict.ASK if Outcome.ASK in found else Verdict(route.value)


def _named[T](name: str, pairs: Iterable[tuple[str, T]]) -> T:
    for key, thing in pairs:
        if key == name:
            return thing
    raise KeyError(name)
