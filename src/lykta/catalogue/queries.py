"""Reading the centre's catalogue from its editions."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings

from lykta.access.rules import Actor
from lykta.catalogue.changes import Difference, differences
from lykta.catalogue.enums import EditionState
from lykta.catalogue.layout import FILES, EntryRow, content_of, rows_of
from lykta.catalogue.models import Change, Edition, Entry
from lykta.catalogue.reading import Row, read_file
from lykta.catalogue.rules import Catalogue, ServiceMode
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


def whole_limit(catalogue: Catalogue, name: str, on: date, *, service: str = "") -> int:
    """A limit as a whole number: the service's own, else the house's.

    The repository's where the centre's own catalogue is from before there was one. Raises KeyError for an unknown name.
    """
    try:
        return int(catalogue.limit_for(service, name, on))
    except KeyError:
        return int(read_catalogue().limit_for(service, name, on))


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


def editing_rows() -> Rows:
    """Every row as the editors see it: the draft's, else what is live once the next publication is done."""
    draft = edition_in(EditionState.DRAFT)
    return rows_in(draft.pk) if draft else next_rows()


def not_live(actor: Actor) -> tuple[Difference, ...]:
    """Everything the editors see that the public does not: what waits and what stands in the draft."""
    return differences(live_rows(), editing_rows())


def last_change(actor: Actor, line: UUID) -> Change | None:
    """The last deed on a row in the present draft: who and when."""
    draft = edition_in(EditionState.DRAFT)
    return Change.objects.filter(edition=draft, line=line).order_by("-at").first() if draft else None


def row_that_was(actor: Actor, line: UUID) -> EntryRow | None:
    """A row that a colleague has taken out of the draft, as it was; None for one that never stood there."""
    live = next((row for row in live_rows() if row.line == line), None)
    last = last_change(actor, line)
    if live or last is None or last.before is None:
        return live
    return EntryRow(last.kind, last.ref, last.parent, 0, None, None, last.before, line)


def last_changes(actor: Actor) -> dict[UUID, Change]:
    """The last deed on each row in the present draft, and in the edition that waits."""
    editions = [one for state in (EditionState.WAITING, EditionState.DRAFT) if (one := edition_in(state))]
    return {one.line: one for edition in editions for one in Change.objects.filter(edition=edition).order_by("at")}


def editions(actor: Actor) -> list[Edition]:
    """Every edition of the centre, the newest first."""
    found = Edition.objects.filter(centre_id=actor.centre)
    return sorted(found, key=lambda one: one.saved_at or one.begun_at, reverse=True)


def edition_for(actor: Actor, edition: UUID) -> Edition | None:
    """One edition of the actor's centre, found and checked in one step."""
    return Edition.objects.filter(pk=edition, centre_id=actor.centre).first()


def edition_before(actor: Actor, edition: Edition) -> Edition | None:
    """The edition a draft was made from, else the one numbered before; None for the first."""
    if edition.based_on:
        return edition_for(actor, edition.based_on)
    numbered = Edition.objects.filter(centre_id=actor.centre, number__lt=edition.number or 0)
    return numbered.order_by("-number").first()


def service_mode(service: str, on: date) -> ServiceMode | None:
    """What may be documented in a service on a day, by the catalogue that holds; None where nobody has said.

    service: its code. Raises KeyError for a service that is not there.
    """
    return live_catalogue().service(service).mode_on(on)


def names_in(rows: Iterable[EntryRow]) -> dict[str, str]:
    """What each service is called in Swedish, by code; a later row's name stands."""
    return {row.ref: row.body["names"]["sv"] for row in rows if row.kind == "services"}
