"""Where `page:` and `service:` links lead in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lykta.catalogue.rules import Catalogue, Service
from lykta.core.languages import Language, language
from lykta.core.places import dialogue, own_path
from lykta.core.words import BRIDGE, speaks, written
from lykta.public.content import Page
from lykta.public.values import SOURCE, borrowed

SERVICES = {"sv": "stod"}  # every other language says "support"


def services_path(language: Language) -> str:
    """The list of all services."""
    return f"{language.prefix}/{SERVICES.get(language.code, 'support')}/"


def finder_path(language: Language) -> str:
    """The finder has no page file: its words and its address stand among the room's words."""
    own = written(language.code).get("public", {}).get("finder", {}).get("path")
    return own or own_path(language, "finder")


def service_path(language: Language, service: Service) -> str:
    return f"{services_path(language)}{service.slug[language.code]}/"


def has_services(row: Language, catalogue: Catalogue) -> bool:
    """Whether services and finder are shown in this language; where not, its pages lead to those in a nearer one."""
    return row.code in catalogue.languages and speaks(row.code, "public")


@dataclass(frozen=True)
class Links:
    """Addresses in one language. Called with (kind, name); raises KeyError for what is not published."""

    language: Language
    pages: Mapping[str, str]
    services: Mapping[str, str]

    def __call__(self, kind: str, name: str) -> str:
        return self.pages[name] if kind == "page" else self.services[name]


def links_for(row: Language, pages: Iterable[Page], catalogue: Catalogue) -> Links:
    """Every address of this language; what it has no words for leads to the nearest language that has.

    `write` is the dialogue itself, `services` the list of all services.
    """
    near = row if has_services(row, catalogue) else language(borrowed(BRIDGE, catalogue.languages))
    talks = row.code if speaks(row.code, "contact") else BRIDGE
    here = {page.slug: own_path(row, page.slug) for page in pages if page.lang == SOURCE}
    here |= {page.slug: page.path for page in pages if page.lang == row.code}
    here |= {"write": dialogue(talks), "finder": finder_path(near), "services": services_path(near)}
    return Links(row, here, {one.code: service_path(near, one) for one in catalogue.services})
