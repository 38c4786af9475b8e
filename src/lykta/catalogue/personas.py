"""The invented people on whom a change is tried, as data the editor can read."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from lykta.catalogue.persona import PersonaError, asked, distance_of
from lykta.catalogue.reading import CatalogueError, label, read_file
from lykta.catalogue.rules import Catalogue, Persona
from lykta.catalogue.source import read_catalogue

PERSONAS = Path(__file__).parent / "data" / "personas.yaml"


@dataclass(frozen=True, slots=True)
class Tried:
    """Somebody invented. locality: "" where not told; how far it is, each catalogue says by itself."""

    name: str
    persona: Persona
    locality: str = ""

    def in_(self, catalogue: Catalogue) -> Persona:
        """The person as this catalogue sees her. A place it does not know tells no distance."""
        if not self.locality:
            return self.persona
        try:
            return replace(self.persona, distance=distance_of(self.locality, catalogue))
        except PersonaError:
            return self.persona


@cache
def read_personas(path: Path = PERSONAS) -> tuple[Tried, ...]:
    """Everybody in the file. Raises CatalogueError, naming the person that can't be read."""
    file = read_file(path)
    found = []
    for row in file.rows("personas", label("name", "persona")):
        name, locality = row.text("name"), row.text("locality") if row.has("locality") else ""
        try:
            found.append(Tried(name, asked(row.content(), read_catalogue()).persona, locality))
        except PersonaError as error:
            raise CatalogueError(f"{path.name}: {row.where}: {error}") from None
    file.done()
    return tuple(found)
