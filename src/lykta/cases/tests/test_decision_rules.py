"""The three months of a granted service, on both sides of every edge, and the whole table of steps."""

from datetime import date, timedelta

import pytest

from lykta.cases.decision_enums import Stage, Step, Warn
from lykta.cases.decision_rules import (
    LEADS,
    LONGEST_AGO_DAYS,
    MOST_WORDS,
    day_fault,
    limit_on,
    may_take,
    order_faults,
    warn_of,
    words_fault,
)

DECIDED = date(2026, 3, 1)


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
    assert limit_on(decided) == wanted


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
    assert warn_of(DECIDED, stage, on=on) == wanted


@pytest.mark.parametrize("stage", [Stage.STARTED, Stage.ENDED, Stage.DECLINED])
def test_what_has_begun_ended_or_was_declined_warns_of_nothing(stage):
    assert warn_of(DECIDED, stage, on=date(2027, 1, 1)) == Warn.NONE


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
