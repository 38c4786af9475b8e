"""Reading what the centre has written for its public side."""

from django.conf import settings

from lykta.catalogue.queries import live_catalogue
from lykta.public.content import PAGES, Content, page_of, pages_in
from lykta.public.models import PageText


def has_content() -> bool:
    """Whether the centre has pages of its own yet."""
    return PageText.objects.filter(centre_id=settings.LYKTA_CENTRE).exists()


def content_of_centre() -> Content:
    """The centre's own pages and catalogue; those of the repository where it has loaded none.

    Must be within the worker's or the staff door. Raises PageFault, CatalogueError.
    """
    texts = PageText.objects.filter(centre_id=settings.LYKTA_CENTRE).order_by("language", "slug")
    pages = tuple(page_of(text.language, text.slug, dict(text.body)) for text in texts)
    return Content(pages=pages or pages_in(PAGES), catalogue=live_catalogue())
