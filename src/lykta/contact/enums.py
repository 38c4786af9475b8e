"""States and reasons of a dialogue, with the words staff see."""

from enum import StrEnum


class Worded(StrEnum):
    """A value with the words staff see for it."""

    @property
    def label(self) -> str:
        """The Swedish words."""
        return LABELS[self]


class State(Worded):
    """Where a dialogue stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


class Kind(Worded):
    """What a message is. Only replies are ever given to the visitor."""

    VISITOR = "visitor"
    REPLY = "reply"
    MARGIN = "margin"
    ASK = "ask"


class CloseReason(Worded):
    """Why a dialogue was closed."""

    COMPLETED = "completed"
    REFERRED = "referred"
    CASE = "case"
    NO_CONTACT = "no_contact"
    NOT_FOR_US = "not_for_us"


class ReadReason(Worded):
    """Why somebody opens a dialogue a colleague has taken. A code, never words: it stands in the log."""

    OWN = "own"
    FREE = "free"
    ASKED = "asked"
    STAND_IN = "stand_in"
    URGENT = "urgent"


LABELS: dict[StrEnum, str] = {
    State.WAITING: "väntar på svar",
    State.ANSWERED: "besvarad",
    State.CLOSED: "avslutad",
    Kind.VISITOR: "meddelande",
    Kind.REPLY: "svar",
    Kind.MARGIN: "i marginalen",
    Kind.ASK: "fråga till en kollega",
    CloseReason.COMPLETED: "samtalet är klart",
    CloseReason.REFERRED: "har fått väg till annat stöd",
    CloseReason.CASE: "fortsätter hos oss på annat sätt",
    CloseReason.NO_CONTACT: "hör inte av sig mer",
    CloseReason.NOT_FOR_US: "inget som centrumet kan hjälpa till med",
    ReadReason.OWN: "min egen",
    ReadReason.FREE: "ingen har tagit den",
    ReadReason.ASKED: "kollegan har frågat mig",
    ReadReason.STAND_IN: "vikarierar för kollegan",
    ReadReason.URGENT: "det brådskar",
}
"""The words staff see for each value."""

ASKED_FOR = (ReadReason.STAND_IN, ReadReason.URGENT)
