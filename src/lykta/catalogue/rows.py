"""Reading rule rows: the short way the head of the centre writes them, made whole and proved complete.

Limits named in a rule (`from: min_age`) become numbers here; where a limit changes on a day, the row becomes
two rows with the same id, one for each time. For each value of a fact exactly one answer is left standing.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

from lykta.catalogue.enums import Fact, Kind, Outcome, Who
from lykta.catalogue.reading import Row, label
from lykta.catalogue.rules import NUMBERS, UNKNOWN, VALUES, Answer, Limit, Period, RuleRow, Words

OTHERS = "others"
_BOUNDS = {"from": 0, "above": 1, "below": 0, "to": 1}  # what to add so that all become "from" and "below"

type _Numbers = Mapping[str, int]


class _Draft:
    """One answer as written: bounds may still be names of limits."""

    def __init__(self, row: Row, languages: tuple[str, ...]) -> None:
        self.row = row
        self.values = [_word(row, item) for item in row.items("is")] if row.has("is") else []
        self.bounds = {key: row.take(key) for key in _BOUNDS if row.has(key)}
        self.outcome = row.choice("gives", Outcome)
        self.words = row.words("say", languages) if row.has("say") else None
        row.done()
        if not self.values and not self.bounds:
            raise row.fault("says neither is, from, to, above nor below", "empty_answer")
        if {"from", "above"} <= set(self.bounds) or {"to", "below"} <= set(self.bounds):
            raise row.fault("two bounds point the same way")
        if self.outcome is not Outcome.FITS and self.words is None:
            raise row.fault("say is missing: whoever is not simply welcome is told why", "say_missing")

    def limit_names(self) -> set[str]:
        return {bound for bound in self.bounds.values() if isinstance(bound, str)}

    def with_numbers(self, numbers: _Numbers, others: frozenset[str]) -> Answer:
        low = self._bound(("from", "above"), numbers)
        high = self._bound(("below", "to"), numbers)
        if low is not None and high is not None and low >= high:
            raise self.row.fault(f"no number lies from {low} and below {high}", "crossed", low=low, high=high - 1)
        values = frozenset(self.values) - {OTHERS} | (others if OTHERS in self.values else frozenset())
        return Answer(values, low, high, self.outcome, self.words)

    def _bound(self, keys: tuple[str, str], numbers: _Numbers) -> int | None:
        for key in keys:
            if key in self.bounds:
                bound = self.bounds[key]
                number = numbers[bound] if isinstance(bound, str) else bound
                if isinstance(number, bool) or not isinstance(number, int):
                    raise self.row.fault(f"{key} should be a whole number or a limit, not {bound!r}")
                return number + _BOUNDS[key]
        return None


def read_rules(
    service: Row,
    code: str,
    years: Period,
    limits: tuple[Limit, ...],
    languages: tuple[str, ...],
    who_unknown: Words,
) -> tuple[RuleRow, ...]:
    """All rule rows of a service. The first asks who it is, and answers when that is not told."""
    rows = [
        rule
        for row in service.rows("rules", label("id", f"{code}: rule"))
        for rule in _dated(row, years, limits, languages, who_unknown)
    ]
    if not all(rule.id.startswith(f"{code}.") for rule in rows):
        raise service.fault(f"every rule's id should begin with {code}.")
    if [rule.fact for rule in rows if rule.fact is Fact.WHO] != [Fact.WHO] or rows[0].fact is not Fact.WHO:
        raise service.fault("the first rule, and only that one, should be about who", "who_first")
    for i, rule in enumerate(rows):
        if any(rule.id == other.id and rule.period.meet(other.period) for other in rows[:i]):
            raise service.fault(f"two rows of {rule.id} hold on the same day", "overlap", name=rule.id)
    return tuple(rows)


def _dated(
    row: Row, years: Period, limits: tuple[Limit, ...], languages: tuple[str, ...], who_unknown: Words
) -> Iterator[RuleRow]:
    rule_id, fact, kind = row.text("id"), row.choice("about", Fact), row.choice("kind", Kind)
    source, period = row.text("source"), row.period()
    who = _who(row)
    written = row.rows("answers", lambda i, _: f"{rule_id}: answer {i}")
    drafts = [_Draft(answer, languages) for answer in written]
    row.done()
    if kind is Kind.SOFT and any(draft.outcome is Outcome.NOT for draft in drafts):
        raise row.fault("a soft rule asks, it never says not", "soft_not")
    if fact is Fact.WHO and (who or period != Period()):
        raise row.fault("the rule about who is asked of everybody and always")
    others = _others(fact, drafts)
    held = period.meet(years)
    if held is None:
        raise row.fault("holds on no day of the service's years", "outside_years")
    named = set().union(*(draft.limit_names() for draft in drafts))
    for days, numbers in _numbered(row, named, limits, held):
        answers = tuple(draft.with_numbers(numbers, others) for draft in drafts)
        if fact is Fact.WHO and not any(answer.is_for(UNKNOWN) for answer in answers):
            answers += (Answer(frozenset({UNKNOWN}), None, None, Outcome.ASK, who_unknown),)
        _check_complete(row, fact, answers)
        # A rule that was always meant to hold stays so, also where the service's years end.
        yield RuleRow(rule_id, fact, kind, who, answers, days if named else period, source)


def _numbered(row: Row, named: set[str], limits: tuple[Limit, ...], held: Period) -> Iterator[tuple[Period, _Numbers]]:
    """The times within `held` in which every named limit has one whole value; together they fill it."""
    known = [limit for limit in limits if limit.name in named]
    if missing := named - {limit.name for limit in known}:
        names = ", ".join(sorted(missing))
        raise row.fault(f"no limit is called {names}", "no_limit", name=names)
    days = {day for limit in known for day in (limit.period.valid_from, limit.period.valid_to) if day}
    inside = sorted(day for day in days if held.holds(day) and day != held.valid_from)
    for start, end in pairwise([held.valid_from, *inside, held.valid_to]):
        sample = start or (end - timedelta(days=1) if end else None)
        numbers: dict[str, int] = {}
        for limit in known:
            if sample is None or limit.period.holds(sample):
                if not isinstance(limit.value, int):
                    raise row.fault(f"the limit {limit.name} is not a whole number", "not_whole", name=limit.name)
                numbers[limit.name] = limit.value
        if set(numbers) != named:
            names = ", ".join(sorted(named - set(numbers)))
            raise row.fault(f"a limit of {names} is missing for some days of the rule", "gap", name=names, day=sample)
        yield Period(start, end), numbers


def _who(row: Row) -> frozenset[Who]:
    if not row.has("for"):
        return frozenset()
    items = row.items("for")
    if not items or any(item not in tuple(Who) for item in items):
        raise row.fault(f"for should list some of {', '.join(Who)}")
    return frozenset(Who(str(item)) for item in items)


def _word(row: Row, item: object) -> str:
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, str):
        return item
    raise row.fault(f"is should list words, not {item!r}")


def _others(fact: Fact, drafts: list[_Draft]) -> frozenset[str]:
    named = {value for draft in drafts for value in draft.values}
    return frozenset(VALUES.get(fact, ())) - named


def _check_complete(row: Row, fact: Fact, answers: tuple[Answer, ...]) -> None:
    """Raises CatalogueError unless each value of the fact has exactly one answer, and no other value any."""
    words = set(VALUES.get(fact, ())) | ({UNKNOWN} if fact is not Fact.TALKS_USED else set())
    strange = {value for answer in answers for value in answer.values} - words
    if strange:
        raise row.fault(f"{fact} is never {', '.join(sorted(strange))}")
    if fact not in NUMBERS and any((answer.at_least, answer.below) != (None, None) for answer in answers):
        raise row.fault(f"{fact} is not a number")
    for value in (*sorted(words), *NUMBERS.get(fact, ())):
        count = sum(answer.is_for(value) for answer in answers)
        if count != 1:
            many = "more than one answer" if count else "no answer"
            raise row.fault(f"{fact} {value} has {many}", "twice_answered" if count else "unanswered", value=value)
