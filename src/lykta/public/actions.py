"""Loading pages into the centre's database, and noting that they were published."""

from uuid import UUID

from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.catalogue.actions import load_catalogue
from lykta.public.content import PAGES, page_of, written_in
from lykta.public.models import PageText


def load_content(*, centre: UUID) -> None:
    """Put this release's pages and catalogue in place of the centre's own. Raises PageFault, CatalogueError."""
    load_catalogue(centre=centre)
    load_pages(centre=centre)


def load_pages(*, centre: UUID) -> int:
    """Put the repository's pages in place of the centre's own; gives how many. Raises PageFault, changing nothing."""
    texts = []
    for language, name, written in written_in(PAGES):
        page_of(language, name, dict(written))
        texts.append(PageText(centre_id=centre, language=language, slug=written["slug"], body=written))
    PageText.objects.filter(centre_id=centre).delete()
    PageText.objects.bulk_create(texts)
    return len(texts)


def note_published(*, answers: int) -> None:
    """Write in the log that a new version is public."""
    record(Act.PUBLISHED, count=answers)
