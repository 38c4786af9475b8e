"""Choices and states of a concern for a child, each with the words staff see."""

from lykta.core.worded import Worded


class Urgency(Worded):
    """How soon the board must act."""

    NOW = "now", "Barnet är i fara nu"
    SOON = "soon", "Det behövs skydd eller stöd inom några dagar"
    NOT_ACUTE = "not_acute", "Inte akut"


class GuardiansKnow(Worded):
    """Whether the guardians have been told of the report."""

    YES = "yes", "Ja"
    SOME = "some", "En av dem"
    NO = "no", "Nej"


class Step(Worded):
    """What happens to a written report."""

    SENT = "board_sent", "skickad"
    RECEIPT = "board_receipt", "mottagen"
    ASKED = "board_asked", "återkoppling begärd"
    FEEDBACK = "board_told", "återkoppling lämnad"
    DROPPED = "not_sent", "skickades inte"


class ConcernState(Worded):
    """Where a concern stands."""

    NOT_REPORTED = "not_reported", "anmäls inte"
    WRITTEN = "written", "skriven, inte skickad"
    SENT = "sent", "skickad"
    RECEIVED = "received", "mottagen"
    ASKED = "asked", "återkoppling begärd"
    ANSWERED = "answered", "återkoppling lämnad"
    DROPPED = "dropped", "skickades inte"


class Feedback(Worded):
    """What the board has told (SoL 19:6)."""

    OPENED = "opened", "En utredning är inledd"
    NOT_OPENED = "not_opened", "Ingen utredning inleds"
    RUNNING = "running", "En utredning pågår redan"
    WONT_SAY = "wont_say", "Nämnden säger inte"
