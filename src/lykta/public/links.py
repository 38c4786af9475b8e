"""Where `page:` and `service:` links lead in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lykta.catalogue.rules import Catalogue, Service
from lykta.core.languages import Language
from lykta.core.places import dialogue
from lykta.core.words import words
from lykta.public.content import Page

SERVICES = {"sv": "stod"}  # every other language says "support"


def services_path(language: Language) -> str:
    """The list of all services."""
    return f"{language.prefix}/{SERVICES.get(language.code, 'support')}/"


def finder_path(language: Language) -> str:
    """The finder has no page file: its words and its address stand among the room's words."""
    return str(words(language.code)["public"]["finder"]["path"])


def service_path(language: Language, service: Service) -> str:
    return f"{services_path(language)}{service.slug[language.code]}/"


@dataclass(frozen=True)
class Links:
    """Addresses in one language. Called with (kind, name); raises KeyError for what is not published."""

    language: Language
    pages: Mapping[str, str]
    services: Mapping[str, str]

    def __call__(self, kind: str, name: str) -> str:
        return self.pages[name] if kind == "page" else self.services[name]


def links_for(language: Language, pages: Iterable[Page], catalogue: Catalogue) -> Links:
    """Every address of this language. `write` is the dialogue itself, `services` the list of all services."""
    here = {page.slug: page.path for page in pages if page.lang == language.code}
    here |= {"write": dialogue(language.code), "finder": finder_path(language)}
    if language.code not in catalogue.languages:
        return Links(language, here, {})
    services = {one.code: service_path(language, one) for one in catalogue.services}
    return Links(language, here | {"services": services_path(language)}, services)
