"""Rings: groups of members who can open the same files."""

from enum import StrEnum


class RingName(StrEnum):
    """A ring for each wall group, and two of the house's own."""

    CONTACT = "contact"
    RECOVERY = "recovery"  # the centre's recovery pair; its private half is never on a server
