"""What texts of the catalogue may lead to, and whether the public pages can still be made with it.

Pages and facts stand in a room above, which says here how to ask: this room knows only that there may be such things.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from lykta.catalogue.rules import Catalogue, Phone
from lykta.catalogue.told import names
from lykta.core.markup import Markup, UnknownTarget


@dataclass(frozen=True)
class Outside:
    """known: what the rooms above have, as "page:write" and "fact:cost". trial: makes everything that is public with
    another catalogue and throws it away; gives one sentence where that can't be done, else "".
    """

    known: Callable[[], Collection[str]]
    trial: Callable[[Catalogue], str]


_outside: list[Outside] = []


def tell(outside: Outside) -> None:
    """Called once, when the program starts, by the room of the pages."""
    _outside[:] = [outside]


def trial(catalogue: Catalogue) -> str:
    """Why the public pages could not be made with this catalogue; "" where they can, or where nobody makes any."""
    return _outside[0].trial(catalogue) if _outside else ""


@dataclass(frozen=True)
class Known:
    """What texts of one catalogue may name and lead to. outside: None where no room tells of pages and facts."""

    phones: Mapping[str, Phone]
    own: frozenset[str]
    outside: frozenset[str] | None

    @classmethod
    def by(cls, catalogue: Catalogue) -> "Known":
        """Asked once for a form, not for each of its texts."""
        services = {f"service:{service.code}" for service in catalogue.services}
        phones = {phone.id: phone for phone in catalogue.phones if phone.show}
        outside = frozenset(_outside[0].known()) if _outside else None
        return cls(phones, names(catalogue) | services, outside)

    def fault_in(self, text: str) -> str:
        """What in a text leads nowhere, as a sentence; "" where everything leads somewhere."""
        values = dict.fromkeys((*self.own, *(self.outside or ())), ("", ""))
        try:
            Markup(phones=self.phones, address=self._address, values=values).inline(text)
        except UnknownTarget as nowhere:
            return leads_nowhere(str(nowhere))
        return ""

    def _address(self, kind: str, name: str) -> str:
        known = self.own if kind == "service" else self.outside
        if known is not None and f"{kind}:{name}" not in known:
            raise LookupError(name)
        return "#"


def leads_nowhere(nowhere: str) -> str:
    """The sentence for one name that leads nowhere, as "fact:cost"."""
    kind, _, name = nowhere.partition(":")
    match kind:
        case "phone":
            return f"Numret {name} finns inte bland telefonerna som visas."
        case "limit" | "spelt" | "years" | "weekday" | "hours" | "count" | "fact":
            return f"{{{nowhere}}} är inget värde som finns. Under formuläret står vilka som finns."
        case _:
            return f"Länken ({nowhere}) leder ingenstans. Skriv (page:sidans namn) eller (service:tjänstens kod)."
