"""How long a question about a named file waits, how long an hour lasts, and what is a file's number."""

from datetime import UTC, datetime, timedelta

import pytest

from lykta.cases.glass_enums import AskState
from lykta.cases.glass_rules import LENT_MINUTES, WAITS_HOURS, Loan, ref_of, state_of

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
S = AskState


def ago(*, hours: float = 0, minutes: float = 0) -> datetime:
    return AT - timedelta(hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("asked", "granted", "answered", "ended", "state"),
    [
        (ago(), None, None, None, S.WAITING),
        (ago(hours=WAITS_HOURS, minutes=-0.1), None, None, None, S.WAITING),
        (ago(hours=WAITS_HOURS), None, None, None, S.LAPSED),
        (ago(hours=1), None, None, ago(minutes=1), S.WITHDRAWN),
        (ago(hours=WAITS_HOURS), None, None, ago(hours=1), S.WITHDRAWN),
        (ago(hours=1), False, ago(minutes=1), None, S.DECLINED),
        (ago(hours=90), False, ago(hours=80), None, S.DECLINED),
        (ago(hours=1), True, ago(), None, S.LENT),
        (ago(hours=2), True, ago(minutes=LENT_MINUTES - 0.1), None, S.LENT),
        (ago(hours=2), True, ago(minutes=LENT_MINUTES), None, S.OVER),
        (ago(hours=1), True, ago(minutes=5), ago(minutes=1), S.OVER),
        (ago(hours=1), True, ago(minutes=5), ago(minutes=-1), S.OVER),  # a clock that was set back opens nothing
    ],
)
def test_where_a_question_stands(asked, granted, answered, ended, state):
    assert state_of(asked_at=asked, granted=granted, answered_at=answered, ended_at=ended, at=AT) == state


@pytest.mark.parametrize(
    ("loan", "until"),
    [
        (Loan(AT), AT + timedelta(minutes=60)),
        (Loan(AT, AT + timedelta(minutes=5)), AT + timedelta(minutes=5)),
        (Loan(AT, AT + timedelta(minutes=70)), AT + timedelta(minutes=60)),
    ],
)
def test_until_when_a_file_is_lent(loan, until):
    assert loan.until == until


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("L-7K2M4Q", "L-7K2M4Q"),
        (" l-7k2m4q ", "L-7K2M4Q"),
        ("7K2M4Q", "L-7K2M4Q"),
        ("L7K2M4Q", "L-7K2M4Q"),
        ("LLBCDFG", "L-LBCDFG"),
        ("LBCDFG", "L-LBCDFG"),
        ("", ""),
        ("L-", ""),
        ("L-7K2M4", ""),
        ("L-7K2M4QQ", ""),
        ("L-AEIOU1", ""),
        ("D-7K2M4Q", ""),
        ("900101-9984", ""),
    ],
)
def test_a_files_number_is_read_as_people_write_it(typed, ref):
    assert ref_of(typed) == ref
