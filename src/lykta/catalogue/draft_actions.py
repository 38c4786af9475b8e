"""What an editor does with the draft: change a row, add one, end one, take one away, save it, or go back.

Every deed takes the centre's lock first, so that two members' deeds come one after the other; each is checked on the
whole catalogue, so that a draft can always be read.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.catalogue.actions import fill, next_number
from lykta.catalogue.changes import differences
from lykta.catalogue.enums import EditionState
from lykta.catalogue.errors import NeedsTick, NoSuchRow, NothingDiffers, NotShowable, ReasonMissing, RowMoved
from lykta.catalogue.impact import days_that_matter, shuts_somebody_out
from lykta.catalogue.layout import EntryRow, row_of, saying
from lykta.catalogue.models import Change, Edition, Entry
from lykta.catalogue.queries import Rows, catalogue_from, edition_in, live_rows, next_rows, rows_in
from lykta.catalogue.references import trial
from lykta.core import clock

LONGEST_WHY = 200


def digest(body: Mapping[str, Any], keys: Collection[str] | None = None) -> str:
    """A short mark of what a row, or the part of it under these keys, says: equal marks, equal words."""
    part = {key: value for key, value in body.items() if keys is None or key in keys}
    return hashlib.sha256(json.dumps(part, sort_keys=True, default=str).encode()).hexdigest()[:16]


def change_row(
    *, by: Actor, line: UUID, seen: str, says: Mapping[str, Any], keys: Collection[str] | None = None
) -> None:
    """Let a row of the draft say something else. keys: the part of it that `says` is the whole of; None is all.

    seen: the mark of what the form showed. What it says already is no change and no error.
    Raises NoSuchRow, RowMoved, and CatalogueError where the catalogue would no longer hold together.
    """
    draft, rows = _open(by)
    old = _row(rows, line)
    body = {k: v for k, v in old.body.items() if keys is not None and k not in keys} | dict(says)
    new = saying(old, body)
    if new.body == old.body:
        return
    if digest(old.body, keys) != seen:
        raise RowMoved(old)
    _write(by, draft, rows, [(old, new)])


def change_from(*, by: Actor, line: UUID, seen: str, says: Mapping[str, Any], new_line: UUID, on: date) -> None:
    """End a row on a day and let a new one begin there, which may say something else.

    Half-open: `on` is the first day of the new row and the first without the old one.
    Raises NoSuchRow, RowMoved, CatalogueError as change_row.
    """
    draft, rows = _open(by)
    if any(row.line == new_line for row in rows):
        return  # the same form sent twice
    old = _row(rows, line)
    if digest(old.body) != seen:
        raise RowMoved(old)
    ended = saying(old, old.body | {"valid_to": on})
    begun = row_of(old.kind, old.parent, _after(rows, old.kind, old.parent), dict(says) | {"valid_from": on}, new_line)
    _write(by, draft, rows, [(old, ended), (None, begun)])


def add_row(*, by: Actor, kind: str, parent: str, says: Mapping[str, Any], line: UUID) -> None:
    """A new row, last in its list. line: made with the form, so that the same form sent twice adds one row.

    Raises CatalogueError as change_row, also for a service that does not exist.
    """
    draft, rows = _open(by)
    if any(row.line == line for row in rows):
        return
    if parent and not any(row.kind == "services" and row.ref == parent for row in rows):
        raise NoSuchRow(parent)
    _write(by, draft, rows, [(None, row_of(kind, parent, _after(rows, kind, parent), says, line))])


def remove_row(*, by: Actor, line: UUID, seen: str) -> None:
    """Take a row away. Raises RowMoved, and CatalogueError where something leans on it; gone already is no error."""
    draft, rows = _open(by)
    old = next((row for row in rows if row.line == line), None)
    if old is None:
        return
    if digest(old.body) != seen:
        raise RowMoved(old)
    _write(by, draft, rows, [(old, None)])


def undo_row(*, by: Actor, line: UUID) -> None:
    """Let a row say again what is live, or be as gone as it is there. Raises CatalogueError as change_row."""
    draft, rows = _open(by)
    old = next((row for row in rows if row.line == line), None)
    live = next((row for row in live_rows() if row.line == line), None)
    if live is not None:
        free = not any((row.kind, row.parent, row.position) == (live.kind, live.parent, live.position) for row in rows)
        place = old.position if old else live.position if free else _after(rows, live.kind, live.parent)
        live = replace(live, position=place)
    if old != live:
        _write(by, draft, rows, [(old, live)])


def save_edition(*, by: Actor, why: str, is_meant: bool = False) -> int:
    """Make the draft the edition that waits for the next publication. Gives its number.

    why: one line. is_meant: the editor has said that it is meant, where somebody has no way in any more.
    An edition that waited already is put aside: the draft was made from it and holds its changes.
    Raises ReasonMissing, NothingDiffers, NeedsTick, NotShowable.
    """
    draft, rows = _open(by)
    why = " ".join(why.replace("\x00", "").split())
    if not 0 < len(why) <= LONGEST_WHY:
        raise ReasonMissing
    live = live_rows()
    found = differences(live, rows)
    if not found:
        raise NothingDiffers
    before, after, on = catalogue_from(live), catalogue_from(rows), clock.today()
    if not is_meant and any(shuts_somebody_out(before, after, day) for day in days_that_matter(found, on)):
        raise NeedsTick
    if wrong := trial(after):
        raise NotShowable(wrong)
    _put_aside_waiting(by)
    draft.state, draft.number, draft.why = EditionState.WAITING, next_number(by.centre), why
    draft.saved_by, draft.saved_at = by.member, clock.now()
    draft.save(update_fields=["state", "number", "why", "saved_by", "saved_at"])
    record(Act.CATALOGUE_SAVED, object=draft.pk)
    return draft.number


def put_aside(*, by: Actor, edition: Edition) -> None:
    """Put a draft or the edition that waits away. It is kept, and one can go back to it."""
    _lock(by)
    found = Edition.objects.filter(
        pk=edition.pk, centre_id=by.centre, state__in=[EditionState.DRAFT, EditionState.WAITING]
    ).first()
    if found is None:
        return  # a colleague was first
    _aside(by, found)
    record(Act.CATALOGUE_ASIDE, object=found.pk)


def go_back(*, by: Actor, edition: Edition) -> None:
    """Make a new draft that says what an earlier edition said. A draft that stands is put aside and kept."""
    _lock(by)
    rows = rows_in(edition.pk)
    standing = edition_in(EditionState.DRAFT)
    if standing:
        _aside(by, standing)
    fill(_begin(by, edition.pk), rows)
    record(Act.CATALOGUE_RETURNED, object=edition.pk)


# --- parts ---
def _lock(by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"catalogue {by.centre}"])


def _open(by: Actor) -> tuple[Edition, Rows]:
    """The centre's draft, begun if there is none, and its rows. No other deed runs beside this one."""
    _lock(by)
    draft = edition_in(EditionState.DRAFT)
    if draft is None:
        waiting = edition_in(EditionState.WAITING) or edition_in(EditionState.LIVE)
        rows = next_rows()
        draft = _begin(by, waiting.pk if waiting else None)
        fill(draft, rows)
        return draft, rows
    return draft, rows_in(draft.pk)


def _begin(by: Actor, based_on: UUID | None) -> Edition:
    return Edition.objects.create(
        centre_id=by.centre, state=EditionState.DRAFT, based_on=based_on, begun_by=by.member, begun_at=clock.now()
    )


def _aside(by: Actor, edition: Edition) -> None:
    fields = ["state"]
    if edition.state == EditionState.DRAFT:
        edition.saved_by, edition.saved_at = by.member, clock.now()
        fields += ["saved_by", "saved_at"]
    edition.state = EditionState.ASIDE
    edition.save(update_fields=fields)


def _put_aside_waiting(by: Actor) -> None:
    waiting = edition_in(EditionState.WAITING)
    if waiting:
        _aside(by, waiting)


def _row(rows: Rows, line: UUID) -> EntryRow:
    found = next((row for row in rows if row.line == line), None)
    if found is None:
        raise NoSuchRow(str(line))
    return found


def _after(rows: Rows, kind: str, parent: str) -> int:
    return max((row.position for row in rows if (row.kind, row.parent) == (kind, parent)), default=-1) + 1


def _write(by: Actor, draft: Edition, rows: Rows, changed: list[tuple[EntryRow | None, EntryRow | None]]) -> None:
    """Put the changed rows in the draft, once the whole catalogue holds together with them, and note who did it."""
    gone = {old.line for old, _ in changed if old}
    catalogue_from([row for row in rows if row.line not in gone] + [new for _, new in changed if new])
    for old, new in changed:
        there = Entry.objects.filter(edition=draft, line=(old or new).line)  # type: ignore[union-attr]  # one is there
        if new is None:
            there.delete()
        elif old is None:
            fill(draft, [new])
        else:
            there.update(
                ref=new.ref,
                position=new.position,
                valid_from=new.valid_from,
                valid_to=new.valid_to,
                body=new.body,
            )
        _note(by, draft, old, new)
    record(Act.CATALOGUE_CHANGED, object=draft.pk, count=len(changed))


def _note(by: Actor, draft: Edition, old: EntryRow | None, new: EntryRow | None) -> None:
    row = new or old
    assert row is not None
    Change.objects.create(
        id=uuid4(),
        centre_id=by.centre,
        edition=draft,
        line=row.line,
        at=clock.now(),
        by=by.member,
        kind=row.kind,
        parent=row.parent,
        ref=row.ref,
        before=old.body if old else None,
        after=new.body if new else None,
    )
