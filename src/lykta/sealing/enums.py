"""Rings: groups of members who can open the same files."""

from lykta.core.worded import Worded


class RingName(Worded):
    """A ring for each wall group, and some of the house's own."""

    CONTACT = "contact", "kontaktrummet"
    EXPOSED = "exposed", "våldsutsatta"
    CHILD = "child", "barn"
    RELATIVE = "relative", "anhöriga"
    USING_VIOLENCE = "using_violence", "våldsutövare"
    PARTNER = "partner", "partnerkontakt"
    KAST = "kast", "KAST"
    HOUSE = "house", "husets nyckelring"  # those who let members in: it opens the centre's signing seed
    REVIEW = "review", "granskningen"  # those who review the log: it opens their notes
    STATISTICS = "statistics", "statistiken"  # those who make figures: it opens fact sheets
    RECOVERY = "recovery", "reservnyckeln"  # the centre's recovery pair; its private half is never on a server


OF_HOUSE = tuple(name for name in RingName if name != RingName.RECOVERY)
"""Every ring whose private half members hold. Made together at installation."""
