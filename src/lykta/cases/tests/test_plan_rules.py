"""Goals, steps, tasks and their days: tables with both sides of every edge."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from lykta.cases.plan_enums import Doer, Due, GoalState
from lykta.cases.plan_rules import (
    MOST_DUE_DAYS,
    MOST_GOAL,
    MOST_STEP,
    MOST_STEPS,
    MOST_TASK,
    Step,
    due_of,
    goal_faults,
    task_faults,
    to_be_asked,
)
from lykta.cases.rules import ASK_AGAIN_DAYS

GOING, REACHED, LEFT = GoalState
MAJA, TOMAS = UUID(int=11), UUID(int=12)
ON = date(2026, 11, 24)
STEP = Step("Ringa skolan", Doer.PERSON)


def goal(text="Sova en hel natt", state=GOING, reason="", steps=(), *, before=GOING):
    return goal_faults(text, state, reason, steps, before=before, team={MAJA})


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, {}),
        ({"text": " \n"}, {"text": "empty"}),
        ({"text": "x" * MOST_GOAL}, {}),
        ({"text": "x" * (MOST_GOAL + 1)}, {"text": "long"}),
        ({"state": REACHED}, {}),
        ({"state": LEFT}, {"reason": "reason"}),
        ({"state": LEFT, "reason": "Hon vill något annat"}, {}),
        ({"state": LEFT, "reason": " "}, {"reason": "reason"}),
        ({"state": GOING, "before": REACHED}, {}),
        ({"state": GOING, "before": LEFT}, {}),
        ({"state": REACHED, "before": LEFT}, {"state": "order"}),
        ({"state": LEFT, "reason": "x", "before": REACHED}, {"state": "order"}),
        ({"state": LEFT, "reason": "x", "before": LEFT}, {}),
        ({"state": REACHED, "before": REACHED}, {}),
        ({"steps": [STEP] * MOST_STEPS}, {}),
        ({"steps": [STEP] * (MOST_STEPS + 1)}, {"steps": "many"}),
        ({"steps": [STEP, Step(" ", Doer.PERSON)]}, {"step_1": "empty"}),
        ({"steps": [Step("x" * MOST_STEP, Doer.PERSON)]}, {}),
        ({"steps": [Step("x" * (MOST_STEP + 1), Doer.PERSON)]}, {"step_0": "long"}),
        ({"steps": [Step("Ringa", Doer.MEMBER, MAJA)]}, {}),
        ({"steps": [Step("Ringa", Doer.MEMBER, TOMAS)]}, {"step_0": "team"}),
        ({"steps": [Step("Ringa", Doer.MEMBER)]}, {"step_0": "team"}),
        ({"steps": [Step("Ringa", Doer.OTHER, other=" ")]}, {"step_0": "who"}),
        ({"steps": [Step("Ringa", Doer.OTHER, other="skolan")]}, {}),
    ],
)
def test_what_keeps_a_goal_from_being_whole(given, faults):
    assert goal(**given) == faults


@pytest.mark.parametrize(
    ("text", "owner", "days", "faults"),
    [
        ("Ring", MAJA, 0, {}),
        ("Ring", MAJA, -1, {"due_on": "past"}),
        ("Ring", MAJA, MOST_DUE_DAYS, {}),
        ("Ring", MAJA, MOST_DUE_DAYS + 1, {"due_on": "far"}),
        ("Ring", TOMAS, 1, {"owner": "team"}),
        (" ", MAJA, 1, {"text": "empty"}),
        ("x" * MOST_TASK, MAJA, 1, {}),
        ("x" * (MOST_TASK + 1), MAJA, 1, {"text": "long"}),
    ],
)
def test_what_keeps_a_task_from_being_given(text, owner, days, faults):
    assert task_faults(text, owner, ON + timedelta(days=days), team={MAJA}, on=ON) == faults


@pytest.mark.parametrize(
    ("days", "done", "due"),
    [
        (-1, False, Due.LATE),
        (0, False, Due.TODAY),
        (1, False, Due.COMING),
        (-1, True, Due.DONE),
        (0, True, Due.DONE),
        (1, True, Due.DONE),
    ],
)
def test_where_a_day_stands(days, done, due):
    assert due_of(ON + timedelta(days=days), ON if done else None, on=ON) == due


def test_safe_contact_is_asked_again_where_it_never_was_or_was_long_ago():
    never, old, edge, fresh = (UUID(int=n) for n in range(1, 5))
    back = {old: ASK_AGAIN_DAYS + 5, edge: ASK_AGAIN_DAYS, fresh: ASK_AGAIN_DAYS - 1}
    asked = {never: None} | {file: ON - timedelta(days=days) for file, days in back.items()}
    assert to_be_asked(dict(reversed(asked.items())), on=ON) == [never, old, edge]
