"""The rules of the intake, on both sides of every edge."""

from datetime import date, timedelta

import pytest

from lykta.intake.enums import Becomes, Urgency
from lykta.intake.rules import (
    LONGEST_AGO_DAYS,
    MOST_WORDS,
    carried_text,
    choices_for,
    day_fault,
    urgency_fault,
    wish_fault,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(1, "future"), (0, ""), (-1, ""), (-LONGEST_AGO_DAYS, ""), (-LONGEST_AGO_DAYS - 1, "long_ago")],
)
def test_something_was_said_on_a_day_that_has_been_and_not_long_ago(days, wanted):
    assert day_fault(TODAY + timedelta(days=days), on=TODAY) == wanted


def test_nobody_becomes_a_file_without_her_wish():
    assert (wish_fault(False), wish_fault(True)) == ("wish", "")


@pytest.mark.parametrize(
    ("urgency", "why", "wanted"),
    [
        (None, "x", "urgency"),
        (Urgency.TODAY, "", "why"),
        (Urgency.TODAY, " \n", "why"),
        (Urgency.TODAY, "x", ""),
        (Urgency.WEEK, "", "why"),
        (Urgency.WEEK, "x", ""),
        (Urgency.PLANNED, "", ""),
        (Urgency.PLANNED, "x" * MOST_WORDS, ""),
        (Urgency.PLANNED, "x" * (MOST_WORDS + 1), "long"),
    ],
)
def test_what_hurries_says_why(urgency, why, wanted):
    assert urgency_fault(urgency, why) == wanted


def test_who_works_behind_no_wall_of_files_can_only_count_advice():
    assert choices_for(files=False) == (Becomes.ADVICE,)
    assert choices_for(files=True) == tuple(Becomes)


def test_an_opening_note_holds_where_it_comes_from_what_was_typed_and_what_was_chosen():
    assert carried_text("Härifrån.", " ", ()) == "Härifrån."
    text = carried_text("Härifrån.", " Mitt. ", [("Den som skrev", " ord \n"), ("Vårt svar", "svar")])
    assert text == "Härifrån.\n\nMitt.\n\nDen som skrev:\nord\n\nVårt svar:\nsvar"
