"""Reading the centre's catalogue from its editions."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from lykta.access.rules import Actor
from lykta.catalogue.changes import Difference, differences
from lykta.catalogue.enums import EditionState
from lykta.catalogue.layout import FILES, EntryRow, content_of, rows_of
from lykta.catalogue.models import Edition, Entry
from lykta.catalogue.reading import Row, read_file
from lykta.catalogue.rules import Catalogue
from lykta.catalogue.sentences import lines
from lykta.catalogue.source import REPOSITORY, build_catalogue, read_catalogue

type Rows = tuple[EntryRow, ...]


def edition_in(state: EditionState) -> Edition | None:
    """The centre's edition in this state: the draft, the one that waits, or the one that is live."""
    return Edition.objects.filter(centre_id=settings.LYKTA_CENTRE, state=state).first()


def rows_in(edition: UUID) -> Rows:
    """Every row of an edition."""
    entries = Entry.objects.filter(centre_id=settings.LYKTA_CENTRE, edition_id=edition)
    return tuple(
        EntryRow(e.kind, e.ref, e.parent, e.position, e.valid_from, e.valid_to, e.body, e.line) for e in entries
    )


def live_rows() -> Rows:
    """Every row of the live edition; those of the repository where the centre has loaded none."""
    live = edition_in(EditionState.LIVE)
    return rows_in(live.pk) if live else repository_rows()


def repository_rows() -> Rows:
    """The rows of this release's own files. Raises CatalogueError."""
    return tuple(row for file in FILES for row in rows_of(file, read_file(REPOSITORY / f"{file}.yaml").content()))


def next_rows() -> Rows:
    """Every row that is live once the next publication is done: the edition that waits, else the live one."""
    waiting = edition_in(EditionState.WAITING)
    return rows_in(waiting.pk) if waiting else live_rows()


def catalogue_from(rows: Iterable[EntryRow]) -> Catalogue:
    """The catalogue these rows make. Raises CatalogueError."""
    rows = tuple(rows)
    return build_catalogue(*(Row(f"{file} in the database", "the file", content_of(file, rows)) for file in FILES))


def live_catalogue() -> Catalogue:
    """The catalogue that holds: all that the public, verdicts and tasks may go by.

    Must be within a door that may read the catalogue (worker, staff). Raises CatalogueError.
    """
    live = edition_in(EditionState.LIVE)
    return catalogue_from(rows_in(live.pk)) if live else read_catalogue()


def draft_catalogue() -> Catalogue:
    """The catalogue as it is once the next publication is done, for preview. Raises CatalogueError."""
    return catalogue_from(next_rows())


def pending(actor: Actor) -> tuple[Difference, ...]:
    """What the next publication changes."""
    waiting = edition_in(EditionState.WAITING)
    return differences(live_rows(), rows_in(waiting.pk)) if waiting else ()


def pending_changes(actor: Actor) -> list[str]:
    """One readable Swedish line for each change that the next publication makes; empty where nothing waits."""
    return lines(pending(actor), names_in((*live_rows(), *next_rows())))


def unsaved(actor: Actor) -> tuple[Difference, ...]:
    """What the draft changes beyond what already waits; none of it is published before it is saved."""
    draft = edition_in(EditionState.DRAFT)
    return differences(next_rows(), rows_in(draft.pk)) if draft else ()


def names_in(rows: Iterable[EntryRow]) -> dict[str, str]:
    """What each service is called in Swedish, by code; a later row's name stands."""
    return {row.ref: row.body["names"]["sv"] for row in rows if row.kind == "services"}
