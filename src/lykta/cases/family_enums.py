"""Who stands how to the person a file is about, with the words staff see."""

from lykta.core.worded import Worded


class Kin(Worded):
    """What the person is to somebody."""

    CHILD_OF = "child_of", "barn till"
    PARENT_OF = "parent_of", "förälder till"
    PARTNER_OF = "partner_of", "partner eller tidigare partner till"
    LIVES_WITH = "lives_with", "bor ihop med"
    OTHER = "other", "annat"


class ChildFile(Worded):
    """Whether a child's own file can be opened from a file."""

    MAY = "may", "Barnet kan få en egen akt, innanför muren för barn."
    SIDE = "side", "Härifrån öppnas ingen akt för barnet. Tala med en kollega som arbetar med barn."
    PLACE = "place", "Barnets egen akt öppnas av en kollega som arbetar innanför muren för barn."
    THERE = "there", "Barnet har en egen akt."
