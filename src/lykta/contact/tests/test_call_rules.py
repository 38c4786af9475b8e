"""Rules of the call log, as tables."""

from dataclasses import replace
from datetime import date

import pytest

from lykta.contact.call_enums import Group, Prompt
from lykta.contact.call_rules import (
    MOST_NOTE,
    Change,
    Facts,
    days_to_log,
    looks_numbered,
    may_change,
    missing_codes,
    prompts,
    seven_days,
    sound_note,
    trimmed,
)
from lykta.contact.errors import TooLong

PLAIN = Facts("phone", "exposed", "calm")
P = Prompt


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ()),
        ({"concern": ("psychological",), "child": "none"}, ()),
        # a child: asked whenever one is part of it and nobody has said that a report was thought of
        ({"caller": "child"}, (P.CHILD,)),
        ({"caller": "child", "child": "none"}, (P.CHILD,)),
        ({"caller": "child", "child": "considered"}, ()),
        ({"concern": ("child",)}, (P.CHILD,)),
        ({"concern": ("child",), "child": "considered"}, ()),
        ({"concern": ("honour",), "age": "from_15"}, (P.CHILD,)),
        ({"concern": ("honour",), "age": "adult"}, ()),
        # a report: who makes it
        ({"child": "report"}, (P.REPORT_BY,)),
        ({"child": "report", "report_by": "me"}, ()),
        # honour: under 15 the guardians' rule, and the age where it is a child's and not told
        ({"concern": ("honour",)}, ()),
        ({"concern": ("honour",), "caller": "child"}, (P.CHILD, P.AGE)),
        ({"concern": ("honour", "child"), "child": "considered"}, (P.AGE,)),
        ({"concern": ("honour",), "age": "under_15", "child": "considered"}, (P.GUARDIANS,)),
        ({"concern": ("honour",), "age": "under_15"}, (P.CHILD, P.GUARDIANS)),
        ({"concern": ("physical", "child"), "age": "under_15", "child": "considered"}, ()),
        ({"concern": ("honour",), "caller": "child", "age": "from_15", "child": "considered"}, ()),
        # SoL 11:6: whoever asks for a service is told that one may apply
        ({"concern": ("service",)}, (P.APPLY,)),
        ({"concern": ("protection",)}, (P.APPLY,)),
        ({"concern": ("treatment",)}, (P.APPLY,)),
        ({"concern": ("service",), "advice": ("apply",)}, ()),
        ({"concern": ("service",), "caller": "professional"}, ()),
        ({"concern": ("other",)}, ()),
    ],
)
def test_what_is_asked_once_before_a_call_is_saved(facts, expected):
    assert prompts(replace(PLAIN, **facts)) == expected


def test_a_number_in_the_note_is_asked_about_after_all_else():
    assert prompts(replace(PLAIN, concern=("service",)), "070-123 45 67") == (P.APPLY, P.NOTE)
    assert prompts(PLAIN, "Ringer igen") == ()


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("850312-1234", True),
        ("19850312-1234", True),
        ("8503121234", True),
        ("198503121234", True),
        ("850372-1234", True),  # a coordination number: day + 60
        ("född 85 03 12 1234", True),
        ("850312+1234", True),
        ("0701234567", True),
        ("070-123 45 67", True),
        ("+46 70 123 45 67", True),
        ("0046701234567", True),
        ("063-14 45 52", True),
        ("(063) 14 45 52", True),
        ("", False),
        ("Ringer igen efter lunch om hon kan.", False),
        ("112", False),
        ("SoL 11:6 och 19:1", False),
        ("den 23 november 2026", False),
        ("2026-11-23", False),
        ("kl 08-16", False),
        ("3 barn, 15 min", False),
        ("kod 83160", False),
        ("fyra 1234 5678 9012", False),
    ],
)
def test_a_note_that_looks_like_a_number_is_seen(note, expected):
    assert looks_numbered(note) is expected


@pytest.mark.parametrize(
    ("facts", "gone"),
    [
        ({"sector": "school"}, "sector"),
        ({"age": "under_15"}, "age"),
        ({"report_by": "me"}, "report_by"),
        ({"report_by": "me", "child": "considered"}, "report_by"),
        ({"language": "ar"}, "language"),
        ({"language": "ar", "interpreter": "none"}, "language"),
    ],
)
def test_answers_to_what_was_not_asked_are_left_out(facts, gone):
    assert getattr(trimmed(replace(PLAIN, **facts)), gone) == ""


@pytest.mark.parametrize(
    "facts",
    [
        {"caller": "professional", "sector": "school"},
        {"caller": "child", "age": "under_15"},
        {"concern": ("honour",), "age": "adult"},
        {"concern": ("child",), "age": "from_15"},
        {"child": "report", "report_by": "me"},
        {"interpreter": "missing", "language": "ti"},
    ],
)
def test_answers_to_what_was_asked_stay(facts):
    assert trimmed(replace(PLAIN, **facts)) == replace(PLAIN, **facts)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("   \n", ""),
        ("\x00", ""),
        ("\u200b", ""),
        (" Ringer\nigen ", "Ringer igen"),
        ("a\x00b", "a\ufffdb"),
        ("x" * MOST_NOTE, "x" * MOST_NOTE),
        (" " + "x" * MOST_NOTE + " ", "x" * MOST_NOTE),
    ],
)
def test_a_note_is_one_line(typed, kept):
    assert sound_note(typed) == kept


def test_a_note_one_sign_too_long_says_how_long_it_is():
    with pytest.raises(TooLong, match=str(MOST_NOTE + 1)):
        sound_note("x" * (MOST_NOTE + 1))


@pytest.mark.parametrize(
    ("hers", "inside", "may_log", "expected"),
    [
        (True, True, True, Change.FREELY),
        (True, False, True, Change.FREELY),
        (False, True, True, Change.WITH_REASON),
        (False, False, True, Change.NO),
        (True, True, False, Change.NO),
        (False, True, False, Change.NO),
    ],
)
def test_her_own_is_changed_freely_and_a_colleagues_with_a_reason_from_inside(hers, inside, may_log, expected):
    assert may_change(hers=hers, inside=inside, may_log=may_log) is expected


def test_a_call_can_be_logged_for_today_and_thirteen_days_back():
    days = days_to_log(date(2026, 3, 3))
    assert (days[0], days[-1], len(days)) == (date(2026, 3, 3), date(2026, 2, 18), 14)


def test_seven_days_end_with_the_last():
    assert seven_days(date(2026, 3, 2)) == [date(2026, 2, d) for d in (24, 25, 26, 27, 28)] + [
        date(2026, 3, 1),
        date(2026, 3, 2),
    ]


def test_the_codes_the_rules_know_must_be_among_the_choices():
    assert missing_codes(Group.AGE, ["under_15", "adult"]) == {"from_15"}
    assert missing_codes(Group.LANGUAGE, []) == set()
