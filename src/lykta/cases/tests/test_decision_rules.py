"""The three months of a granted service, on both sides of every edge, and the whole table of steps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lykta.cases.decision_enums import Stage, Step, Warn
from lykta.cases.decision_rules import (
    LEADS,
    LONGEST_AGO_DAYS,
    MOST_WORDS,
    Wait,
    day_fault,
    limit_on,
    may_take,
    order_faults,
    warn_of,
    warn_words,
    words_fault,
)
from lykta.cases.services import wait_for
from lykta.catalogue.rules import Limit, Period
from lykta.catalogue.source import read_catalogue

DECIDED, WAIT = date(2026, 3, 1), Wait(60, 80, 3)


@pytest.mark.parametrize(
    ("decided", "wanted"),
    [
        (date(2026, 3, 1), date(2026, 6, 1)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 10, 31), date(2027, 1, 31)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2028, 2, 29), date(2028, 5, 29)),
    ],
)
def test_the_limit_is_three_calendar_months_after_the_decision(decided, wanted):
    assert limit_on(decided, months=3) == wanted


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (DECIDED, Warn.NONE),
        (DECIDED + timedelta(days=59), Warn.NONE),
        (DECIDED + timedelta(days=60), Warn.SOON),
        (DECIDED + timedelta(days=79), Warn.SOON),
        (DECIDED + timedelta(days=80), Warn.NEAR),
        (date(2026, 6, 1), Warn.NEAR),
        (date(2026, 6, 2), Warn.PAST),
    ],
)
@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.ACCEPTED])
def test_what_has_not_begun_warns_at_sixty_and_eighty_days_and_after_the_limit(stage, on, wanted):
    assert warn_of(DECIDED, stage, on=on, wait=WAIT) == wanted


@pytest.mark.parametrize("stage", [Stage.STARTED, Stage.ENDED, Stage.DECLINED])
def test_what_has_begun_ended_or_was_declined_warns_of_nothing(stage):
    assert warn_of(DECIDED, stage, on=date(2027, 1, 1), wait=WAIT) == Warn.NONE


def test_other_numbers_warn_on_other_days():
    wait = Wait(10, 20, 1)
    days = [(9, Warn.NONE), (10, Warn.SOON), (19, Warn.SOON), (20, Warn.NEAR), (31, Warn.NEAR), (32, Warn.PAST)]
    found = [(n, warn_of(DECIDED, Stage.ACCEPTED, on=DECIDED + timedelta(days=n), wait=wait)) for n, _ in days]
    assert found == days


@pytest.mark.parametrize(
    ("warn", "wait", "said"),
    [
        (Warn.NONE, WAIT, ""),
        (Warn.SOON, WAIT, "60 dagar utan att ha börjat"),
        (Warn.NEAR, WAIT, "80 dagar utan att ha börjat"),
        (Warn.PAST, WAIT, "3 månader har gått"),
        (Warn.PAST, Wait(1, 2, 1), "1 månad har gått"),
    ],
)  # fmt: skip
def test_a_warning_says_the_number_that_holds(warn, wait, said):
    assert warn_words(warn, wait) == said


def test_the_house_waits_sixty_and_eighty_days_and_three_months():
    assert {wait_for(read_catalogue(), one.code, decided=DECIDED) for one in read_catalogue().services} == {WAIT}
    assert wait_for(read_catalogue(), "GONE", decided=DECIDED) == WAIT
    assert wait_for(replace(read_catalogue(), house_limits=()), "JOUR", decided=DECIDED) == WAIT  # from before the rows


@pytest.mark.parametrize(
    ("decided", "days"), [(date(2026, 2, 28), 60), (DECIDED, 30), (date(2026, 3, 31), 30), (date(2026, 4, 1), 60)]
)
def test_a_service_has_limits_of_its_own_for_what_was_decided_while_they_held(decided, days):
    own = Limit("begin_first_warning_days", 30, Period(DECIDED, date(2026, 4, 1)), "nämndens rutin")
    catalogue = read_catalogue()
    services = [replace(s, limits=(*s.limits, own)) if s.code == "JOUR" else s for s in catalogue.services]
    changed = replace(catalogue, services=tuple(services))
    assert wait_for(changed, "JOUR", decided=decided) == replace(WAIT, soon_days=days)
    assert wait_for(changed, "TRAPPAN", decided=decided) == WAIT


BOTH_FUTURE = {"decided_on": "future", "received_on": "future"}
R, A, D, S, E = Stage.RECEIVED, Stage.ACCEPTED, Stage.DECLINED, Stage.STARTED, Stage.ENDED


@pytest.mark.parametrize(
    ("step", "stages"),
    [
        (Step.ACCEPT, {R}),
        (Step.DECLINE, {R}),
        (Step.START, {A}),
        (Step.REPORT, {A, S, E}),
        (Step.END, {A, S}),
    ],
)
def test_each_step_is_taken_from_where_it_can_be(step, stages):
    assert {stage for stage in Stage if may_take(step, stage)} == stages


def test_every_step_but_a_report_leads_on():
    assert LEADS == {Step.ACCEPT: A, Step.DECLINE: D, Step.START: S, Step.END: E}


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, {}),
        ({"decided": date(2026, 5, 2), "received": date(2026, 5, 2)}, {}),
        ({"decided": date(2026, 5, 3), "received": date(2026, 5, 3)}, BOTH_FUTURE),
        ({"received": date(2026, 2, 28)}, {"received_on": "before"}),
        ({"received": date(2026, 3, 1)}, {}),
        ({"begins": date(2026, 6, 1), "ends": date(2026, 5, 31)}, {"until_on": "order"}),
        ({"begins": date(2026, 6, 1), "ends": date(2026, 6, 1)}, {}),
        ({"ends": date(2026, 1, 1)}, {}),
    ],
)  # fmt: skip
def test_an_orders_days_follow_on_each_other(changes, wanted):
    told = {"decided": DECIDED, "received": date(2026, 3, 4), "begins": None, "ends": None} | changes
    assert order_faults(**told, today=date(2026, 5, 2)) == wanted


@pytest.mark.parametrize(
    ("days", "wanted"), [(1, "future"), (0, ""), (-LONGEST_AGO_DAYS, ""), (-LONGEST_AGO_DAYS - 1, "long_ago")]
)
def test_a_day_has_been_and_not_too_long_ago(days, wanted):
    assert day_fault(DECIDED + timedelta(days=days), today=DECIDED) == wanted


def test_a_step_is_not_taken_before_what_it_follows_on():
    assert day_fault(DECIDED, today=DECIDED, after=DECIDED) == ""
    assert day_fault(DECIDED, today=DECIDED, after=DECIDED + timedelta(days=1)) == "before"


@pytest.mark.parametrize("step", list(Step))
def test_a_no_a_report_and_an_end_need_words(step):
    assert words_fault(step, " ") == ("empty" if step in (Step.DECLINE, Step.REPORT, Step.END) else "")
    assert words_fault(step, "x" * MOST_WORDS) == ""
    assert words_fault(step, "x" * (MOST_WORDS + 1)) == "long"
