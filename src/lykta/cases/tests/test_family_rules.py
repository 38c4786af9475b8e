"""Which files may know of each other, from where a child's file is opened, and which day a child is born."""

from datetime import date

import pytest

from lykta.access.enums import Wall
from lykta.cases.family_enums import ChildFile
from lykta.cases.family_rules import OLDEST_CHILD_YEARS, born_fault, child_file, may_link

ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("here", "there", "reads", "may"),
    [
        (Wall.EXPOSED, Wall.EXPOSED, True, True),
        (Wall.EXPOSED, Wall.EXPOSED, False, False),
        (Wall.EXPOSED, None, False, False),
        (Wall.EXPOSED, None, True, False),
        (Wall.EXPOSED, Wall.USING_VIOLENCE, True, False),
        (Wall.USING_VIOLENCE, Wall.EXPOSED, True, False),
        (Wall.EXPOSED, Wall.PARTNER, True, False),
        (Wall.EXPOSED, Wall.CHILD, True, False),
        (Wall.USING_VIOLENCE, Wall.USING_VIOLENCE, True, True),
    ],
)
def test_a_relation_names_a_file_inside_its_own_wall_for_who_reads_both(here, there, reads, may):
    assert may_link(here=here, there=there, reads=reads) is may


@pytest.mark.parametrize(
    ("wall", "hers", "has", "verdict"),
    [
        (Wall.EXPOSED, {Wall.EXPOSED, Wall.CHILD}, False, ChildFile.MAY),
        (Wall.EXPOSED, {Wall.EXPOSED}, False, ChildFile.PLACE),
        (Wall.EXPOSED, {Wall.EXPOSED, Wall.CHILD}, True, ChildFile.THERE),
        (Wall.RELATIVE, {Wall.RELATIVE, Wall.CHILD}, False, ChildFile.MAY),
        (Wall.CHILD, {Wall.CHILD}, False, ChildFile.MAY),
        (Wall.USING_VIOLENCE, {Wall.USING_VIOLENCE, Wall.CHILD}, False, ChildFile.SIDE),
        (Wall.PARTNER, {Wall.PARTNER, Wall.CHILD}, False, ChildFile.SIDE),
        (Wall.KAST, {Wall.KAST, Wall.CHILD}, False, ChildFile.SIDE),
    ],
)
def test_from_where_a_childs_own_file_is_opened(wall, hers, has, verdict):
    assert child_file(wall, hers, has_file=has) == verdict


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        (None, ""),
        (ON, ""),
        (date(2026, 11, 25), "future"),
        (date(ON.year - OLDEST_CHILD_YEARS, 1, 1), ""),
        (date(ON.year - OLDEST_CHILD_YEARS - 1, 12, 31), "old"),
    ],
)
def test_which_day_a_child_can_be_born(born, fault):
    assert born_fault(born, on=ON) == fault
