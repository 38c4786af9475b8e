"""What a text of the catalogue may lead to. The pages stand in a room above, which says here how to ask for them."""

from collections.abc import Callable, Collection

from lykta.catalogue.rules import Catalogue
from lykta.core.markup import Markup, UnknownTarget

type Pages = Callable[[], Collection[str]]

_pages: list[Pages] = []


def tell_pages(pages: Pages) -> None:
    """Called once by the room of the pages: how to ask for the names of all there are."""
    _pages[:] = [pages]


def fault_in(text: str, catalogue: Catalogue) -> str:
    """What in a text leads nowhere, as a sentence; "" where everything leads somewhere."""
    phones = {phone.id: phone for phone in catalogue.phones if phone.show}
    codes = {service.code for service in catalogue.services}
    pages = set(_pages[0]()) if _pages else None

    def address(kind: str, name: str) -> str:
        known = codes if kind == "service" else pages
        if known is not None and name not in known:
            raise LookupError(name)
        return "#"

    try:
        Markup(phones=phones, address=address).inline(text)
    except UnknownTarget as nowhere:
        kind, _, name = str(nowhere).partition(":")
        if kind == "phone":
            return f"Numret {name} finns inte bland telefonerna som visas."
        return f"Länken ({nowhere}) leder ingenstans. Skriv (page:sidans namn) eller (service:tjänstens kod)."
    return ""
