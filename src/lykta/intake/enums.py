"""What a contact becomes, how the person said so, how much it hurries; with the words staff see."""

from lykta.core.worded import Worded


class Kind(Worded):
    """Where it began."""

    DIALOGUE = "dialogue", "en dialog"
    CALL = "call", "ett samtal eller besök"


class Becomes(Worded):
    """What a contact can become. The value stands in the address."""

    ADVICE = "rad", "Bara råd"
    NO_IDENTITY = "utan-identitet", "Ny akt utan identitet"
    FULL = "full-akt", "Ny full akt"
    JOIN = "akt-som-finns", "En akt som finns"


class Wish(Worded):
    """How the person said that this is her wish."""

    IN_DIALOGUE = "in_dialogue", "i dialogen"
    ON_PHONE = "on_phone", "i telefon"
    ON_SPOT = "on_spot", "på plats"
    IN_WRITING = "in_writing", "på papper"


class Urgency(Worded):
    """How much it hurries."""

    TODAY = "today", "i dag"
    WEEK = "week", "den här veckan"
    PLANNED = "planned", "kan planeras"


class UndoReason(Worded):
    """Why a contact is taken out of a file again. A code: it stands in the log, words beside it are sealed."""

    WRONG_PERSON = "wrong_person", "det var fel person"
    WITHDRAWN = "withdrawn", "personen vill inte längre"
    MISTAKE = "mistake", "det blev gjort av misstag"
