"""Which files are hinted at and which are merged: every row of the rule, both sides of each edge."""

from dataclasses import replace
from datetime import time
from uuid import UUID

import pytest

from lykta.access.enums import Wall
from lykta.cases.enums import Answer, Channel, Mode, Number
from lykta.cases.merging_rules import Half, loosens, may_hint, merge_fault
from lykta.cases.rules import SafeContact

MAJA, TOMAS, VERA = (UUID(int=n) for n in (1, 2, 3))
LEAD = PART = Half(wall=Wall.EXPOSED, team=frozenset({MAJA}))
BOTH = frozenset({MAJA, TOMAS})


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, True),
        ({"kind": Number.SAMORDNINGSNUMMER}, True),
        ({"kind": Number.RESERVE}, False),
        ({"kind": Number.NONE}, False),
        ({"number": ""}, False),
        ({"number": " "}, False),
        ({"mode": Mode.NO_IDENTITY}, False),
        ({"masked": True}, False),
    ],
)
def test_only_a_national_number_in_a_full_file_that_is_not_protected_is_compared(change, wanted):
    told = {"mode": Mode.FULL, "kind": Number.PERSONNUMMER, "number": "199001019984", "masked": False} | change
    assert may_hint(**told) is wanted


@pytest.mark.parametrize(
    ("lead", "part", "wanted"),
    [
        ({}, {}, ""),
        ({"team": frozenset({TOMAS})}, {}, "none"),
        ({}, {"team": frozenset({TOMAS})}, "none"),
        ({"wall": Wall.USING_VIOLENCE}, {}, "none"),
        ({"wall": Wall.PARTNER}, {}, "none"),
        ({"wall": Wall.CHILD}, {}, "none"),
        ({"masked": True}, {}, "none"),
        ({}, {"masked": True}, "none"),
        ({"masked": True, "named": True}, {"masked": True, "named": True}, "none"),
        ({"is_part": True}, {}, "standing"),
        ({}, {"is_part": True}, "standing"),
        ({}, {"leads": True}, "standing"),
        ({"leads": True}, {}, ""),
        ({"is_open": False}, {}, "closed"),
        ({}, {"is_open": False}, ""),
        ({}, {"named": True}, "named"),
        ({"named": True}, {"named": True}, ""),
        ({"named": True}, {}, ""),
        ({"excluded": frozenset({VERA}), "named": True}, {}, "excluded"),
        ({"named": True}, {"excluded": frozenset({VERA}), "named": True}, "excluded"),
        ({"excluded": frozenset({VERA}), "named": True}, {"excluded": frozenset({VERA}), "named": True}, ""),
        ({}, {"team": BOTH}, "team"),
        ({"team": BOTH}, {}, ""),
        ({"team": BOTH}, {"team": BOTH}, ""),
    ],
)
def test_what_may_be_merged(lead, part, wanted):
    assert merge_fault(MAJA, replace(LEAD, **lead), replace(PART, **part)) == wanted


Y, N, U = Answer.YES, Answer.NO, Answer.UNKNOWN


def safe(days=range(7), hours=None, **ways) -> SafeContact:
    return SafeContact({Channel(way): said for way, said in ways.items()}, frozenset(days), hours)


@pytest.mark.parametrize(
    ("lead", "part", "wanted"),
    [
        (None, safe(call=N), False),
        (safe(call=Y), None, False),
        (safe(call=Y), safe(call=N), True),
        (safe(call=U), safe(call=N), False),
        (safe(call=Y), safe(call=U), False),
        (safe(call=Y, letter=Y), safe(call=Y, letter=N), True),
        (safe(call=Y), safe(call=Y, days=[0, 1]), True),
        (safe(call=Y, days=[0]), safe(call=Y, days=[0, 1]), False),
        (safe(letter=Y), safe(letter=Y, days=[0]), False),  # days are about what rings
        (safe(call=Y), safe(text=N, days=[0]), False),  # nothing of hers rings on those days
        (safe(call=Y), safe(call=Y, hours=(time(9), time(12))), True),
        (safe(call=Y, hours=(time(9), time(12))), safe(call=Y, hours=(time(9), time(12))), False),
        (safe(call=Y, hours=(time(8, 59), time(12))), safe(call=Y, hours=(time(9), time(12))), True),
        (safe(call=Y, hours=(time(9), time(12, 1))), safe(call=Y, hours=(time(9), time(12))), True),
        (safe(call=Y, hours=(time(9), time(12))), safe(call=Y), False),
    ],
)  # fmt: skip
def test_what_leads_lets_her_be_reached_in_no_way_that_the_other_says_no_to(lead, part, wanted):
    assert loosens(lead, part) is wanted
