"""Consents, grounds and whose consent a child's rests on, with both sides of every edge."""

from datetime import date

import pytest

from lykta.cases.enums import Agency, ConsentState, GivenBy, Route
from lykta.cases.grounds import all_grounds, ground_of
from lykta.cases.sharing_rules import (
    Ground,
    Terms,
    age_on,
    consent_state,
    covers,
    days_fault,
    disclosure_fault,
    giver_fault,
    grounds_for,
    route_for,
    text_hash,
)

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
LIVE = Terms(Agency.SOCIAL, MARCH, APRIL)
TAKEN = Terms(Agency.SOCIAL, MARCH, APRIL, withdrawn_on=date(2026, 3, 10))


@pytest.mark.parametrize(
    ("terms", "on", "state"),
    [
        (LIVE, date(2026, 2, 28), ConsentState.COMING),
        (LIVE, MARCH, ConsentState.HOLDS),
        (LIVE, APRIL, ConsentState.HOLDS),
        (LIVE, date(2026, 4, 2), ConsentState.ENDED),
        (TAKEN, date(2026, 3, 9), ConsentState.HOLDS),
        (TAKEN, date(2026, 3, 10), ConsentState.WITHDRAWN),
        (TAKEN, date(2026, 5, 1), ConsentState.WITHDRAWN),
        (Terms(Agency.SOCIAL, MARCH, APRIL, withdrawn_on=date(2026, 2, 1)), date(2026, 2, 2), ConsentState.WITHDRAWN),
    ],
)
def test_a_consent_stands_as_its_days_say(terms, on, state):
    assert consent_state(terms, on=on) == state


@pytest.mark.parametrize(
    ("terms", "agency", "on", "may"),
    [
        (LIVE, Agency.SOCIAL, MARCH, True),
        (LIVE, Agency.POLICE, MARCH, False),
        (LIVE, Agency.SOCIAL, date(2026, 4, 2), False),
        (TAKEN, Agency.SOCIAL, date(2026, 3, 10), False),
    ],
)
def test_a_consent_covers_its_agency_on_its_days(terms, agency, on, may):
    assert covers(terms, agency, on=on) is may


@pytest.mark.parametrize(
    ("begins", "ends", "on", "fault"),
    [
        (MARCH, MARCH, MARCH, ""),
        (MARCH, date(2026, 2, 28), MARCH, "order"),
        (date(2026, 2, 1), date(2026, 2, 28), MARCH, "past"),
        (date(2026, 2, 1), MARCH, MARCH, ""),
        (MARCH, date(2027, 3, 1), MARCH, ""),
        (MARCH, date(2027, 3, 2), MARCH, "long"),
    ],
)
def test_a_consent_has_sound_days(begins, ends, on, fault):
    assert days_fault(begins, ends, on=on) == fault


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2014, 3, 1), date(2026, 2, 28), 11),
        (date(2014, 3, 1), date(2026, 3, 1), 12),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_an_age_is_in_whole_years(born, on, age):
    assert age_on(born, on) == age


@pytest.mark.parametrize(
    ("age", "by_decision", "route"),
    [
        (0, False, Route.GUARDIANS),
        (11, True, Route.GUARDIANS),
        (12, True, Route.CHILD_IF_SUITABLE),
        (12, False, Route.GUARDIANS),
        (14, False, Route.GUARDIANS),
        (15, False, Route.CHILD_IF_SUITABLE),
        (15, True, Route.CHILD_IF_SUITABLE),
        (17, False, Route.CHILD_IF_SUITABLE),
        (18, False, Route.OWN),
        (18, True, Route.OWN),
    ],
)
def test_whose_consent_a_childs_support_rests_on(age, by_decision, route):
    assert route_for(age, by_decision=by_decision) == route


@pytest.mark.parametrize(
    ("given_by", "route", "reason", "fault"),
    [
        (GivenBy.PERSON, None, "", ""),
        (GivenBy.PERSON, Route.OWN, "", ""),
        (GivenBy.PERSON, Route.CHILD_IF_SUITABLE, "", ""),
        (GivenBy.PERSON, Route.GUARDIANS, "", "guardians"),
        (GivenBy.GUARDIANS, Route.GUARDIANS, "", ""),
        (GivenBy.GUARDIANS, None, "", ""),
        (GivenBy.GUARDIANS, Route.OWN, "", "adult"),
        (GivenBy.ONE_GUARDIAN, Route.GUARDIANS, "", "one"),
        (GivenBy.ONE_GUARDIAN, Route.GUARDIANS, "FB 6:13 a", ""),
        (GivenBy.ONE_GUARDIAN, Route.OWN, "FB 6:13 a", "adult"),
        (GivenBy.ONE_GUARDIAN, None, " ", "one"),
    ],
)
def test_who_can_give_a_consent(given_by, route, reason, fault):
    assert giver_fault(given_by, route, reason) == fault


@pytest.mark.parametrize(
    ("on", "agency", "there"),
    [
        (date(2025, 11, 30), Agency.POLICE, False),
        (date(2025, 12, 1), Agency.POLICE, True),
        (date(2025, 12, 1), Agency.OTHER, True),
        (date(2025, 12, 1), None, True),
    ],
)
def test_a_ground_is_offered_from_the_day_it_stood_in_the_law(on, agency, there):
    assert (ground_of("prevent_crime") in grounds_for(all_grounds(), agency, on=on)) is there


def test_a_ground_leads_only_where_the_law_says():
    leads = {g.code for g in grounds_for(all_grounds(), Agency.SCHOOL, on=date(2026, 3, 1))}
    assert leads == {"prevent_crime", "housing_question", "own_task", "harmless"}
    assert len({g.code for g in all_grounds()}) == len(all_grounds())


OPEN = Ground("x", "law", "text", to=(Agency.POLICE,))
OVER = Ground("y", "law", "text", ends=MARCH)
TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("ground", "consent", "agency", "on", "weighing", "fault"),
    [
        (OPEN, None, Agency.POLICE, TODAY, "Jag vägde.", ""),
        (OPEN, None, Agency.POLICE, TODAY, " ", "weighing"),
        (OPEN, None, Agency.SOCIAL, TODAY, "Jag vägde.", "ground"),
        (OVER, None, Agency.SOCIAL, date(2026, 2, 28), "Jag vägde.", ""),
        (OVER, None, Agency.SOCIAL, MARCH, "Jag vägde.", "ground"),
        (None, None, Agency.SOCIAL, TODAY, "Jag vägde.", "none"),
        (None, LIVE, Agency.SOCIAL, TODAY, "", ""),
        (None, LIVE, Agency.POLICE, TODAY, "", "consent"),
        (None, TAKEN, Agency.SOCIAL, TODAY, "", "consent"),
        (None, TAKEN, Agency.SOCIAL, date(2026, 3, 9), "", ""),
        (OPEN, None, Agency.POLICE, date(2026, 3, 16), "Jag vägde.", "future"),
    ],
)
def test_nothing_leaves_without_consent_or_ground(ground, consent, agency, on, weighing, fault):
    found = disclosure_fault(ground=ground, consent=consent, agency=agency, on=on, weighing=weighing, today=TODAY)
    assert found == fault


def test_other_words_have_another_hash():
    assert text_hash("ord") != text_hash("ord ")
    assert len(text_hash("ord")) == 64
