"""A concern for a child: what follows what, when it is late, and what a report may not give away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lykta.cases.concern_enums import ConcernState, GuardiansKnow, Step, Urgency
from lykta.cases.concern_rules import NEXT, Days, Report, due_of, report_faults, state_of, step_fault, tells

DAY = date(2026, 3, 2)
WRITTEN = Days(DAY, True)
SENT = replace(WRITTEN, sent_on=DAY)
RECEIVED = replace(SENT, receipt_on=DAY + timedelta(1))
ASKED = replace(RECEIVED, asked_on=DAY + timedelta(10))
ANSWERED = replace(ASKED, feedback_on=DAY + timedelta(20))
STAGES = [
    (Days(DAY, False), ConcernState.NOT_REPORTED, None),
    (WRITTEN, ConcernState.WRITTEN, (Step.SENT, 0)),
    (replace(WRITTEN, dropped_on=DAY), ConcernState.DROPPED, None),
    (SENT, ConcernState.SENT, (Step.RECEIPT, 3)),
    (RECEIVED, ConcernState.RECEIVED, (Step.ASKED, 21)),
    (ASKED, ConcernState.ASKED, (Step.FEEDBACK, 21)),
    (replace(ASKED, asked_on=DAY + timedelta(14)), ConcernState.ASKED, (Step.FEEDBACK, 21)),
    (replace(ASKED, asked_on=DAY + timedelta(15)), ConcernState.ASKED, (Step.FEEDBACK, 22)),
    (replace(SENT, asked_on=DAY), ConcernState.ASKED, (Step.FEEDBACK, 21)),
    (ANSWERED, ConcernState.ANSWERED, None),
    (replace(SENT, feedback_on=DAY), ConcernState.ANSWERED, None),
]
REPORT = Report(
    municipality="Påhitt",
    children="Påhittad Lo, 7 år",
    whereabouts="",
    seen="Lo sade att det smällde.",
    source="Mormor",
    source_protected=False,
    urgency=Urgency.SOON,
    guardians_know=GuardiansKnow.YES,
    why_not="",
    view="",
    title="samtalsstödjare",
    phone="063-10 00 00",
    protected=False,
)
SECRET = ("Hittepågatan 3 B, 831 30 Östersund", "070-174 06 10")


@pytest.mark.parametrize(("days", "state", "due"), STAGES, ids=range(len(STAGES)))
def test_each_stage_has_its_state_and_what_is_due(days, state, due):
    assert state_of(days) == state
    assert due_of(days) == (due and (due[0], DAY + timedelta(due[1])))


@pytest.mark.parametrize("state", list(ConcernState))
def test_every_state_says_what_may_follow(state):
    assert state in NEXT


@pytest.mark.parametrize(
    ("days", "step", "after", "today", "fault"),
    [
        (WRITTEN, Step.SENT, 0, 0, ""),
        (WRITTEN, Step.SENT, -1, 0, "before"),
        (WRITTEN, Step.SENT, 1, 0, "future"),
        (WRITTEN, Step.RECEIPT, 0, 0, "state"),
        (WRITTEN, Step.DROPPED, 0, 0, ""),
        (SENT, Step.DROPPED, 0, 0, "state"),
        (SENT, Step.SENT, 0, 0, "state"),
        (SENT, Step.FEEDBACK, 0, 0, ""),
        (RECEIVED, Step.ASKED, 0, 9, "before"),
        (RECEIVED, Step.ASKED, 1, 9, ""),
        (ASKED, Step.ASKED, 10, 10, ""),
        (ASKED, Step.FEEDBACK, 9, 20, "before"),
        (ASKED, Step.FEEDBACK, 10, 20, ""),
        (ANSWERED, Step.ASKED, 20, 20, "state"),
        (Days(DAY, False), Step.SENT, 0, 0, "state"),
    ],
)
def test_a_step_follows_what_was_before_it_and_never_comes_from_the_future(days, step, after, today, fault):
    assert step_fault(days, step, on=DAY + timedelta(after), today=DAY + timedelta(today)) == fault


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        ({}, {}),
        ({"seen": " \n"}, {"seen": "empty"}),
        ({"guardians_know": GuardiansKnow.NO}, {"why_not": "why"}),
        ({"guardians_know": GuardiansKnow.SOME, "why_not": " "}, {"why_not": "why"}),
        ({"guardians_know": GuardiansKnow.NO, "why_not": "fara"}, {}),
        ({"seen": "De bor på Hittepågatan 3 b."}, {}),
        ({"protected": True, "seen": "De bor på hittepågatan  3 b."}, {"seen": "address"}),
        ({"protected": True, "why_not": "ring 0046 70 174 06 10"}, {"why_not": "address"}),
        ({"protected": True, "whereabouts": "hos mormor"}, {"whereabouts": "protected"}),
        ({"protected": True}, {}),
    ],
)
def test_a_report_is_whole_and_tells_no_secret_place(more, faults):
    assert report_faults(replace(REPORT, **more), secret=SECRET) == faults


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hittepågatan 3", True),
        ("på HITTEPÅGATAN\n3", True),
        ("Hittepågatan 30", False),
        ("Hittepågatan", False),
        ("+46701740610", True),
        ("0701 74 06 10", True),
        ("0701 74 06 11", False),
        ("", False),
    ],
)
def test_an_address_is_known_in_any_notation(text, found):
    assert tells(text, SECRET) is found
