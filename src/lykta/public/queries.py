"""Reading what the centre has written for its public side."""

from django.conf import settings

from lykta.catalogue.queries import live_catalogue
from lykta.core import clock
from lykta.people.queries import centre_facts
from lykta.public.content import PAGES, Content, page_of, pages_in
from lykta.public.models import PageText


def home_address() -> str:
    """Scheme and host of the public side, for robots.txt and the sitemap: the first host we answer to."""
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0]}"


def has_content() -> bool:
    """Whether the centre has pages of its own yet."""
    return PageText.objects.filter(centre_id=settings.LYKTA_CENTRE).exists()


def content_of_centre() -> Content:
    """The centre's own pages and catalogue; those of the repository where it has loaded none.

    Must be within the worker's or the staff door. Raises PageFault, CatalogueError.
    """
    texts = PageText.objects.filter(centre_id=settings.LYKTA_CENTRE).order_by("language", "slug")
    pages = tuple(page_of(text.language, text.slug, dict(text.body)) for text in texts)
    facts = centre_facts(on=clock.today())
    languages = facts.languages if facts else ()
    return Content(pages=pages or pages_in(PAGES), catalogue=live_catalogue(), languages=languages)
