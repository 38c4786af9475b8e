"""What a number of the centre's own is for, where a member stands, and what is said of a password, with its words."""

from lykta.core.worded import Worded


class PhoneUse(Worded):
    """Names that stand in the database; what outsiders read beside the number stands with the public pages."""

    MAIN = "main", "centrumets nummer"
    SUPPORT = "support", "stödsamtal"
    YOUNG = "young", "barn och unga"
    TREATMENT = "treatment", "den som använder våld"
    PROFESSIONALS = "professionals", "yrkesverksamma"
    TEXTING = "texting", "sms"


class Standing(Worded):
    """Where a member stands on her way in and out."""

    INVITED = "invited", "inbjuden"  # has a link she has not used
    UNSIGNED = "unsigned", "väntar på att bli insläppt"  # has keys of her own that nobody has signed
    WORKING = "working", "arbetar här"
    CLOSED = "closed", "stängd ute för stunden"  # may not sign in for now
    LEFT = "left", "har slutat"


class Purpose(Worded):
    """The one thing a link is for."""

    NEW = "new", "ny medarbetare"
    PASSWORD = "password", "lösenordet"  # a new password, and with it new keys
    SECOND_FACTOR = "second_factor", "passernyckel och kodapp"  # the password is kept; passkeys and codes go
    BOTH = "both", "både lösenord och passernyckel"

    @property
    def code(self) -> str:
        """How the log tells of it: the bare word stands there for a wrong password already."""
        return f"lost_{self.value}"


LOST = (Purpose.PASSWORD, Purpose.SECOND_FACTOR, Purpose.BOTH)
"""What a member can have lost."""


class ShortenReason(Worded):
    """Why somebody need not wait. A code, never words: it stands in the log."""

    MET = "met", "vi har träffats i dag"
    VOICE = "voice", "jag känner rösten väl och har ställt en fråga som bara rätt person kan svara på"
    URGENT = "urgent", "arbetet kan inte vänta, och vi har talats vid"

    @property
    def code(self) -> str:
        """How the log tells of it: always as something urgent, so that whoever reviews the log sees each one."""
        return " ".join(dict.fromkeys(["urgent", self.value]))


class ChangeReason(Worded):
    """Why somebody's roles or walls are changed. A code, never words: it stands in the log."""

    DUTIES = "duties", "nya arbetsuppgifter"
    ENDED = "ended", "uppgiften har slutat"
    STAND_IN = "stand_in", "vikariat"
    CONFLICT = "conflict", "jäv, eller en bekant"
    CORRECTION = "correction", "rättelse"


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
