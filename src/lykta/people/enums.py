"""What a number of the centre's own is for, where a member stands, and what is said of a password, with its words."""

from enum import StrEnum


class PhoneUse(StrEnum):
    """Names that stand in the database; what outsiders read beside the number stands with the public pages."""

    MAIN = "main"
    SUPPORT = "support"
    YOUNG = "young"
    TREATMENT = "treatment"
    PROFESSIONALS = "professionals"
    TEXTING = "texting"

    @property
    def label(self) -> str:
        """The Swedish words staff see."""
        return PHONE_LABELS[self]


PHONE_LABELS: dict[PhoneUse, str] = {
    PhoneUse.MAIN: "centrumets nummer",
    PhoneUse.SUPPORT: "stödsamtal",
    PhoneUse.YOUNG: "barn och unga",
    PhoneUse.TREATMENT: "den som använder våld",
    PhoneUse.PROFESSIONALS: "yrkesverksamma",
    PhoneUse.TEXTING: "sms",
}
"""What each use is called on staff pages."""


class Standing(StrEnum):
    """Where a member stands on her way in and out."""

    INVITED = "invited"  # has a link she has not used
    UNSIGNED = "unsigned"  # has keys of her own that nobody has signed
    WORKING = "working"
    CLOSED = "closed"  # may not sign in for now
    LEFT = "left"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.INVITED: "inbjuden",
    Standing.UNSIGNED: "väntar på att bli insläppt",
    Standing.WORKING: "arbetar här",
    Standing.CLOSED: "stängd ute för stunden",
    Standing.LEFT: "har slutat",
}


class Purpose(StrEnum):
    """The one thing a link is for."""

    NEW = "new"
    PASSWORD = "password"  # a new password, and with it new keys
    SECOND_FACTOR = "second_factor"  # the password is kept; passkeys and codes go
    BOTH = "both"

    @property
    def label(self) -> str:
        """What has been lost, in Swedish."""
        return _PURPOSES[self]

    @property
    def code(self) -> str:
        """How the log tells of it: the bare word stands there for a wrong password already."""
        return f"lost_{self.value}"


_PURPOSES = {
    Purpose.NEW: "ny medarbetare",
    Purpose.PASSWORD: "lösenordet",
    Purpose.SECOND_FACTOR: "passernyckel och kodapp",
    Purpose.BOTH: "både lösenord och passernyckel",
}
LOST = (Purpose.PASSWORD, Purpose.SECOND_FACTOR, Purpose.BOTH)
"""What a member can have lost."""


class ShortenReason(StrEnum):
    """Why somebody need not wait. A code, never words: it stands in the log."""

    MET = "met"
    VOICE = "voice"
    URGENT = "urgent"

    @property
    def code(self) -> str:
        """How the log tells of it: always as something urgent, so that whoever reviews the log sees each one."""
        return " ".join(dict.fromkeys(["urgent", self.value]))

    @property
    def label(self) -> str:
        """The Swedish words."""
        return _SHORTENED[self]


_SHORTENED = {
    ShortenReason.MET: "vi har träffats i dag",
    ShortenReason.VOICE: "jag känner rösten väl och har ställt en fråga som bara rätt person kan svara på",
    ShortenReason.URGENT: "arbetet kan inte vänta, och vi har talats vid",
}


class ChangeReason(StrEnum):
    """Why somebody's roles or walls are changed. A code, never words: it stands in the log."""

    DUTIES = "duties"
    ENDED = "ended"
    STAND_IN = "stand_in"
    CONFLICT = "conflict"
    CORRECTION = "correction"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return _CHANGES[self]


_CHANGES = {
    ChangeReason.DUTIES: "nya arbetsuppgifter",
    ChangeReason.ENDED: "uppgiften har slutat",
    ChangeReason.STAND_IN: "vikariat",
    ChangeReason.CONFLICT: "jäv, eller en bekant",
    ChangeReason.CORRECTION: "rättelse",
}


PASSWORD_TOLD: dict[str, str] = {
    "short": "Lösenordet behöver minst tolv tecken. Några ord efter varandra går bra.",
    "long": "Lösenordet är för långt. Tvåhundra tecken räcker.",
    "blank": "Lösenordet kan inte börja eller sluta med mellanslag.",
    "same": "Det lösenordet är lätt att gissa. Välj några ord som inte hör ihop.",
    "common": "Det lösenordet är lätt att gissa. Välj några ord som inte hör ihop.",
    "used": "Det är samma lösenord som förut. Välj ett annat.",
    "own": "Lösenordet är för likt ditt namn eller din adress. Välj något annat.",
}
"""What is said of a password that will not do, by why (people.passwords)."""
