"""Loading a catalogue into the centre's database."""

from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.catalogue.layout import FILES, rows_of
from lykta.catalogue.models import Entry
from lykta.catalogue.reading import read_file
from lykta.catalogue.source import REPOSITORY, read_catalogue


def load_catalogue(*, centre: UUID, folder: Path = REPOSITORY) -> int:
    """Put the catalogue of a folder of YAML files in place of the centre's own. Gives the number of rows.

    The files are read strictly first: a faulty catalogue changes nothing. Raises CatalogueError.
    """
    read_catalogue(folder)
    rows = [row for file in FILES for row in rows_of(file, read_file(folder / f"{file}.yaml").content())]
    Entry.objects.filter(centre_id=centre).delete()
    Entry.objects.bulk_create(Entry(centre_id=centre, **asdict(row)) for row in rows)
    record(Act.CATALOGUE_LOADED, count=len(rows))
    return len(rows)
