"""Who is given a copy of a file, what it is made of, and on what ground something is kept back."""

from lykta.core.worded import Worded


class Receiver(Worded):
    """To whom the copy is given."""

    PERSON = "person", "Den akten gäller"
    GUARDIAN = "guardian", "En vårdnadshavare"


class Part(Worded):
    """What a piece of the copy is."""

    NOTE = "note", "Anteckning"
    GOAL = "goal", "Mål"
    TASK = "task", "Uppgift för oss"
    RELATION = "relation", "Relation"
    CHILD = "child", "Barn"
    DECISION = "decision", "Beslut från en kommun"
    CONSENT = "consent", "Samtycke"
    DISCLOSURE = "disclosure", "Lämnat ut ur akten"
    DEMAND = "demand", "Begäran från en myndighet"
    CONCERN = "concern", "Oro för ett barn"


class Held(Worded):
    """Why something is kept back, in the words of the copy: wide, so that the ground tells nothing of what it is."""

    PARTY = "party", "Uppgifter som kan skada någon, eller en utredning, om de lämnas (OSL 10 kap. 3 §)."
    SOURCE = "source", "Uppgifter från någon som måste skyddas (OSL 26 kap. 5 §)."
    OTHERS = "others", "Uppgifter om någon annan än du (OSL 26 kap. 1 §)."
    ADDRESS = "address", "Adress och andra uppgifter om var du finns: de är skyddade (OSL 21 kap. 3 §)."
    GUARDIAN = "guardian", "Uppgifter som skyddas för barnets skull (OSL 12 kap. 3 §)."
