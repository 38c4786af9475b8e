"""Rules of the dialogue, with both sides of every edge."""

from datetime import date
from uuid import UUID

import pytest

from lykta.contact.enums import ReadReason, State
from lykta.contact.errors import EmptyMessage, TooLong
from lykta.contact.rules import (
    MOST_SIGNS,
    STEPS,
    answer_by,
    deed_reason,
    is_late,
    may_step,
    read_reason,
    sound_message,
    waited_days,
)

FREE = {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 6)}
MAJA, TOMAS, ELSA = (UUID(int=n) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hej", "Hej"),
        ("\nHej\r\n\r\ndär\r", "Hej\n\ndär"),
        ("a\x00b", "a\ufffdb"),
        ("  inskjutet", "  inskjutet"),
        ("🙂", "🙂"),
        ("\u202eمرحبا", "\u202eمرحبا"),
        ("x" * MOST_SIGNS, "x" * MOST_SIGNS),
    ],
)
def test_a_message_is_kept_to_the_letter(typed, kept):
    assert sound_message(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "\n\t ", "\x00", "\u202e\u200f", "\u00a0"])
def test_nothing_is_not_a_message(typed):
    with pytest.raises(EmptyMessage):
        sound_message(typed)


def test_one_sign_too_many_is_told():
    with pytest.raises(TooLong, match=str(MOST_SIGNS + 1)):
        sound_message("x" * (MOST_SIGNS + 1))


@pytest.mark.parametrize(
    ("written", "by"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),  # Monday
        (date(2026, 11, 26), date(2026, 11, 27)),  # Thursday
        (date(2026, 11, 27), date(2026, 11, 30)),  # Friday
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
        (date(2026, 12, 23), date(2026, 12, 28)),  # Christmas Eve and Day, then a weekend
        (date(2026, 12, 30), date(2027, 1, 4)),
        (date(2027, 1, 5), date(2027, 1, 7)),
    ],
)
def test_an_answer_is_promised_for_the_next_working_day(written, by):
    assert answer_by(written, free=FREE) == by
    assert not is_late(written, on=by, free=FREE)
    assert is_late(written, on=date.fromordinal(by.toordinal() + 1), free=FREE)


def test_what_does_not_wait_is_never_late():
    assert waited_days(None, on=date(2026, 1, 1)) is None
    assert not is_late(None, on=date(2026, 1, 1), free=FREE)


@pytest.mark.parametrize(
    ("since", "days"), [(date(2026, 11, 23), 0), (date(2026, 11, 22), 1), (date(2026, 10, 31), 23)]
)
def test_waiting_is_counted_in_whole_days(since, days):
    assert waited_days(since, on=date(2026, 11, 23)) == days


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("deed", STEPS)
def test_nothing_more_happens_in_a_closed_dialogue(deed, state):
    assert may_step(deed, state) == (state is not State.CLOSED)


@pytest.mark.parametrize(
    ("taken_by", "asked", "given", "reason"),
    [
        (MAJA, set(), "", ReadReason.OWN),
        (None, set(), "", ReadReason.FREE),
        (TOMAS, {MAJA}, "", ReadReason.ASKED),
        (TOMAS, {ELSA}, "", None),
        (TOMAS, set(), "own", None),
        (TOMAS, set(), "curious", None),
        (TOMAS, set(), "stand_in", ReadReason.STAND_IN),
        (TOMAS, set(), "urgent", ReadReason.URGENT),
    ],
)
def test_a_colleagues_dialogue_asks_for_a_reason(taken_by, asked, given, reason):
    assert read_reason(reader=MAJA, taken_by=taken_by, asked=asked, given=given) == reason


@pytest.mark.parametrize(
    ("deed", "taken_by", "asked", "given", "reason"),
    [
        ("answer", MAJA, (), "", ReadReason.OWN),
        ("close", MAJA, (), "", ReadReason.OWN),
        ("answer", None, (), "", ReadReason.FREE),
        ("close", None, (), "", ReadReason.FREE),
        *[(deed, TOMAS, (), "", None) for deed in ("answer", "note", "ask", "mute", "hand_over", "close")],
        *[(deed, TOMAS, (ELSA,), "free", None) for deed in ("answer", "note", "ask", "mute", "hand_over", "close")],
        *[(deed, TOMAS, (), "urgent", ReadReason.URGENT) for deed in ("answer", "note", "mute", "hand_over", "close")],
        *[(deed, TOMAS, (MAJA,), "", ReadReason.ASKED) for deed in ("answer", "note", "ask", "mute")],
        *[(deed, TOMAS, (MAJA,), "", None) for deed in ("hand_over", "close")],
        *[(deed, TOMAS, (MAJA,), "stand_in", ReadReason.STAND_IN) for deed in ("hand_over", "close")],
        ("take", TOMAS, (), "", ReadReason.FREE),
    ],
)
def test_a_deed_in_a_colleagues_dialogue_needs_a_reason(deed, taken_by, asked, given, reason):
    assert deed_reason(deed, by=MAJA, taken_by=taken_by, asked=asked, given=given) == reason


@pytest.mark.parametrize("deed", ["answer", "note", "ask", "mute", "hand_over", "close"])
def test_who_stands_in_by_an_absence_needs_no_reason_of_her_own(deed):
    said = {"asked": (MAJA,), "given": "", "standing_in": {TOMAS}}
    assert deed_reason(deed, by=MAJA, taken_by=TOMAS, **said) == ReadReason.STAND_IN
    assert read_reason(reader=MAJA, taken_by=TOMAS, **said) == ReadReason.STAND_IN
    assert read_reason(reader=MAJA, taken_by=MAJA, **said) == ReadReason.OWN
    assert read_reason(reader=MAJA, taken_by=ELSA, **said | {"asked": ()}) is None
