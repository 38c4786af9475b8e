"""Tables of what a request from an authority must say, and its answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lykta.cases.demand_enums import Came, Outcome
from lykta.cases.demand_rules import Answer, Asked, answer_faults, asked_faults, is_late
from lykta.cases.enums import Agency

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
ASKED = Asked(Agency.COURT, Came.LETTER, TODAY, TODAY, "Tingsrätten", "", "", "Hur många samtal")


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        ({}, {}),
        ({"authority": " "}, {"authority": "empty"}),
        ({"what": ""}, {"what": "empty"}),
        ({"came_on": TODAY + DAY, "due_on": TODAY + DAY}, {"came_on": "future"}),
        ({"came_on": TODAY - DAY}, {}),
        ({"due_on": TODAY - DAY}, {"due_on": "before"}),
    ],
    ids=range(6),
)
def test_a_request_says_who_asks_for_what_and_since_when(more, faults):
    assert asked_faults(replace(ASKED, **more), today=TODAY) == faults


WHAT, WHY, KEPT = {"what": "Två samtal"}, {"weighing": "Inget skydd hotas"}, {"kept": "Orden"}


@pytest.mark.parametrize(
    ("outcome", "said", "faults"),
    [
        (Outcome.FULL, WHAT, {}),
        (Outcome.FULL, {}, {"what": "empty"}),
        (Outcome.PART, WHAT | KEPT | {"told": True}, {}),
        (Outcome.PART, WHAT | KEPT, {"told": "told"}),
        (Outcome.PART, WHAT | {"told": True}, {"kept": "empty"}),
        (Outcome.NONE, WHY | {"told": True}, {}),
        (Outcome.NONE, {"told": True}, {"weighing": "empty"}),
        (Outcome.NONE, WHY, {"told": "told"}),
        (Outcome.TAKEN_BACK, {}, {}),
    ],
    ids=range(9),
)
def test_an_answer_tells_what_was_given_and_why_the_rest_was_not(outcome, said, faults):
    assert answer_faults(Answer(outcome, TODAY, **said), came_on=TODAY, today=TODAY) == faults


@pytest.mark.parametrize(
    ("on", "fault"), [(TODAY - DAY, "before"), (TODAY, None), (TODAY + DAY, None), (TODAY + 2 * DAY, "future")], ids=str
)
def test_it_is_answered_between_the_day_it_came_and_today(on, fault):
    faults = answer_faults(Answer(Outcome.TAKEN_BACK, on), came_on=TODAY, today=TODAY + DAY)
    assert faults == ({"on": fault} if fault else {})


@pytest.mark.parametrize(
    ("on", "outcome", "late"),
    [(TODAY, None, False), (TODAY + DAY, None, True), (TODAY + DAY, Outcome.NONE, False)],
    ids=range(3),
)
def test_an_answer_is_late_the_day_after(on, outcome, late):
    assert is_late(TODAY, outcome, on=on) is late
