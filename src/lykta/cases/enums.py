"""States, kinds and reasons of a personal file, with the words staff see."""

from enum import StrEnum


class Worded(StrEnum):
    """A value with the words staff see for it."""

    @property
    def label(self) -> str:
        """The Swedish words."""
        return LABELS[self]


class State(Worded):
    """Where a file stands."""

    OPEN = "open"
    CLOSED = "closed"


class Mode(Worded):
    """How much is documented (SoL 14:3-5). Mere advice opens no file: it is a line in the call log."""

    NO_IDENTITY = "no_identity"
    FULL = "full"


class SheetKind(Worded):
    """The parts of a file that have one present wording each, and earlier ones."""

    IDENTITY = "identity"
    SAFE_CONTACT = "safe_contact"


class Number(Worded):
    """What kind of number a person has. "No number" is first-class, never forced (domain.md 4f)."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    RESERVE = "reserve"
    NONE = "none"


class NumberFault(StrEnum):
    """Why something typed is no personal or coordination number."""

    FORM = "form"
    DAY = "day"
    FUTURE = "future"
    CHECK = "check"


class Answer(Worded):
    """An answer about a way of contact. Unknown is never yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Channel(Worded):
    """A way to reach somebody."""

    CALL = "call"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    LETTER = "letter"
    MAIL = "mail"


class OpenReason(Worded):
    """Why somebody opens a file she is not assigned to. A code: it stands in the log, words beside it are sealed."""

    STAND_IN = "stand_in"
    URGENT = "urgent"
    ASKED = "asked"
    LEAD = "lead"


class CloseReason(Worded):
    """Why a file was closed (domain.md, section 3)."""

    COMPLETED = "completed"
    DROPPED_OUT = "dropped_out"
    MOVED = "moved"
    REFERRED = "referred"
    DECLINED = "declined"
    NO_CONTACT = "no_contact"
    PROTECTION = "protection"
    DECEASED = "deceased"


class Agency(Worded):
    """To whom something leaves."""

    SOCIAL = "social"
    POLICE = "police"
    PROSECUTOR = "prosecutor"
    HEALTH = "health"
    SCHOOL = "school"
    COURT = "court"
    HOUSING = "housing"
    OTHER = "other"


class GivenBy(Worded):
    """Who lifts the secrecy (OSL 12:2; for a child domain.md 4c)."""

    PERSON = "person"
    GUARDIANS = "guardians"
    ONE_GUARDIAN = "one_guardian"


class How(Worded):
    """How a consent was given."""

    WRITTEN = "written"
    SPOKEN = "spoken"
    PHONE = "phone"


class ConsentState(Worded):
    """Where a consent stands on a day."""

    COMING = "coming"
    HOLDS = "holds"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Route(Worded):
    """Whose consent a child's support rests on (SoL 21:1-2, FB 6:13)."""

    GUARDIANS = "guardians_consent"
    CHILD_IF_SUITABLE = "child_if_suitable"
    OWN = "own_consent"


class Guard(Worded):
    """From whom a note is kept, beside those who may not open the file at all."""

    GUARDIAN = "guardian"
    SOURCE = "source"
    PARTY = "party"


LABELS: dict[StrEnum, str] = {
    State.OPEN: "öppen",
    State.CLOSED: "avslutad",
    Mode.NO_IDENTITY: "utan identitet",
    Mode.FULL: "full akt",
    SheetKind.IDENTITY: "vem det är",
    SheetKind.SAFE_CONTACT: "säker kontakt",
    Number.PERSONNUMMER: "personnummer",
    Number.SAMORDNINGSNUMMER: "samordningsnummer",
    Number.RESERVE: "reservnummer",
    Number.NONE: "inget nummer",
    Answer.YES: "ja",
    Answer.NO: "nej",
    Answer.UNKNOWN: "vet inte",
    Channel.CALL: "ringa",
    Channel.VOICEMAIL: "lämna röstmeddelande",
    Channel.TEXT: "skicka sms",
    Channel.LETTER: "skicka brev",
    Channel.MAIL: "skicka e-post",
    OpenReason.STAND_IN: "vikarierar för den som är ansvarig",
    OpenReason.URGENT: "det brådskar",
    OpenReason.ASKED: "den som är ansvarig har bett mig",
    OpenReason.LEAD: "handledning eller fördelning",
    CloseReason.COMPLETED: "stödet är klart",
    CloseReason.DROPPED_OUT: "avbröt själv",
    CloseReason.MOVED: "har flyttat",
    CloseReason.REFERRED: "har fått väg till annat stöd",
    CloseReason.DECLINED: "tackade nej",
    CloseReason.NO_CONTACT: "går inte att nå",
    CloseReason.PROTECTION: "av skyddsskäl",
    CloseReason.DECEASED: "har avlidit",
    Agency.SOCIAL: "socialtjänsten",
    Agency.POLICE: "polisen",
    Agency.PROSECUTOR: "åklagaren",
    Agency.HEALTH: "vården",
    Agency.SCHOOL: "skolan",
    Agency.COURT: "domstolen",
    Agency.HOUSING: "ett skyddat boende",
    Agency.OTHER: "någon annan",
    GivenBy.PERSON: "personen själv",
    GivenBy.GUARDIANS: "alla vårdnadshavare",
    GivenBy.ONE_GUARDIAN: "en vårdnadshavare",
    How.WRITTEN: "skriftligt",
    How.SPOKEN: "muntligt",
    How.PHONE: "i telefon",
    ConsentState.COMING: "börjar senare",
    ConsentState.HOLDS: "gäller",
    ConsentState.ENDED: "har gått ut",
    ConsentState.WITHDRAWN: "tillbakataget",
    Route.GUARDIANS: "Vårdnadshavarna samtycker.",
    Route.CHILD_IF_SUITABLE: "Barnets eget samtycke kan räcka, om det är lämpligt. Annars samtycker vårdnadshavarna.",
    Route.OWN: "Samtycker själv.",
    Guard.GUARDIAN: "visas inte för vårdnadshavare",
    Guard.SOURCE: "uppgiftslämnaren måste skyddas",
    Guard.PARTY: "lämnas inte ut till den akten gäller",
}
"""The words staff see for each value."""
