"""Kinds of what is reviewed, and the verdicts on it, with the words staff see."""

from lykta.core.worded import Worded


class Kind(Worded):
    """Why something waits for a reviewer; the most serious first."""

    OPENED = "opened", "öppnade en kollegas akt"
    TAKEN = "taken", "lät en namngiven akt tas över med reservnyckeln"
    MARKED = "marked", "något i akten rör den som läste"
    REFUSED = "refused", "nekades flera gånger i rad"
    MANY = "many", "öppnade ovanligt många på en dag"
    NIGHT = "night", "läste på natten"
    EXPORT = "export", "tog ut en del av loggen"
    SAMPLE = "sample", "månadens urval"

    @property
    def meaning(self) -> str:
        """Why it is looked at, in a sentence."""
        return MEANINGS[self]


class Verdict(Worded):
    """What a review came to."""

    IN_ORDER = "in_order", "i sin ordning"
    TALKED = "talked", "vi har talat om det"
    FURTHER = "further", "går vidare"


MEANINGS: dict[Kind, str] = {
    Kind.OPENED: "Den som öppnar en akt hon inte är med i säger varför. Varje sådan öppning granskas.",
    Kind.TAKEN: "Ingen som var med i akten kunde öppna den längre. Var det bestämt att just de här skulle få den?",
    Kind.MARKED: "Samma efternamn eller adress som den som läste, eller en kollega är den akten gäller.",
    Kind.REFUSED: "Fem nekade försök inom en timme eller tätare.",
    Kind.MANY: "Trettio eller fler olika dialoger och akter på samma dag.",
    Kind.NIGHT: "Ord öppnades mellan klockan 22 och 6.",
    Kind.EXPORT: "Loggen lämnade huset som fil. Den som tog ut den har skrivit varför.",
    Kind.SAMPLE: "Lottad bland månadens läsningar. Var läsningen en del av arbetet?",
}
