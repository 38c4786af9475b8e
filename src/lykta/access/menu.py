"""What the staff's menus hold: each thing once, shown to whom its permission lets in."""

from dataclasses import dataclass

from lykta.access.enums import Permission
from lykta.access.rules import Actor, may


@dataclass(frozen=True)
class Item:
    """One way in. here: what a page sets so that its item is marked. text: one sentence, for the page Huset."""

    label: str
    address: str
    here: str
    permission: Permission
    text: str = ""


MAIN = (
    Item("Mitt bord", "/personal/", "desk", Permission.DESK_SEE),
    Item("Kontaktrummet", "/personal/inkorg/", "inbox", Permission.INBOX_SEE),
    Item("Samtal och besök", "/personal/samtal/", "calls", Permission.CALL_LOG),
    Item("Akter", "/personal/akter/", "files", Permission.FILE_LIST),
    Item("Uppgifter", "/personal/uppgifter/", "tasks", Permission.FILE_READ),
    Item("Handboken", "/personal/handbok/", "handbook", Permission.HANDBOOK_READ),
)
"""The daily work. Beside it stand Huset, where somebody may do something there, and the member's own account."""

HOUSE: tuple[tuple[str, tuple[Item, ...]], ...] = (
    (
        "Människor",
        (
            Item(
                "Medarbetare",
                "/personal/medarbetare/",
                "house",
                Permission.MEMBERS_SEE,
                "Vilka som arbetar här, som vad och innanför vilka murar. Inbjudan och roller.",
            ),
            Item(
                "Nycklar",
                "/personal/nycklar/",
                "house",
                Permission.RING_GIVE,
                "Vem som har nyckel till vilket rum, och vem som väntar på att bli insläppt.",
            ),
        ),
    ),
    (
        "Orden utåt",
        (
            Item(
                "Tjänsterna",
                "/personal/tjanster/",
                "house",
                Permission.CATALOGUE_SEE,
                "Vad vi erbjuder och för vem: regler, gränser och texter, telefoner och platser.",
            ),
            Item(
                "Sidor och texter",
                "/personal/sidor/",
                "house",
                Permission.PAGES_EDIT,
                "Varje sida och varje uppgift på varje språk: ändra, se efter, ta fram en tidigare.",
            ),
            Item(
                "Publicera",
                "/personal/publicera/",
                "house",
                Permission.PUBLISH,
                "Det som väntar på att bli publicerat: nu, eller på en bestämd tid.",
            ),
        ),
    ),
    (
        "Loggen",
        (
            Item(
                "Läs loggen", "/personal/logg/", "house", Permission.LOG_READ, "Vem som har öppnat vad, när och varför."
            ),
            Item(
                "Granska",
                "/personal/logg/granska/",
                "house",
                Permission.LOG_REVIEW,
                "Det som sticker ut i loggen, och månadens urval.",
            ),
            Item(
                "Kedjorna",
                "/personal/logg/kedjor/",
                "house",
                Permission.LOG_VERIFY,
                "Om loggen är hel, och när dess ankare senast lämnade huset.",
            ),
        ),
    ),
    (
        "Drift",
        (
            Item(
                "Centrumets uppgifter",
                "/personal/centrum/",
                "house",
                Permission.CENTRE_EDIT,
                "Namn, värdnämnd, kommuner, egna nummer och öppettider.",
            ),
            Item(
                "Det som är kvar",
                "/personal/centrum/kvar/",
                "house",
                Permission.CENTRE_EDIT,
                "Det som är kvar att ordna, och att öppna för allmänheten.",
            ),
        ),
    ),
)
"""The centre's own house, group by group: people, words, log."""


def main_menu(actor: Actor) -> list[Item]:
    """The daily ways in for this actor."""
    return [item for item in MAIN if may(actor, item.permission)]


def house_menu(actor: Actor) -> list[tuple[str, list[Item]]]:
    """The house's ways in for this actor; groups with nothing for her are left out."""
    groups = ((name, [item for item in items if may(actor, item.permission)]) for name, items in HOUSE)
    return [(name, items) for name, items in groups if items]


CHAPTERS = (
    ("/personal/inkorg/", "kontaktrummet"),
    ("/personal/samtal/", "samtal-och-besok"),
    ("/personal/akter/", "akter"),
    ("/personal/uppgifter/", "plan-och-barn"),
    ("/personal/uppgifter/", "akter"),
    ("/personal/nycklar/", "murar-och-nycklar"),
    ("/personal/medarbetare/", "medarbetare"),
    ("/personal/konto/", "forsta-dagen"),
    ("/personal/tjanster/", "tjansterna"),
    ("/personal/sidor/", "sidorna"),
    ("/personal/publicera/", "sidorna"),
    ("/personal/logg/", "loggen"),
    ("/personal/centrum/", "installation"),
)
"""Which chapter of the handbook tells of the pages below an address."""


def chapter_about(actor: Actor, path: str) -> str:
    """The handbook's chapter about a page, by its name in the address; "" where none is."""
    if not may(actor, Permission.HANDBOOK_READ):
        return ""
    return next((chapter for address, chapter in CHAPTERS if path.startswith(address)), "")
