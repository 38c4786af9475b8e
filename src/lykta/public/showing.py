"""One text as it would be shown, among everything else that is ready: for preview, and before it may be published."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings

from lykta.catalogue.queries import draft_catalogue
from lykta.catalogue.references import leads_nowhere
from lykta.core.languages import language
from lykta.core.markup import PIECE
from lykta.public.content import Content, Page, PageFault, page_of
from lykta.public.enums import Kind
from lykta.public.publish import Publisher
from lykta.public.queries import content_of, home_address, shelf
from lykta.public.rendered import Rendered
from lykta.public.values import SOURCE, unknown_in

PREVIEW = "Förhandsvisning. Så här blir sidan när den publiceras. Knapparna gör ingenting här."


def preview(slug: str, lang: str, body: dict[str, Any], *, on: date) -> Rendered:
    """The page as a visitor would see it, with a line above that says what this is. Nothing on it can be sent.

    Raises PageFault, CatalogueError.
    """
    page, publisher = _among(slug, lang, body, on)
    shown = publisher.page(page, _row(publisher, lang), note=PREVIEW)
    policy = shown.headers["Content-Security-Policy"]
    return replace(shown, headers={**shown.headers, "Content-Security-Policy": f"{policy}; sandbox"})


def fault_of(kind: Kind, slug: str, lang: str, body: dict[str, Any], *, on: date) -> str:
    """Why it can't be published, as a sentence; "" where it can. Raises CatalogueError."""
    if kind == Kind.FACT:
        return _fault_of_fact(body["text"], lang, on)
    try:
        page, publisher = _among(slug, lang, body, on)
        publisher.page(page, _row(publisher, lang))
    except PageFault as fault:
        return sentence(fault)
    return ""


def sentence(fault: PageFault) -> str:
    """What is wrong, for who writes: `sv/about: a link or a value leads nowhere: fact:none`."""
    _, found, nowhere = str(fault).rpartition("leads nowhere: ")
    return leads_nowhere(nowhere) if found else f"Sidan går inte att visa ({fault})."


def _fault_of_fact(text: str, lang: str, on: date) -> str:
    if any(found["bold"] or found["words"] for found in PIECE.finditer(text)):
        return "En uppgift är bara ord: länkar och fetstil går inte att ha här."
    voice = Publisher(content=_ready(on), exit_url=settings.LYKTA_EXIT_URL, base=home_address(), on=on).voice
    numbers = {name: said for name, said in voice.values[lang].items() if not name.startswith("fact:")}
    unknown = unknown_in(text, replace(voice, values={lang: numbers}), lang)
    return leads_nowhere(unknown[0]) if unknown else ""


def _ready(on: date) -> Content:
    found = shelf()
    return content_of(found, found.now, draft_catalogue(), on)


def _among(slug: str, lang: str, body: dict[str, Any], on: date) -> tuple[Page, Publisher]:
    page, ready = page_of(lang, slug, dict(body)), _ready(on)
    others = [one for one in ready.pages if (one.lang, one.slug) != (lang, slug)]
    content = replace(ready, pages=(*others, page))
    return page, Publisher(content=content, exit_url=settings.LYKTA_EXIT_URL, base=home_address(), on=on)


def _row(publisher: Publisher, lang: str) -> Any:
    """Among the pages of its own language; among the Swedish ones where that language is not shown yet."""
    own = language(lang)
    return own if own in publisher.tongues else language(SOURCE)
