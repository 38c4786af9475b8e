"""Taking in this release's own words: what nobody at the centre has changed follows the program."""

from uuid import UUID

from lykta.catalogue.actions import load_catalogue
from lykta.catalogue.enums import EditionState
from lykta.catalogue.queries import edition_in
from lykta.core import clock
from lykta.public.models import Text, Version
from lykta.public.queries import shelf
from lykta.public.release import Brought, brought
from lykta.public.shelf import Shelf
from lykta.public.values import SOURCE

FIRST, AGAIN = "Kom med programmet", "Ny utgåva av programmet"


def take_in(*, centre: UUID, over: bool = False) -> int:
    """Bring the shelf up to this release; gives how many texts are new. Within the worker's door. A house that has no
    catalogue yet gets the program's.

    A text that a member has written in keeps her words. over: it does not; hers stay among its versions.
    Raises PageFault, CatalogueError, changing nothing.
    """
    if edition_in(EditionState.LIVE) is None:
        load_catalogue(centre=centre)
    found = shelf()
    return sum(_take(centre, one, found, over=over) for one in brought())


def _take(centre: UUID, one: Brought, found: Shelf, *, over: bool) -> bool:
    text = found.text(one.kind, one.slug, one.language)
    if text is None:
        text = Text(centre_id=centre, kind=one.kind, slug=one.slug, language=one.language)
        text.save(force_insert=True)
        _bring(text, one, FIRST, found)
        return True
    newest = found.head(text, text.latest)
    theirs = newest is not None and newest.by is not None
    if text.release == one.digest and not (over and theirs):
        _follow(text, found, theirs=theirs)
        return False
    if theirs and not over:
        return False
    _bring(text, one, AGAIN, found)
    return True


def _bring(text: Text, one: Brought, why: str, found: Shelf) -> None:
    """A new version, ready to be shown; a translation was made from the Swedish words that came with it."""
    text.latest += 1
    text.ready, text.release = text.latest, one.digest
    Version.objects.create(
        centre_id=text.centre_id, text=text, number=text.latest, body=one.body, at=clock.now(), why=why
    )
    found.texts[one.kind, one.slug, one.language] = text  # type: ignore[index]  # ours alone, and translations ask it
    _follow(text, found, theirs=False)
    text.save(update_fields=["latest", "ready", "release", "source", "checked_on"])


def _follow(text: Text, found: Shelf, *, theirs: bool) -> None:
    """A translation of the program's own, that nobody has changed, goes with the program's own Swedish."""
    source = found.source(text)
    if theirs or text.language == SOURCE or source is None:
        return
    newest = found.head(source, source.latest)
    if newest is not None and newest.by is not None:
        return
    if text.source != source.latest:
        text.source, text.checked_on = source.latest, clock.today()
        text.save(update_fields=["source", "checked_on"])


def load_content(*, centre: UUID) -> None:
    """Put this release's pages and catalogue in place of the centre's own. Raises PageFault, CatalogueError."""
    load_catalogue(centre=centre)
    take_in(centre=centre, over=True)
