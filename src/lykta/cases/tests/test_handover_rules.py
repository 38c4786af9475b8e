"""What a handover letter must tell: the whole table."""

from datetime import date

import pytest

from lykta.cases.handover_rules import LETTER_DAYS, MOST_ANSWER, Prompt, late_from, letter_faults, letter_text

TOLD = {Prompt.WHERE: "Mitt i.", Prompt.CONTACT: "Ring inte.", Prompt.NEXT: "Boka tid."}


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, {}),
        ({Prompt.WHERE: " "}, {"where": "empty"}),
        ({Prompt.CONTACT: ""}, {"contact": "empty"}),
        ({Prompt.NEXT: ""}, {"next": "empty"}),
        ({Prompt.URGENT: "", Prompt.AGREED: ""}, {}),
        ({Prompt.URGENT: "x" * MOST_ANSWER}, {}),
        ({Prompt.URGENT: "x" * (MOST_ANSWER + 1)}, {"urgent": "long"}),
    ],
    ids=["whole", "where", "contact", "next", "not_needed", "full", "long"],
)
def test_what_a_letter_must_tell(change, wanted):
    assert letter_faults(TOLD | change) == wanted


def test_a_letter_tells_its_answers_in_order_and_no_empty_prompt():
    assert letter_text(TOLD | {Prompt.URGENT: " "}) == (
        "Var vi är nu:\nMitt i.\n\nSäker kontakt: det du måste veta:\nRing inte.\n\nNästa steg:\nBoka tid."
    )


def test_a_letter_is_waited_for_a_week():
    assert late_from(date(2026, 11, 23)) == date(2026, 11, 30)
    assert LETTER_DAYS == 7
