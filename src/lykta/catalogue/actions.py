"""Loading a catalogue into the centre's database, and making the edition that waits the live one."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.catalogue.enums import EditionState
from lykta.catalogue.layout import FILES, EntryRow, rows_of
from lykta.catalogue.models import Edition, Entry
from lykta.catalogue.queries import rows_in
from lykta.catalogue.reading import read_file
from lykta.catalogue.source import REPOSITORY, read_catalogue
from lykta.core import clock


def load_catalogue(*, centre: UUID, folder: Path = REPOSITORY, why: str = "Lästes in från programmets filer") -> int:
    """Make the catalogue of a folder of YAML files the centre's live edition. Gives the number of rows.

    The files are read strictly first: a faulty catalogue changes nothing, and one that says what is live already
    makes no new edition. Raises CatalogueError.
    """
    read_catalogue(folder)
    rows = [row for file in FILES for row in rows_of(file, read_file(folder / f"{file}.yaml").content())]
    live = Edition.objects.filter(centre_id=centre, state=EditionState.LIVE).first()
    there = rows_in(live.pk) if live else ()
    known = {(row.kind, row.parent, row.ref, row.valid_from): row.line for row in there}
    rows = [replace(row, line=known.get((row.kind, row.parent, row.ref, row.valid_from), row.line)) for row in rows]
    if live and set(map(_said, rows)) == set(map(_said, there)):
        return len(rows)
    on, now = clock.today(), clock.now()
    _retire(centre, on)
    edition = Edition.objects.create(
        centre_id=centre,
        state=EditionState.LIVE,
        number=next_number(centre),
        begun_at=now,
        saved_at=now,
        why=why,
        live_from=on,
    )
    fill(edition, rows)
    record(Act.CATALOGUE_LOADED, object=edition.pk, count=len(rows))
    return len(rows)


def go_live(*, by: Actor | None, on: date) -> int:
    """Make the edition that waits the live one, in the caller's transaction. Gives its number, 0 where none waits.

    by: None for the worker at a set time. What stands in a draft stays there.
    """
    centre = by.centre if by else settings.LYKTA_CENTRE
    waiting = Edition.objects.select_for_update().filter(centre_id=centre, state=EditionState.WAITING).first()
    if waiting is None:
        return 0
    _retire(centre, on)
    waiting.state, waiting.live_from = EditionState.LIVE, on
    waiting.save(update_fields=["state", "live_from"])
    record(Act.CATALOGUE_LIVE, object=waiting.pk)
    return waiting.number or 0


def next_number(centre: UUID) -> int:
    """The number of the next edition that is saved."""
    last: int | None = Edition.objects.filter(centre_id=centre).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def fill(edition: Edition, rows: Iterable[EntryRow]) -> None:
    """Put rows into an edition that has none."""
    Entry.objects.bulk_create(Entry(centre_id=edition.centre_id, edition=edition, **asdict(row)) for row in rows)


def _retire(centre: UUID, on: date) -> None:
    Edition.objects.filter(centre_id=centre, state=EditionState.LIVE).update(state=EditionState.PAST, live_until=on)


def _said(row: EntryRow) -> tuple[str, str, int, str]:
    return row.kind, row.parent, row.position, json.dumps(row.body, sort_keys=True)
