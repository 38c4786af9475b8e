"""How a request from an authority came, and where it stands, with the words staff see."""

from lykta.core.worded import Worded


class Came(Worded):
    """How the request came."""

    LETTER = "letter", "med brev"
    MAIL = "mail", "med e-post"
    PHONE = "phone", "i telefon"
    VISIT = "visit", "på besök"


class Outcome(Worded):
    """What became of a request."""

    FULL = "given_full", "allt lämnades"
    PART = "given_part", "en del lämnades"
    NONE = "given_none", "inget lämnades"
    TAKEN_BACK = "taken_back", "togs tillbaka"
