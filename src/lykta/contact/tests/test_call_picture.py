"""The drawing of the call log."""

from datetime import date

from lykta.contact.call_picture import FLOOR, MOST_STEP, TALLEST, columns

DAYS = [date(2026, 11, d) for d in (22, 23)]


def test_a_day_without_calls_has_no_column():
    empty, _ = columns(DAYS, ["phone"], {(DAYS[1], "phone"): 1})
    assert (empty.total, empty.pieces, empty.top) == (0, (), FLOOR)


def test_pieces_stand_on_each_other_in_the_channels_order():
    day = columns(DAYS, ["phone", "visit"], {(DAYS[1], "phone"): 2, (DAYS[1], "visit"): 1})[1]
    phone, visit = day.pieces
    assert (day.counts, day.total) == ((2, 1), 3)
    assert phone.y + phone.height == FLOOR
    assert visit.y + visit.height == phone.y == FLOOR - 2 * MOST_STEP
    assert day.top == visit.y


def test_many_calls_fit_under_the_top_and_none_disappears():
    day = columns(DAYS, ["phone", "visit"], {(DAYS[1], "phone"): 399, (DAYS[1], "visit"): 1})[1]
    assert FLOOR - day.top == TALLEST
    assert day.total == 400


def test_nothing_at_all_is_drawn_as_nothing():
    assert [day.pieces for day in columns(DAYS, [], {})] == [(), ()]
