"""Publishing: everything at once, or nothing; now, at a set time, or anew because the day or the program is another."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.catalogue.actions import go_live
from lykta.catalogue.queries import draft_catalogue, live_catalogue
from lykta.core import clock
from lykta.core.published import pointed
from lykta.people.queries import is_open
from lykta.public.content import Content
from lykta.public.enums import How, TimedState
from lykta.public.errors import NoRoom, NothingNew, NothingWaits, NotOpen, TimeTaken
from lykta.public.files import Published, lay_out, point
from lykta.public.memory import is_whole
from lykta.public.models import Publication, Timed
from lykta.public.publish import render_site
from lykta.public.queries import content_of, edition_waits, home_address, last_publication, shelf, waiting_time
from lykta.public.rendered import Site
from lykta.public.rules import due_at
from lykta.public.shelf import Shows
from lykta.public.shut import shut_site

ONE_AT_A_TIME = 0x4C796B7461507562  # "LyktaPub"


def folder() -> Path:
    """Where published versions lie, and the pointer to the one that is shown."""
    return Path(settings.LYKTA_DATA) / "published"


def rendered(content: Content, on: date, *, base: str = "") -> Site:
    """The whole public side of this house. base: scheme and host, else those of the first host we answer to.

    Raises PageFault.
    """
    return render_site(content, exit_url=settings.LYKTA_EXIT_URL, base=(base or home_address()).rstrip("/"), on=on)


def shut() -> Site:
    """What the public side says while the centre is not open. Raises CatalogueError."""
    return shut_site(live_catalogue(), exit_url=settings.LYKTA_EXIT_URL)


@dataclass(frozen=True)
class _Sheet:
    """What is about to be shown, all of it on disk. edition: of the catalogue, 0 where none goes live with it."""

    done: Published
    shows: Shows
    begun: float
    edition: int = 0


def publish(*, by: Actor | None, how: How = How.NOW) -> Publication:
    """Show all that is ready, and make the catalogue's waiting edition the live one. by: None for the worker.

    All is on disk before a row is changed, and shown by one rename after the commit; whatever breaks leaves the old
    site whole. Raises NotOpen, NothingNew, NoRoom, PageFault, CatalogueError.
    """
    begun, on = _alone(), clock.today()
    if not is_open():
        raise NotOpen
    found, last, waits = shelf(), last_publication(), edition_waits()
    done = _press(rendered(content_of(found, found.now, draft_catalogue(), on), on))
    if last and last.shows == found.now and not done.is_new and not waits:
        raise NothingNew
    edition = go_live(by=by, on=on) if waits else 0
    return _note(_Sheet(done, found.now, begun, edition), by=by, how=how)


def renew(*, base: str = "") -> Publication | None:
    """Show anew what is shown, as this day and this release of the program render it, with what the program itself
    has brought. A centre that is not open shows one page that says so, and none of its texts. None where nothing
    differs. For the worker. Raises NoRoom, PageFault, CatalogueError.
    """
    begun, on = _alone(), clock.today()
    found, last = shelf(), last_publication()
    if is_open():
        shows = found.brought(last.shows) if last and last.shows else found.now
        done = _press(rendered(content_of(found, shows, live_catalogue(), on), on, base=base))
    else:
        shows, done = {}, _press(shut())
    if last and last.shows == shows and not done.is_new:
        return None
    return _note(_Sheet(done, shows, begun), by=None, how=How.RENEWED)


def _alone() -> float:
    """Wait for whoever publishes just now; everything is read after that. Gives the moment on a clock of seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    return time.monotonic()


def _press(site: Site) -> Published:
    try:
        return lay_out(site, folder())
    except OSError as why:
        raise NoRoom from why


def _note(sheet: _Sheet, *, by: Actor | None, how: How) -> Publication:
    """The row that makes it so; the rename follows once it is certain. Should that fail, the worker catches up."""
    last, done = last_publication(), sheet.done
    publication = Publication.objects.create(
        centre_id=settings.LYKTA_CENTRE,
        number=max(last.number if last else 0, pointed(done.folder)[1]) + 1,
        version=done.version,
        how=how,
        at=clock.now(),
        by=by.member if by else None,
        answers=done.answers,
        took_ms=round((time.monotonic() - sheet.begun) * 1000),
        edition=sheet.edition,
        shows=sheet.shows,
    )
    record(Act.PUBLISHED, object=publication.pk, reason=how, count=done.answers)
    transaction.on_commit(lambda: point(done.folder, done.version, publication.number), robust=True)
    return publication


def catch_up() -> bool:
    """Show what was published where a process died between the commit and the rename. Gives whether all is in step."""
    last = last_publication()
    if last is None or pointed(folder())[1] >= last.number:
        return True
    if not is_whole(folder() / last.version):
        return False
    point(folder(), last.version, last.number)
    return True


# --- at a set time ---


def set_time(*, by: Actor, wall: datetime) -> Timed:
    """Have the worker publish at a day and hour, as a Swedish clock shows it. Raises TimeFault, TimeTaken."""
    now = clock.now()
    due = due_at(wall, now=now, zone=clock.STOCKHOLM)
    if waiting_time():
        raise TimeTaken
    timed = Timed.objects.create(centre_id=by.centre, due_at=due, by=by.member, set_at=now)
    record(Act.TIME_SET, object=timed.pk)
    return timed


def take_back_time(*, by: Actor) -> None:
    """Nothing is published at the set time. Raises NothingWaits."""
    waits = Timed.objects.filter(centre_id=by.centre, state=TimedState.WAITING)
    timed = waits.select_for_update().first()
    if timed is None:
        raise NothingWaits
    waits.update(state=TimedState.TAKEN_BACK, ended_at=clock.now())
    record(Act.TIME_TAKEN_BACK, object=timed.pk)


def publish_due() -> Publication | None:
    """Publish, where a set time has come; None where none has. For the worker. Raises what `publish` raises."""
    timed = waiting_time(due_by=clock.now(), hold=True)
    if timed is None:
        return None
    publication = publish(by=None, how=How.TIMED)
    end_time(timed, TimedState.DONE)
    return publication


def end_time(timed: Timed, state: TimedState, fault: str = "") -> None:
    """Say what became of a set time. fault: one Swedish sentence. For the worker."""
    rows = Timed.objects.filter(pk=timed.pk, state=TimedState.WAITING)
    rows.update(state=state, ended_at=clock.now(), fault=fault)
