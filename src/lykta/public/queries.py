"""Reading what the centre has written for its public side."""

from dataclasses import replace

from django.conf import settings

from lykta.catalogue.queries import live_catalogue
from lykta.catalogue.rules import Catalogue
from lykta.core import clock
from lykta.people.queries import centre_facts
from lykta.public.content import PAGES, Content, PageFault, page_of, pages_in
from lykta.public.models import PageText
from lykta.public.publish import render_site
from lykta.public.values import facts_in


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


def known_names() -> frozenset[str]:
    """Pages and facts that texts of the catalogue may name, as "page:write" and "fact:cost"."""
    own = PageText.objects.filter(centre_id=settings.LYKTA_CENTRE).values_list("slug", flat=True)
    slugs = set(own) or {page.slug for page in pages_in(PAGES)}
    pages = {f"page:{slug}" for slug in slugs | {"write", "finder", "services"}}
    return frozenset(pages | {f"fact:{name}" for name in facts_in()})


def trial(catalogue: Catalogue) -> str:
    """Make everything public with another catalogue, and throw it away. Why that can't be done, or "".

    It tells a page that names a limit, a number or a service that would no longer be there.
    """
    try:
        content = replace(content_of_centre(), catalogue=catalogue)
        render_site(content, exit_url=settings.LYKTA_EXIT_URL, base="https://lykta.invalid", on=clock.today())
    except PageFault as fault:
        return str(fault)
    return ""
