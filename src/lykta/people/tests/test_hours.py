"""Opening hours: how they are typed, and what holds on a day."""

from datetime import date

import pytest

from lykta.people.holidays import days_off
from lykta.people.hours import Coming, Exceptional, HoursFault, Span, coming, overlapping, said, spans_of, spans_on

WEEK = {day: (Span(480, 960),) for day in range(5)}
EVE, DAY = date(2026, 12, 24), date(2026, 12, 25)  # a Thursday and a Friday
SHUT_FROM, SHUT_UNTIL = date(2026, 12, 7), date(2026, 12, 9)  # Monday and Tuesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8-16", "8–16"),
        ("08:00 – 16:30", "8–16.30"),
        ("8.30 till 12 och 13–16", "8.30–12, 13–16"),
        ("13-16, 8-12", "8–12, 13–16"),
        ("kl. 8–12, 12–16", "8–12, 12–16"),
        ("0-24", "0–24"),
        ("", ""),
        ("  Stängt ", ""),
    ],
)
def test_a_day_may_be_typed_in_many_ways(typed: str, meant: str) -> None:
    assert said(spans_of(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "code", "at"),
    [
        ("8-12, 11-16", "overlap", "8–12 och 11–16"),
        ("8-16, 8-16", "overlap", "8–16 och 8–16"),
        ("16-8", "backwards", "16–8"),
        ("8-8", "backwards", "8–8"),
        ("8-24.01", "clock", "24.01"),
        ("8.60-16", "clock", "8.60"),
        ("8-25", "clock", "25"),
        ("ibland", "signs", "ibland"),
        ("8", "signs", "8"),
        ("8-16 ungefär", "signs", "8-16 ungefär"),
        (",", "signs", ","),
        ("1-2, 3-4, 5-6, 7-8, 9-10", "many", "1-2, 3-4, 5-6, 7-8, 9-10"),
        ("8-16\x00", "signs", "8-16\x00"),
    ],
)
def test_what_is_no_opening_hours_is_told_with_its_place(typed: str, code: str, at: str) -> None:
    with pytest.raises(HoursFault) as told:
        spans_of(typed)
    assert (told.value.code, told.value.at) == (code, at)


@pytest.mark.parametrize(
    ("on", "hours"),
    [
        (date(2026, 12, 4), "8–16"),  # Friday
        (date(2026, 12, 5), ""),  # Saturday
        (date(2026, 12, 7), ""),  # first day of the exception
        (date(2026, 12, 8), ""),  # its last
        (date(2026, 12, 9), "8–16"),  # half-open: ordinary again
        (EVE, "10–12"),  # an exception goes before the holiday
        (DAY, ""),  # a holiday before the week
    ],
)
def test_an_exception_goes_before_a_holiday_and_a_holiday_before_the_week(on: date, hours: str) -> None:
    exceptions = [Exceptional(SHUT_FROM, SHUT_UNTIL), Exceptional(EVE, DAY, (Span(600, 720),))]
    assert said(spans_on(on, week=WEEK, exceptions=exceptions, holidays=days_off(2026, 2026))) == hours


def test_two_exceptions_may_meet_but_not_claim_the_same_day() -> None:
    first, next_to, over = (
        Exceptional(SHUT_FROM, SHUT_UNTIL),
        Exceptional(SHUT_UNTIL, EVE),
        Exceptional(date(2026, 12, 8), EVE),
    )
    assert overlapping([next_to, first]) is None
    assert overlapping([over, first]) == (first, over)


def test_what_is_coming_is_told_once_and_only_where_it_changes_something() -> None:
    exceptions = [Exceptional(SHUT_FROM, SHUT_UNTIL), Exceptional(EVE, date(2026, 12, 26), (Span(600, 720),))]
    found = coming(week=WEEK, exceptions=exceptions, holidays=days_off(2026, 2027), on=date(2026, 12, 8), days=40)
    assert found == [
        Coming(SHUT_FROM, date(2026, 12, 8), ()),  # has begun, is not over
        Coming(EVE, DAY, (Span(600, 720),)),  # the holidays inside it are not told again; the 26th is a Saturday
        Coming(date(2026, 12, 31), date(2026, 12, 31), (), "Nyårsafton"),
        Coming(date(2027, 1, 1), date(2027, 1, 1), (), "Nyårsdagen"),
        Coming(date(2027, 1, 6), date(2027, 1, 6), (), "Trettondedag jul"),
    ]


def test_what_is_over_and_what_is_far_ahead_is_not_told() -> None:
    exceptions = [Exceptional(SHUT_FROM, SHUT_UNTIL), Exceptional(date(2027, 2, 1), date(2027, 2, 2))]
    assert coming(week=WEEK, exceptions=exceptions, holidays={}, on=SHUT_UNTIL, days=40) == []
