"""Which files may know of each other, and what makes a relation and a child whole. Plain values in, a verdict out."""

from collections.abc import Collection
from datetime import date

from lykta.access.enums import Wall
from lykta.cases.family_enums import ChildFile

CHILD_FROM = frozenset({Wall.EXPOSED, Wall.RELATIVE, Wall.CHILD})
"""From where a child's own file is opened. Never from the file of who uses violence, nor from what is kept beside his
treatment: a party reads his own file (OSL 10:3), and it must not tell that the child has one."""
OLDEST_CHILD_YEARS = 21


def may_link(*, here: Wall, there: Wall | None, reads: bool) -> bool:
    """Whether a relation may name another file: inside the same wall only, and for who reads both.

    there: the wall of the other; None where there is no such file, or none for her. All that fails is told alike.
    """
    return there == here and reads


def child_file(wall: Wall, hers: Collection[Wall], *, has_file: bool) -> ChildFile:
    """Whether a member can open a child's own file from a file inside a wall. hers: the walls she works in today."""
    if has_file:
        return ChildFile.THERE
    if wall not in CHILD_FROM:
        return ChildFile.SIDE
    return ChildFile.MAY if Wall.CHILD in hers else ChildFile.PLACE


def born_fault(born: date | None, *, on: date) -> str:
    """Why a day can't be a child's birth: "future", "old" or "". Which day is often not known."""
    if born is None:
        return ""
    if born > on:
        return "future"
    return "old" if on.year - born.year > OLDEST_CHILD_YEARS else ""
