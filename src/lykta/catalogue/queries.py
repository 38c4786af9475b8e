"""Reading the centre's catalogue from its rows."""

from django.conf import settings

from lykta.catalogue.layout import FILES, EntryRow, content_of
from lykta.catalogue.models import Entry
from lykta.catalogue.reading import Row
from lykta.catalogue.rules import Catalogue
from lykta.catalogue.source import build_catalogue, read_catalogue


def catalogue_of_centre() -> Catalogue:
    """The centre's own catalogue; the one of the repository where the centre has loaded none.

    Must be within a door that may read the catalogue (worker, staff). Raises CatalogueError.
    """
    entries = Entry.objects.filter(centre_id=settings.LYKTA_CENTRE)
    rows = [EntryRow(e.kind, e.ref, e.parent, e.position, e.valid_from, e.valid_to, e.body) for e in entries]
    if not rows:
        return read_catalogue()
    return build_catalogue(*(Row(f"{file} in the database", "the file", content_of(file, rows)) for file in FILES))
