"""Kinds of what is reviewed, and the verdicts on it, with the words staff see."""

from enum import StrEnum


class Kind(StrEnum):
    """Why something waits for a reviewer; the most serious first."""

    OPENED = "opened"
    MARKED = "marked"
    REFUSED = "refused"
    MANY = "many"
    NIGHT = "night"
    EXPORT = "export"
    SAMPLE = "sample"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return LABELS[self]

    @property
    def meaning(self) -> str:
        """Why it is looked at, in a sentence."""
        return MEANINGS[self]


class Verdict(StrEnum):
    """What a review came to."""

    IN_ORDER = "in_order"
    TALKED = "talked"
    FURTHER = "further"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return LABELS[self]


LABELS: dict[StrEnum, str] = {
    Kind.OPENED: "öppnade en kollegas akt",
    Kind.MARKED: "något i akten rör den som läste",
    Kind.REFUSED: "nekades flera gånger i rad",
    Kind.MANY: "öppnade ovanligt många på en dag",
    Kind.NIGHT: "läste på natten",
    Kind.EXPORT: "tog ut en del av loggen",
    Kind.SAMPLE: "månadens urval",
    Verdict.IN_ORDER: "i sin ordning",
    Verdict.TALKED: "vi har talat om det",
    Verdict.FURTHER: "går vidare",
}

MEANINGS: dict[Kind, str] = {
    Kind.OPENED: "Den som öppnar en akt hon inte är med i säger varför. Varje sådan öppning granskas.",
    Kind.MARKED: "Samma efternamn eller adress som den som läste, eller en kollega är den akten gäller.",
    Kind.REFUSED: "Fem nekade försök inom en timme eller tätare.",
    Kind.MANY: "Trettio eller fler olika dialoger och akter på samma dag.",
    Kind.NIGHT: "Ord öppnades mellan klockan 22 och 6.",
    Kind.EXPORT: "Loggen lämnade huset som fil. Den som tog ut den har skrivit varför.",
    Kind.SAMPLE: "Lottad bland månadens läsningar. Var läsningen en del av arbetet?",
}
