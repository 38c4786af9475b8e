"""Rings: groups of members who can open the same files."""

from enum import StrEnum


class RingName(StrEnum):
    """A ring for each wall group, and some of the house's own."""

    CONTACT = "contact"
    EXPOSED = "exposed"
    CHILD = "child"
    RELATIVE = "relative"
    USING_VIOLENCE = "using_violence"
    PARTNER = "partner"
    KAST = "kast"
    HOUSE = "house"  # those who let members in: it opens the centre's signing seed
    REVIEW = "review"  # those who review the log: it opens their notes
    STATISTICS = "statistics"  # those who make figures: it opens fact sheets
    RECOVERY = "recovery"  # the centre's recovery pair; its private half is never on a server

    @property
    def label(self) -> str:
        """What members call it."""
        return _LABELS[self]


_LABELS = {
    RingName.CONTACT: "kontaktrummet",
    RingName.EXPOSED: "våldsutsatta",
    RingName.CHILD: "barn",
    RingName.RELATIVE: "anhöriga",
    RingName.USING_VIOLENCE: "våldsutövare",
    RingName.PARTNER: "partnerkontakt",
    RingName.KAST: "KAST",
    RingName.HOUSE: "husets nyckelring",
    RingName.REVIEW: "granskningen",
    RingName.STATISTICS: "statistiken",
    RingName.RECOVERY: "reservnyckeln",
}
"""Those of the walls as in access.enums.WALL_LABELS (a test says so)."""


OF_HOUSE = tuple(name for name in RingName if name != RingName.RECOVERY)
"""Every ring whose private half members hold. Made together at installation."""
