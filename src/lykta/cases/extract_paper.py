"""The copy of a file as a tagged paper: everything in order of time, and on which grounds something is kept back."""

from collections.abc import Sequence
from datetime import datetime

from lykta.cases.extract import Reading, Whole
from lykta.cases.extract_enums import Receiver
from lykta.cases.extract_rules import Chosen, Piece, grounds_told, settled
from lykta.core import clock
from lykta.core.paper import Paper, as_pdf

RIGHTS = (
    "Du har rätt att läsa det som står om dig. Är något fel kan det rättas; det som stod förut finns kvar bakom "
    "rättelsen. Ser du något annorlunda skriver vi in din mening. Tidigare lydelser av uppgifterna om dig, och hur "
    "akten kom till, står inte här: fråga om du vill veta det."
)
TO_GUARDIAN = (
    "Det här är det som kan lämnas till en vårdnadshavare. Uppgifter som skyddas för barnets skull lämnas inte "
    "(12 kap. 3 § offentlighets- och sekretesslagen). Det sägs aldrig om det finns sådana uppgifter."
)
NOTHING = "Ingenting har hållits tillbaka."
REFUSED = (
    "Vad det är säger vi inte. Vill du ha ett skriftligt beslut om det säger du till. I beslutet står hur man "
    "överklagar. OSL är offentlighets- och sekretesslagen."
)
WIDTHS = (3, 4, 5, 5)


def extract_pdf(
    told: Whole, chosen: Chosen, *, ref: str, centre: str, by: str, at: datetime, readings: Sequence[Reading]
) -> bytes:
    """The paper for one receiver, with what was chosen. Raises NotSet."""
    is_hers = told.receiver == Receiver.PERSON
    pieces = settled(told.pieces, chosen)
    over = "Sekretess (26 kap. 1 § offentlighets- och sekretesslagen)"
    paper = Paper("Utdrag ur personakt", centre, at, over=over)
    paper.rows(
        [
            ("Akt", ref),
            ("Till", "Den akten gäller" if is_hers else f"{chosen.who.strip()}, vårdnadshavare"),
            ("Dag", at.astimezone(clock.STOCKHOLM).strftime("%Y-%m-%d")),
            ("Gjort av", f"{by}, {centre}"),
        ]
    )
    paper.words(RIGHTS if is_hers else TO_GUARDIAN)
    paper.heading("Vem du är" if is_hers else "Vem barnet är")
    paper.rows(told.identity)
    if told.contact:
        paper.heading("Säker kontakt")
        paper.rows(told.contact)
    paper.heading("Det som står i akten, i tidsordning")
    for piece in pieces:
        if piece.held is None:
            _piece(paper, piece)
    _kept_back(paper, told, pieces)
    if readings:
        _readings(paper, readings)
    return as_pdf(paper)


def _piece(paper: Paper, piece: Piece) -> None:
    paper.heading(f"{piece.on.isoformat()} {piece.part.label}{f', {piece.by}' if piece.by else ''}", level=2)
    for name, words in piece.lines:
        if name:
            paper.rows([(name, words)])
        else:
            paper.words(words)


def _kept_back(paper: Paper, told: Whole, pieces: Sequence[Piece]) -> None:
    paper.heading("Det som inte lämnas ut")
    grounds = grounds_told(pieces, told.more, told.receiver)
    for held in grounds:
        paper.words(held.label)
    paper.words(REFUSED if grounds else NOTHING)


def _readings(paper: Paper, readings: Sequence[Reading]) -> None:
    paper.heading("Vem som har öppnat akten")
    rows = [(row.on.isoformat(), row.who, _times(row), row.why) for row in readings]
    paper.table(("Dag", "Vem", "Vad", "Varför"), rows, widths=WIDTHS)


def _times(row: Reading) -> str:
    return row.what if row.times == 1 else f"{row.what}, {row.times} gånger"
