"""States and reasons of a dialogue, with the words staff see."""

from lykta.core.worded import Worded


class State(Worded):
    """Where a dialogue stands."""

    WAITING = "waiting", "väntar på svar"
    ANSWERED = "answered", "besvarad"
    CLOSED = "closed", "avslutad"


class Kind(Worded):
    """What a message is. Only replies are ever given to the visitor."""

    VISITOR = "visitor", "meddelande"
    REPLY = "reply", "svar"
    MARGIN = "margin", "i marginalen"
    ASK = "ask", "fråga till en kollega"


class CloseReason(Worded):
    """Why a dialogue was closed."""

    COMPLETED = "completed", "samtalet är klart"
    REFERRED = "referred", "har fått väg till annat stöd"
    CASE = "case", "fortsätter hos oss på annat sätt"
    NO_CONTACT = "no_contact", "hör inte av sig mer"
    NOT_FOR_US = "not_for_us", "inget som centrumet kan hjälpa till med"


class ReadReason(Worded):
    """Why somebody opens a dialogue a colleague has taken. A code, never words: it stands in the log."""

    OWN = "own", "min egen"
    FREE = "free", "ingen har tagit den"
    ASKED = "asked", "kollegan har frågat mig"
    STAND_IN = "stand_in", "vikarierar för kollegan"
    URGENT = "urgent", "det brådskar"


ASKED_FOR = (ReadReason.STAND_IN, ReadReason.URGENT)
