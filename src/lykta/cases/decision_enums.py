"""Where a municipality's decision stands, what is written about it, and how near its limit is."""

from lykta.core.worded import Worded


class Stage(Worded):
    """Where a decision stands with us."""

    RECEIVED = "received", "mottaget"
    ACCEPTED = "accepted", "accepterat"
    DECLINED = "declined", "tackat nej"
    STARTED = "started", "har börjat"
    ENDED = "ended", "avslutat"


class Step(Worded):
    """What can be done with a decision; each leaves its words."""

    ACCEPT = "accept", "Ta emot uppdraget"
    DECLINE = "decline", "Tacka nej"
    START = "start", "Stödet har börjat"
    REPORT = "report", "Återrapportera"
    END = "end", "Avsluta"


class Told(Worded):
    """What sealed words about a decision tell."""

    ORDER = "order", "beställningen"
    ACCEPT = "accept", "togs emot"
    DECLINE = "decline", "tackade nej"
    START = "start", "började"
    REPORT = "report", "återrapport"
    END = "end", "avslutades"


class Warn(Worded):
    """How near the day is on which the board must report that the service has not begun (SoL 34:1)."""

    NONE = "none", "i tid"
    SOON = "soon", "första påminnelsen"
    NEAR = "near", "sista påminnelsen"
    PAST = "past", "tiden har gått"
