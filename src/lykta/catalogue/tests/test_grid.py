"""Every persona of a coarse grid against every service: what must hold always, holds everywhere."""

from datetime import date
from itertools import product

import pytest

from lykta.catalogue.enums import Distance, Gender, Kind, Outcome, Verdict, Who
from lykta.catalogue.rules import AGES, Persona, verdicts
from lykta.catalogue.source import read_catalogue

CATALOGUE = read_catalogue()
DAYS = (date(2022, 12, 31), date(2026, 11, 23), date(2028, 1, 1))
EDGE_AGES = (None, 0, 3, 4, 15, 16, 17, 18, 19, 20, 101)
MAYBE = (None, True, False)
ROWS = {row.id: row for service in CATALOGUE.services for row in service.rules}


def grid(who):
    circumstances = product(EDGE_AGES, (None, *Gender), (None, *Distance), MAYBE, MAYBE, MAYBE, (4, 5))
    return (Persona(who, *told) for told in circumstances)


@pytest.mark.parametrize("who", [None, *Who], ids=str)
def test_everybody_gets_an_answer_for_every_service_and_it_is_what_its_reasons_say(who):
    codes = [service.code for service in CATALOGUE.services]
    for persona in grid(who):
        found = verdicts(CATALOGUE, persona, DAYS[1])
        assert [one.code for one in found] == codes
        assert found[-1].verdict is Verdict.OPEN  # MATR: nobody leaves with nothing
        for one in found:
            outcomes = {reason.outcome for reason in one.reasons}
            if one.verdict is Verdict.NO:
                assert outcomes == {Outcome.NOT}
                assert all(ROWS[reason.row].kind is not Kind.SOFT for reason in one.reasons)
            elif one.verdict is Verdict.ASK:
                assert Outcome.ASK in outcomes
                assert Outcome.NOT not in outcomes
            else:
                assert one.verdict.value == CATALOGUE.service(one.code).route.value
                assert outcomes == {Outcome.FITS}


@pytest.mark.parametrize("who", [None, *Who], ids=str)
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_age_is_answered_on_every_day(who, on):
    for age in (None, *AGES):
        assert len(verdicts(CATALOGUE, Persona(who, age), on)) == len(CATALOGUE.services)


def test_only_the_law_is_hard():
    hard = [row for row in ROWS.values() if row.kind is Kind.HARD]
    assert [row.id for row in hard] == ["JOUR.age"]
    assert "SoL 22:5" in hard[0].source


def test_age_alone_never_shuts_anybody_out_but_of_the_flats_and_of_what_is_for_children():
    shut = set()
    for who, age in product(Who, AGES):
        for one in verdicts(CATALOGUE, Persona(who, age), DAYS[1]):
            by_age = [reason.row for reason in one.reasons if ROWS[reason.row].fact == "age"]
            if one.verdict is Verdict.NO:
                shut.update(by_age)
    assert shut == {"JOUR.age", "TRAPPAN.exposed_age"}
