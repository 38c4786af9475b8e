"""The finder: what the compiled style rules show is what the rule engine says, whatever is answered."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from math import prod

import pytest

from lykta.catalogue.enums import Distance, Fact, Kind, Outcome, Verdict, Who
from lykta.catalogue.rules import UNKNOWN, Answer, Period, Persona, RuleRow, Service, verdict_on, verdicts
from lykta.catalogue.source import read_catalogue
from lykta.core.languages import language
from lykta.core.places import places
from lykta.core.words import words
from lykta.public.content import content_from_repository
from lykta.public.finder import WHOS, Finder
from lykta.public.publish import Publisher, small_script
from lykta.public.rendered import Rendered
from lykta.public.tests.finder_grid import Combination, Shown, combinations, expected, persona

TODAY = date(2026, 11, 23)
HONOUR_ENDED = date(2028, 1, 1)
ONE_FLIGHT = 14_000  # bytes on the wire
HEADERS = 1_500  # of both answers, uncompressed
LANGUAGES = ("sv", "en")

RULE = re.compile(r"^\.f(?P<when>.*) (?::is\((?P<many>.*)\)|#(?P<one>\w+))\{display:(?P<how>none|block)\}$")
PART = re.compile(r"(?P<no>:not\()?:has\((?::is\((?P<many>[#\w,]*)\)|#(?P<one>\w+)):checked\)(?(no)\))")


def finder(lang: str = "sv", on: date = TODAY) -> Finder:
    return Finder(read_catalogue(), words(lang)["public"]["finder"], on)


def ids(many: str | None, one: str | None) -> frozenset[str]:
    return frozenset(many.replace("#", "").split(",")) if many else frozenset([one or ""])


class Sheet:
    """Reads compiled rules back from their text and tells what they do when some buttons are checked."""

    def __init__(self, css: str) -> None:
        self.rules = [self._rule(line) for line in css.splitlines()]

    @staticmethod
    def _rule(line: str) -> tuple[list[tuple[bool, frozenset[str]]], frozenset[str], str]:
        rule = RULE.match(line)
        assert rule, line
        assert not PART.sub("", rule["when"]), line
        parts = [(not part["no"], ids(part["many"], part["one"])) for part in PART.finditer(rule["when"])]
        return parts, ids(rule["many"], rule["one"]), rule["how"]

    def after(self, checked: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """(elements hidden, elements shown)."""
        done: dict[str, set[str]] = {"none": set(), "block": set()}
        for parts, elements, how in self.rules:
            if all(bool(checked & buttons) is wanted for wanted, buttons in parts):
                done[how] |= elements
        return frozenset(done["none"]), frozenset(done["block"])


def shows(made: Finder, sheet: Sheet, combination: Combination, lang: str) -> tuple[Shown, ...]:
    hidden, shown = sheet.after(frozenset(option.id for option in combination if option))
    return tuple(_shown(item, hidden, shown, lang) for item in made.compiled.items)


def _shown(item, hidden: frozenset[str], shown: frozenset[str], lang: str) -> Shown:  # type: ignore[no-untyped-def]
    n, service = item.number, item.service
    fits = f"s{n}" not in hidden
    assert fits is (f"n{n}" not in shown)
    texts = item.reasons if fits else item.refusals
    verdict = None
    if fits and f"k{n}" in shown:
        assert f"b{n}" in hidden, "two verdicts at once"
        verdict = Verdict.ASK
    elif fits and f"b{n}" not in hidden:
        verdict = Verdict(service.route.value)
    return Shown(service.code, fits, verdict, tuple(one[lang] for name, one in texts.items() if name in shown))


@pytest.mark.parametrize("on", [TODAY, HONOUR_ENDED])
@pytest.mark.parametrize("who", [None, *WHOS])
def test_the_style_rules_show_what_the_engine_says(who: Who | None, on: date) -> None:
    made = finder(on=on)
    sheet = Sheet(made.compiled.css)
    grid = [one for one in combinations(made) if (one[0].value if one[0] else None) == who]

    assert len(grid) == prod(len(question.options) + 1 for question in made.questions[1:])
    for combination in grid:
        found = shows(made, sheet, combination, "sv")
        assert found == expected(made, combination, "sv"), combination
        assert any(one.fits for one in found), "an empty list"


@pytest.mark.parametrize("who", [None, *WHOS])
def test_an_answer_to_a_hidden_question_changes_nothing(who: Who | None) -> None:
    made = finder()
    sheet = Sheet(made.compiled.css)
    for combination in combinations(made):
        if (combination[0].value if combination[0] else None) == who:
            asked = zip(combination, made.questions, strict=True)
            seen = tuple(
                option if question.letter == "w" or who in question.whos else None for option, question in asked
            )
            assert shows(made, sheet, combination, "sv") == shows(made, sheet, seen, "sv")


@pytest.mark.parametrize("who", WHOS)
def test_a_question_is_shown_when_an_answer_can_change_what_is_said(who: Who) -> None:
    made = finder()
    _, shown = Sheet(made.compiled.css).after(frozenset([made.questions[0].options[WHOS.index(who)].id]))

    for place, question in enumerate(made.questions[1:], start=1):
        can_change = any(len(results) > 1 for results in _results_by_others(made, who, place))
        assert (f"q{question.letter}" in shown) is can_change, question.name


def _results_by_others(made: Finder, who: Who, place: int) -> Iterator[set[object]]:
    """For each way to answer the other questions: the different verdicts that answers to this one lead to."""
    values = [(None, *question.options) for question in made.questions]
    values[0] = (made.questions[0].options[WHOS.index(who)],)
    for others in product(*(row if i != place else (None,) for i, row in enumerate(values))):
        ways = ((*others[:place], option, *others[place + 1 :]) for option in values[place])
        yield {_said(persona(made, way), made.on) for way in ways}


@cache
def _said(who: Persona, on: date) -> tuple[object, ...]:
    found = verdicts(read_catalogue(), who, on)
    return tuple((one.code, one.verdict, tuple(str(reason.words["sv"]) for reason in one.reasons)) for one in found)


@pytest.mark.parametrize("who", [None, *WHOS])
def test_every_age_of_a_band_is_told_the_same(who: Who | None) -> None:
    made = finder()
    for band in made.bands:
        for honour, decision in product((None, True, False), (None, True)):
            told = {_said(Persona(who=who, age=age, honour=honour, decision=decision), TODAY) for age in band}
            assert len(told) == 1, (band, told)


def test_the_bands_hold_every_age_once_and_somebody_is_told_otherwise_in_the_next() -> None:
    made = finder()

    assert [age for band in made.bands for age in band] == list(range(131))
    for band, following in zip(made.bands, made.bands[1:], strict=False):
        ages = band[0], following[0]
        assert any(len({_said(Persona(who=who, age=age), TODAY) for age in ages}) == 2 for who in WHOS)


def test_about_three_mil_and_not_told_lead_to_the_same_verdicts() -> None:
    for who, age in product((None, *WHOS), (None, 17, 25)):
        found = [
            [one.verdict for one in verdicts(read_catalogue(), Persona(who=who, age=age, distance=far), TODAY)]
            for far in (Distance.UNCLEAR, None)
        ]
        assert found[0] == found[1]


def test_something_else_and_not_told_are_told_the_same_about_gender() -> None:
    rows = [row for one in finder().services for row in one.rules_on(TODAY) if row.fact is Fact.GENDER]

    assert rows
    assert all(row.answer_to("other") is row.answer_to(UNKNOWN) for row in rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_verdict_and_every_reason_has_words(lang: str) -> None:
    made = finder(lang)

    assert all(made.said["badges"][one.value] for one in Verdict if one is not Verdict.NO)
    for item in made.compiled.items:
        assert item.refusals, "nobody is turned away without a reason"
        assert all(one[lang].strip() for one in (*item.reasons.values(), *item.refusals.values()))


def test_all_languages_share_one_set_of_style_rules() -> None:
    assert finder("sv").compiled.css == finder("en").compiled.css


def test_a_service_whose_years_are_over_is_said_but_not_counted() -> None:
    made = finder(on=HONOUR_ENDED)

    assert [one.code for one in made.ended] == ["HEDER"]
    assert "HEDER" not in [one.code for one in made.services]
    body = page("sv", on=HONOUR_ENDED).body.decode()
    assert "Här är alla 10." in body
    assert "Stödet finns under åren 2023–2027." in body


def test_what_is_for_everybody_stands_at_the_end() -> None:
    made = finder()

    assert [one.code for one in made.for_everybody] == ["MATR"]
    for who in (None, *Who):
        assert verdict_on(made.for_everybody[0], Persona(who=who), TODAY).verdict is Verdict.OPEN


def test_a_row_that_answers_alike_is_told_without_its_question() -> None:
    """The question about gender is never shown to a child: an earlier answer to it must not matter either."""
    said = {"sv": "Välkommen.", "en": "Welcome."}
    alike = Answer(frozenset({"woman", "man", "other", UNKNOWN}), None, None, Outcome.FITS, said)
    row = RuleRow("ENSK.alike", Fact.GENDER, Kind.SOFT, frozenset({Who.CHILD}), (alike,), Period(), "a test")
    made = _with_rows("ENSK", row)
    sheet = Sheet(made.compiled.css)

    for combination in combinations(made):
        if combination[0] and combination[0].value == Who.CHILD:
            assert "Välkommen." in shows(made, sheet, combination, "sv")[0].texts


def test_a_row_for_nobody_who_uses_the_finder_is_left_out() -> None:
    said = {"sv": "Bara i yrket.", "en": "Only at work."}
    no = Answer(frozenset(), 0, None, Outcome.NOT, said)
    row = RuleRow("ENSK.work", Fact.AGE, Kind.SCOPE, frozenset({Who.PROFESSIONAL}), (no,), Period(), "a test")

    assert _with_rows("ENSK", row).compiled.css == finder().compiled.css


def _with_rows(code: str, *rows: RuleRow) -> Finder:
    made = finder()

    def changed(service: Service) -> Service:
        return replace(service, rules=(*service.rules, *rows)) if service.code == code else service

    return replace(made, catalogue=replace(made.catalogue, services=tuple(map(changed, made.catalogue.services))))


def page(lang: str, on: date = TODAY) -> Rendered:
    publisher = Publisher(
        content=content_from_repository(),
        exit_url="https://www.smhi.se/",
        base="https://lykta.example",
        on=on,
    )
    (answer,) = publisher.finder(language(lang)).values()
    return answer


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_and_its_script_fit_in_one_flight(lang: str) -> None:
    answer = page(lang)
    script = Rendered(status=200, headers={}, body=small_script())

    assert len(answer.bodies["br"]) + len(script.bodies["br"]) + HEADERS <= ONE_FLIGHT


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_has_no_way_to_send_or_keep_an_answer(lang: str) -> None:
    body = page(lang).body.decode()
    (form,) = re.findall(r'<form class="f".*?</form>', body, re.S)

    assert form.startswith('<form class="f" method="dialog" autocomplete="off"><button disabled hidden></button>')
    assert not re.search(r'type="submit"| action=| formmethod=| style="| value="', form)
    assert re.findall(r"<button([^>]*)>", form)[1:] == [' class="btn quiet" type="reset"']


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_id_stands_once_and_every_style_rule_finds_its_elements(lang: str) -> None:
    body = page(lang).body.decode()
    held = re.findall(r' id="(\w+)"', body)
    named = {name for line in finder(lang).compiled.css.splitlines() for name in re.findall(r"#(\w+)", line)}

    assert len(held) == len(set(held))
    assert named <= set(held)


def test_professionals_are_shown_to_their_own_page() -> None:
    assert f'<a class="calm small" href="{places("sv")["professionals"]}">' in page("sv").body.decode()


def test_both_languages_have_the_same_words() -> None:
    def keys(part: object, path: str = "") -> set[str]:
        if not isinstance(part, dict):
            return {path}
        return {name for key, one in part.items() for name in keys(one, f"{path}.{key}")}

    assert keys(finder("sv").said) == keys(finder("en").said)
