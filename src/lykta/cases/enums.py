"""States, kinds and reasons of a personal file, with the words staff see."""

from enum import StrEnum

from lykta.core.worded import Worded


class State(Worded):
    """Where a file stands."""

    OPEN = "open", "öppen"
    CLOSED = "closed", "avslutad"


class Mode(Worded):
    """How much is documented (SoL 14:3-5). Mere advice opens no file: it is a line in the call log."""

    NO_IDENTITY = "no_identity", "utan identitet"
    FULL = "full", "full akt"


class SheetKind(Worded):
    """The parts of a file that have one present wording each, and earlier ones."""

    IDENTITY = "identity", "vem det är"
    SAFE_CONTACT = "safe_contact", "säker kontakt"


class Number(Worded):
    """What kind of number a person has. "No number" is first-class, never forced (domain.md 4f)."""

    PERSONNUMMER = "personnummer", "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer", "samordningsnummer"
    RESERVE = "reserve", "reservnummer"
    NONE = "none", "inget nummer"


class NumberFault(StrEnum):
    """Why something typed is no personal or coordination number."""

    FORM = "form"
    DAY = "day"
    FUTURE = "future"
    CHECK = "check"


class Answer(Worded):
    """An answer about a way of contact. Unknown is never yes."""

    YES = "yes", "ja"
    NO = "no", "nej"
    UNKNOWN = "unknown", "vet inte"


class Channel(Worded):
    """A way to reach somebody."""

    CALL = "call", "ringa"
    VOICEMAIL = "voicemail", "lämna röstmeddelande"
    TEXT = "text", "skicka sms"
    LETTER = "letter", "skicka brev"
    MAIL = "mail", "skicka e-post"


class OpenReason(Worded):
    """Why somebody opens a file she is not assigned to. A code: it stands in the log, words beside it are sealed."""

    STAND_IN = "stand_in", "vikarierar för den som är ansvarig"
    URGENT = "urgent", "det brådskar"
    ASKED = "asked", "den som är ansvarig har bett mig"
    LEAD = "lead", "handledning eller fördelning"


class CloseReason(Worded):
    """Why a file was closed (domain.md, section 3)."""

    COMPLETED = "completed", "stödet är klart"
    DROPPED_OUT = "dropped_out", "avbröt själv"
    MOVED = "moved", "har flyttat"
    REFERRED = "referred", "har fått väg till annat stöd"
    DECLINED = "declined", "tackade nej"
    NO_CONTACT = "no_contact", "går inte att nå"
    PROTECTION = "protection", "av skyddsskäl"
    DECEASED = "deceased", "har avlidit"


class Agency(Worded):
    """To whom something leaves."""

    SOCIAL = "social", "socialtjänsten"
    POLICE = "police", "polisen"
    PROSECUTOR = "prosecutor", "åklagaren"
    HEALTH = "health", "vården"
    SCHOOL = "school", "skolan"
    COURT = "court", "domstolen"
    HOUSING = "housing", "ett skyddat boende"
    OTHER = "other", "någon annan"


class GivenBy(Worded):
    """Who lifts the secrecy (OSL 12:2; for a child domain.md 4c)."""

    PERSON = "person", "personen själv"
    GUARDIANS = "guardians", "alla vårdnadshavare"
    ONE_GUARDIAN = "one_guardian", "en vårdnadshavare"


class How(Worded):
    """How a consent was given."""

    WRITTEN = "written", "skriftligt"
    SPOKEN = "spoken", "muntligt"
    PHONE = "phone", "i telefon"


class ConsentState(Worded):
    """Where a consent stands on a day."""

    COMING = "coming", "börjar senare"
    HOLDS = "holds", "gäller"
    ENDED = "ended", "har gått ut"
    WITHDRAWN = "withdrawn", "tillbakataget"


class Route(Worded):
    """Whose consent a child's support rests on (SoL 21:1-2, FB 6:13)."""

    GUARDIANS = "guardians_consent", "Vårdnadshavarna samtycker."
    CHILD_IF_SUITABLE = (
        "child_if_suitable",
        "Barnets eget samtycke kan räcka, om det är lämpligt. Annars samtycker vårdnadshavarna.",
    )
    OWN = "own_consent", "Samtycker själv."


class Guard(Worded):
    """From whom a note is kept, beside those who may not open the file at all."""

    GUARDIAN = "guardian", "visas inte för vårdnadshavare"
    SOURCE = "source", "uppgiftslämnaren måste skyddas"
    PARTY = "party", "lämnas inte ut till den akten gäller"
