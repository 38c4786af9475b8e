"""The closed words of the catalogue: who asks, what is known of them, and what the answer can be."""

from enum import StrEnum

from lykta.core.worded import Worded


class Verdict(StrEnum):
    """The answer for one service and one person."""

    OPEN = "open"  # may come by oneself
    DECISION = "decision"  # only after a decision by social services (SoL 11:1)
    EITHER = "either"  # by oneself or with a decision
    ASK = "ask"  # a soft rule is unmet or unclear: told, never refused
    NO = "no"  # not meant for this person
    ENDED = "ended"  # outside the years of the service


class Route(StrEnum):
    """The verdict of a service when every rule is met."""

    OPEN = "open"
    DECISION = "decision"
    EITHER = "either"


class Outcome(StrEnum):
    """What one answer to one rule does. "not", since YAML reads a bare no as false."""

    FITS = "fits"
    ASK = "ask"
    NOT = "not"


class Kind(StrEnum):
    """Why a rule may say no.

    A scope tells whom the service is for, a hard rule names a law, a soft rule never says no.
    """

    SCOPE = "scope"
    SOFT = "soft"
    HARD = "hard"


class Audience(StrEnum):
    CONCERNED = "concerned"  # domain 2a
    PROFESSIONAL = "professional"  # domain 2b


class Decision(StrEnum):
    """Whether a decision by social services (biståndsbeslut) stands before the service."""

    NONE = "none"
    REQUIRED = "required"
    OPTIONAL = "optional"


class SelfReferral(StrEnum):
    """Whether one can come by oneself."""

    DIRECT = "direct"
    ADULTS = "adults"  # stated for adults only (BEHUT)
    VIA_CHILD = "via_child"  # follows the child's own service (FORSAM)
    OFFERED = "offered"  # the centre gets in touch (PARTN)
    MEMBERS = "members"  # for those who belong to the network
    NONE = "none"  # only through social services


class Who(StrEnum):
    EXPOSED = "exposed"
    CHILD = "child"
    RELATIVE = "relative"
    USING_VIOLENCE = "using_violence"
    BUYS_SEX = "buys_sex"
    IMPORTANT_ADULT = "important_adult"
    PARTNER_IN_TREATMENT = "partner_in_treatment"
    PROFESSIONAL = "professional"
    VOLUNTEER = "volunteer"


class Gender(StrEnum):
    """Self-defined; never legal sex (domain 2c.6)."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class Distance(StrEnum):
    """Road to Östersund against the three mil of KVVECKA, as far as we can know it."""

    NEAR = "near"
    UNCLEAR = "unclear"
    FAR = "far"


class Fact(StrEnum):
    """What a rule can ask about. Each is one question; none is an address or a name."""

    WHO = "who"
    AGE = "age"
    GENDER = "gender"
    DISTANCE = "distance"
    HONOUR = "honour"
    DECISION = "decision"
    MUNICIPALITY_CANNOT = "municipality_cannot"
    TALKS_USED = "talks_used"


class PhoneStatus(StrEnum):
    CONFIRMED = "confirmed"
    DATED = "dated"  # confirmed, but the source is some years old
    FROM_SD = "from_sd"  # from the centre's own service description
    UNCONFIRMED = "unconfirmed"  # never shown to the public


class Keeping(StrEnum):
    """What may be written down in a service that is had without assessment (domain 4a, 4b)."""

    ADVICE_ONLY = "advice_only"  # a counter, nothing about the person (SoL 14:4)
    NO_IDENTITY = "no_identity"  # a code word, the identity is not documented (SoL 14:5)
    FULL_FILE = "full_file"  # a personal file (SoL 14:3)


class EditionState(Worded):
    """Where an edition stands. A centre has at most one draft, one that waits and one that is live."""

    DRAFT = "draft", "utkast"  # edits gather here
    WAITING = "waiting", "väntar på publicering"  # saved and looked through; the next publication makes it live
    LIVE = "live", "gäller"
    PAST = "past", "har gällt"  # was live
    ASIDE = "aside", "lades undan"  # never was live: a draft put away, or saved and followed by a newer one


STEPS = frozenset(
    {
        (EditionState.DRAFT, EditionState.WAITING),
        (EditionState.DRAFT, EditionState.ASIDE),
        (EditionState.WAITING, EditionState.LIVE),
        (EditionState.WAITING, EditionState.ASIDE),
        (EditionState.LIVE, EditionState.PAST),
    }
)
"""The only ways an edition goes. The database knows them too (see the room's migrations)."""
