"""The drawing of the waiting."""

import pytest

from lykta.desk.figures import LAST_DAY, MOST_MARKS, waiting_columns


def test_nothing_waiting_draws_nothing() -> None:
    assert waiting_columns([]) == []


@pytest.mark.parametrize(
    ("waits", "counts"),
    [
        ([(0, False)], [1]),
        ([(2, False)], [0, 0, 1]),
        ([(0, False), (1, True), (1, False)], [1, 2]),
        ([(LAST_DAY, True), (LAST_DAY + 1, True), (300, True)], [0] * LAST_DAY + [3]),
    ],
)
def test_a_column_for_each_day_up_to_the_last(waits: list[tuple[int, bool]], counts: list[int]) -> None:
    columns = waiting_columns(waits)
    assert [c.count for c in columns] == counts
    assert sum(len(c.marks) + c.more for c in columns) == len(waits)


@pytest.mark.parametrize(("number", "more"), [(MOST_MARKS, 0), (MOST_MARKS + 1, 1)])
def test_what_there_is_no_room_to_draw_is_counted(number: int, more: int) -> None:
    (column,) = waiting_columns([(0, False)] * number)
    assert (len(column.marks), column.more) == (MOST_MARKS, more)


def test_late_ones_are_drawn_before_those_on_time() -> None:
    column = waiting_columns([(3, False), (3, True)])[3]
    assert [mark.kind for mark in column.marks] == ["late", "on-time"]
