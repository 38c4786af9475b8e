"""The finder: the catalogue's rules compiled to style rules, so that no answer ever leaves the phone.

Every answer is a radio button. A rule row becomes `.f:has(#w0:checked):has(#a1:checked) #x3{display:block}`.
Each element is either hidden until a rule shows it or shown until a rule hides it, so no rule undoes another
and their order does not matter. A row is asked of some (`who`); the same whos stand in its selector, and a
question that is shown to others only can therefore never change what they see.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from lykta.catalogue.enums import Audience, Distance, Fact, Gender, Outcome, Who
from lykta.catalogue.rules import AGES, UNKNOWN, Answer, Catalogue, Persona, RuleRow, Service, Words
from lykta.core.styles import SHEETS
from lykta.core.words import words
from lykta.public.blocks import Writer

WHOS = (
    Who.EXPOSED,
    Who.CHILD,
    Who.IMPORTANT_ADULT,
    Who.RELATIVE,
    Who.USING_VIOLENCE,
    Who.BUYS_SEX,
    Who.PARTNER_IN_TREATMENT,
)
LAYOUT = SHEETS / "finder.css"
UNSURE = {"yes": "true", "no": "false", "unsure": UNKNOWN}
# Letter of the radio group, its fact, and each option's value as rule rows write it. Age is cut by the rules.
ASKED: Mapping[str, tuple[str, Fact, Mapping[str, str]]] = {
    "who": ("w", Fact.WHO, {who.value: who.value for who in WHOS}),
    "age": ("a", Fact.AGE, {}),
    "gender": ("g", Fact.GENDER, {gender.value: gender.value for gender in Gender}),
    "honour": ("h", Fact.HONOUR, UNSURE),
    "decision": ("d", Fact.DECISION, UNSURE),
    # "About three mil, or don't know" is asked as not told: those words are true of both.
    "far": ("f", Fact.DISTANCE, {"yes": Distance.FAR, "no": Distance.NEAR, "unsure": UNKNOWN}),
}
NOBODY = Persona()  # what is not asked here is not told, and no talks are used

type Literal = tuple[bool, tuple[str, ...]]  # is one of these checked, or none of them
type Condition = tuple[Literal, ...]  # all of them hold


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button. value: as rule rows write it. ages: the whole years it stands for, if about age."""

    id: str
    value: str | int
    label: str
    ages: range | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One group of radio buttons. whos: whom it can tell something; the first question is for everybody."""

    letter: str
    name: str
    fact: Fact
    options: tuple[Option, ...]
    whos: frozenset[Who]


@dataclass(slots=True)
class Item:
    """One service on the page, by its number. reasons, refusals: words by the id of their element."""

    number: int
    service: Service
    reasons: dict[str, Words] = field(default_factory=dict)
    refusals: dict[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compiled:
    """items: what can be offered. rules: ids of elements to hide and to show under each condition."""

    items: tuple[Item, ...]
    rules: Mapping[Condition, tuple[list[str], list[str]]]

    @property
    def css(self) -> str:
        return "".join(
            f"{selector(condition)} {_any(ids)}{{display:{display}}}\n"
            for condition, (hidden, shown) in self.rules.items()
            for ids, display in ((hidden, "none"), (shown, "block"))
            if ids
        )


@dataclass(frozen=True)
class Finder:
    """The finder of one catalogue, in one language's words, as of one day."""

    catalogue: Catalogue
    said: Mapping[str, Any]
    on: date

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """For the people concerned and within their years."""
        return tuple(one for one in self._concerned() if one.period.holds(self.on))

    @cached_property
    def ended(self) -> tuple[Service, ...]:
        return tuple(one for one in self._concerned() if not one.period.holds(self.on))

    @cached_property
    def for_everybody(self) -> tuple[Service, ...]:
        """Of the services for professionals, those that turn nobody away: said once, at the end."""
        values = (*Who, UNKNOWN)
        return tuple(
            one
            for one in self.catalogue.services
            if one.audience is Audience.PROFESSIONAL
            and one.period.holds(self.on)
            and all(row.answer_to(value).outcome is Outcome.FITS for row in self._rows(one) for value in values)
        )

    @cached_property
    def bands(self) -> tuple[range, ...]:
        """Ages cut wherever some rule begins to answer otherwise."""
        rows = self._rows_about(Fact.AGE)
        cuts = [age for age in AGES[1:] if any(row.answer_to(age) is not row.answer_to(age - 1) for row in rows)]
        return tuple(range(start, stop) for start, stop in pairwise([AGES.start, *cuts, AGES.stop]))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Those that can tell somebody something, in order."""
        found = (
            Question(letter, name, fact, self._options(name, letter, values), self._whos(fact))
            for name, (letter, fact, values) in ASKED.items()
        )
        return tuple(question for question in found if question.whos)

    @cached_property
    def compiled(self) -> Compiled:
        items = tuple(Item(number, service) for number, service in enumerate(self.services))
        rules: dict[Condition, tuple[list[str], list[str]]] = {}
        for condition, hidden, shown in (
            *self._follow_ups(),
            *(deed for item in items for deed in self._deeds(item)),
        ):
            for ids, into in zip((hidden, shown), rules.setdefault(condition, ([], [])), strict=True):
                into += [one for one in ids if one not in into]
        return Compiled(items, rules)

    def _concerned(self) -> Iterator[Service]:
        return (one for one in self.catalogue.services if one.audience is Audience.CONCERNED)

    def _rows(self, service: Service) -> tuple[RuleRow, ...]:
        return service.rules_on(self.on)

    def _whos(self, fact: Fact) -> frozenset[Who]:
        """For whom some row about the fact has more than one thing to say."""
        if fact is Fact.WHO:
            return frozenset(WHOS)
        rows = [row for row in self._rows_about(fact) if len(row.answers) > 1]
        return frozenset(who for who in WHOS if any(row.concerns(who) for row in rows))

    def _rows_about(self, fact: Fact) -> list[RuleRow]:
        rows = (row for one in self.services for row in self._rows(one))
        return [row for row in rows if row.fact is fact and _of_some(row)]

    def _options(self, name: str, letter: str, values: Mapping[str, str]) -> tuple[Option, ...]:
        said = self.said["questions"][name]
        if name != "age":
            written = enumerate(values.items())
            return tuple(Option(f"{letter}{i}", value, said["options"][key]) for i, (key, value) in written)
        last = len(self.bands)
        bands = (Option(f"a{i}", band.start, _band(band, said), band) for i, band in enumerate(self.bands))
        return (*bands, Option(f"a{last}", UNKNOWN, said["unsure"]))

    def _follow_ups(self) -> Iterator[tuple[Condition, list[str], list[str]]]:
        for question in self.questions[1:]:
            yield ((True, self._who_ids(question.whos)),), [], [f"q{question.letter}"]

    def _deeds(self, item: Item) -> Iterator[tuple[Condition, list[str], list[str]]]:
        """(condition, what it hides, what it shows) for every answer of every row of one service."""
        n = item.number
        for row in self._rows(item.service):
            for answer in row.answers:
                given, told = self._conditions(row, answer)
                if given is not None and answer.outcome is Outcome.NOT:
                    yield given, [f"s{n}"], ["no", f"n{n}", _element(item.refusals, f"n{n}", answer.words)]
                if given is not None and answer.outcome is Outcome.ASK:
                    yield given, [f"b{n}"], []
                if told is None or answer.outcome is Outcome.NOT:
                    continue
                shown = [f"k{n}"] if answer.outcome is Outcome.ASK else []
                # To whom it is open says the plain condition already.
                if answer.words and (shown or row.fact is not Fact.WHO):
                    shown.append(_element(item.reasons, f"x{n}", answer.words))
                if shown:
                    yield told, [], shown

    def _conditions(self, row: RuleRow, answer: Answer) -> tuple[Condition | None, Condition | None]:
        """When the answer holds, and when it was also told; None is never.

        A question left open holds as unknown but tells nothing. What is not asked, or always answered
        alike, holds as it is.
        """
        asked: Condition = ((True, self._who_ids(row.who)),) if row.who else ()
        if not _of_some(row):
            return None, None
        question = next((one for one in self.questions if one.fact is row.fact), None)
        if question is None or len(row.answers) == 1:
            holds = answer.is_for(NOBODY.value_of(row.fact))
            return (asked, asked) if holds else (None, None)
        ids = tuple(one.id for one in question.options if answer.is_for(one.value))
        told = (*asked, (True, ids)) if ids else None
        if not answer.is_for(UNKNOWN):
            return told, told
        others = tuple(one.id for one in question.options if one.id not in ids)
        return ((*asked, (False, others)) if others else asked), told

    def _who_ids(self, whos: frozenset[Who]) -> tuple[str, ...]:
        return tuple(one.id for one in self.questions[0].options if one.value in whos)


def _of_some(row: RuleRow) -> bool:
    """Whether anybody who uses the finder is meant."""
    return not row.who or bool(row.who.intersection(WHOS))


def selector(condition: Condition) -> str:
    """`.f` where the condition holds."""
    checks = ((checked, f":has({_any(ids)}:checked)") for checked, ids in condition)
    return ".f" + "".join(check if checked else f":not({check})" for checked, check in checks)


def _any(ids: Sequence[str]) -> str:
    return f"#{ids[0]}" if len(ids) == 1 else f":is({','.join(f'#{one}' for one in ids)})"


def _element(known: dict[str, Words], prefix: str, words: Words | None) -> str:
    """The id of the element with these words; the same words of a service stand on the page once."""
    if words is None:
        raise ValueError("an answer that is not simply welcome has words")  # the catalogue's reader sees to it
    for name, one in known.items():
        if one == words:
            return name
    name = f"{prefix}_{len(known)}"
    known[name] = words
    return name


def _band(band: range, said: Mapping[str, str]) -> str:
    if len(band) == 1:
        return said["single"].format(age=band.start)
    if band.start == AGES.start:
        return said["under"].format(to=band.stop)
    if band.stop == AGES.stop:
        return said["over"].format(**{"from": band.start})
    return said["band"].format(**{"from": band.start, "to": band.stop - 1})


def finder_for(writer: Writer) -> Finder:
    return Finder(writer.catalogue, words(writer.lang)["public"]["finder"], writer.on)


def finder_css(finder: Finder) -> str:
    """The style rules of the page: its layout, and its answers where a browser can sort."""
    return LAYOUT.read_text(encoding="utf-8").replace("/* answers */", finder.compiled.css)


def finder_context(finder: Finder, writer: Writer) -> dict[str, Any]:
    """Context of `public/finder.html`, without the frame."""
    said = finder.said
    total = len(finder.services)
    asked = said["questions"]
    first, *rest = (
        {"letter": one.letter, "options": one.options, **_asked(asked[one.name])} for one in finder.questions
    )
    return {
        "who": first,
        "questions": rest,
        "items": [
            writer.service(item.service)
            | {
                "n": item.number,
                "badge": said["badges"][item.service.route.value],
                "reasons": {name: writer.told(one) for name, one in item.reasons.items()},
                "refusals": {name: writer.told(one) for name, one in item.refusals.items()},
            }
            for item in finder.compiled.items
        ],
        "ended": [
            writer.service(one) | {"years": writer.told(one.period_words) if one.period_words else ""}
            for one in finder.ended
        ],
        "everybody": [writer.service(one) for one in finder.for_everybody],
        "before": said["before"].format(total=total),
        "of_total": said["sum_rest"].format(total=total),
        "pages": writer.links.pages,
    }


def _asked(said: Mapping[str, str]) -> dict[str, str]:
    return {"legend": said["legend"], "help": said.get("help", "")}
