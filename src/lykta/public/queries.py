"""Reading what the centre has written for its public side, what is shown of it, and what is to be."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q

from lykta.access.rules import Actor
from lykta.catalogue.enums import EditionState
from lykta.catalogue.models import Edition
from lykta.catalogue.queries import draft_catalogue, live_catalogue
from lykta.catalogue.rules import Catalogue
from lykta.core import clock
from lykta.core.languages import languages
from lykta.people.queries import centre_facts
from lykta.public.content import PAGES, Content, Page, PageFault, page_of, pages_in
from lykta.public.enums import Kind, TimedState
from lykta.public.models import Publication, Text, Timed, Version
from lykta.public.publish import render_site
from lykta.public.shelf import Head, Shelf, Shows, laid_out
from lykta.public.values import SOURCE, Fact, abouts, facts_in

HEADED = (Kind.PAGE, Kind.NEWS)


class NoSuchText(LookupError):
    """There is no such text, or none in that language."""


def home_address() -> str:
    """Scheme and host of the public side, for robots.txt and the sitemap: the first host we answer to."""
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0]}"


def shelf() -> Shelf:
    """Every text of the centre and the heads of their versions. Within the staff's (an editor's) or worker's door."""
    texts = Text.objects.filter(centre_id=settings.LYKTA_CENTRE)
    heads = Version.objects.filter(centre_id=settings.LYKTA_CENTRE).values_list(
        "text_id", "number", "at", "by", "why", "form_only"
    )
    return laid_out(texts, ((row[0], Head(row[1], row[2], row[3], row[4], row[5])) for row in heads))


def last_publication() -> Publication | None:
    """The one that is shown; None before the first."""
    return Publication.objects.filter(centre_id=settings.LYKTA_CENTRE).order_by("-number").first()


def publications(actor: Actor, *, most: int = 12) -> list[Publication]:
    """The latest ones, the last first."""
    return list(Publication.objects.filter(centre_id=actor.centre).order_by("-number")[:most])


def waiting_time(*, due_by: datetime | None = None, hold: bool = False) -> Timed | None:
    """The time that is set; with due_by only if it has come by that moment. hold: until the transaction ends nobody
    else takes it up or back.
    """
    rows = Timed.objects.filter(centre_id=settings.LYKTA_CENTRE, state=TimedState.WAITING)
    rows = rows.filter(due_at__lte=due_by) if due_by else rows
    return (rows.select_for_update(skip_locked=True) if hold else rows).first()


def edition_waits() -> bool:
    """Whether an edition of the catalogue waits; it stays as it is until the transaction ends."""
    rows = Edition.objects.filter(centre_id=settings.LYKTA_CENTRE, state=EditionState.WAITING)
    return rows.select_for_update().first() is not None


def last_times(actor: Actor, *, most: int = 5) -> list[Timed]:
    """Times that were set and have ended, the last first."""
    rows = Timed.objects.filter(centre_id=actor.centre).exclude(state=TimedState.WAITING)
    return list(rows.order_by("-due_at")[:most])


def titles() -> dict[tuple[str, str], str]:
    """What every text is called among staff, by kind and slug: the heading of its newest Swedish version."""
    rows = Version.objects.filter(
        centre_id=settings.LYKTA_CENTRE, text__language=SOURCE, number=F("text__latest"), text__kind__in=HEADED
    ).values_list("text__kind", "text__slug", "body__title")
    named = {(kind, slug): title for kind, slug, title in rows if title}
    return (
        named | {(Kind.FACT, name): about for name, about in abouts().items()} | {(Kind.PAGE, "home"): "Första sidan"}
    )


def text_in(kind: Kind, slug: str, lang: str, *, hold: bool = False) -> Text | None:
    """One text; None where it is not written in that language. hold: nobody else's until the transaction ends.

    Raises NoSuchText for one that is not there in Swedish either, and for a language there is no row for.
    """
    if lang not in {row.code for row in languages()}:
        raise NoSuchText
    rows = Text.objects.filter(centre_id=settings.LYKTA_CENTRE, kind=kind, slug=slug, language=lang)
    found = (rows.select_for_update() if hold else rows).first()
    if found is None and lang == SOURCE:
        raise NoSuchText
    return found


def versions_of(text: Text) -> list[Version]:
    """Every version, the newest first."""
    return list(Version.objects.filter(text=text).order_by("-number"))


def facts_said() -> dict[str, str]:
    """What each fact says in Swedish, in its newest version, by name."""
    rows = Version.objects.filter(
        centre_id=settings.LYKTA_CENTRE, text__kind=Kind.FACT, text__language=SOURCE, number=F("text__latest")
    )
    return dict(rows.values_list("text__slug", "body__text"))


def version_of_text(text: Text, number: int) -> Version:
    """One version with its words. Raises NoSuchText."""
    found = Version.objects.filter(text=text, number=number).first()
    if found is None:
        raise NoSuchText
    return found


def body_of_text(text: Text, number: int | None) -> dict[str, Any]:
    """The words of one version; none where there is no such version."""
    found = Version.objects.filter(text=text, number=number).first() if number else None
    return dict(found.body) if found else {}


# --- what a publication is made of ---


def next_content(on: date) -> Content:
    """What the next publication shows: all that is ready, and the catalogue's edition that waits.

    Raises PageFault, CatalogueError.
    """
    found = shelf()
    return content_of(found, found.now, draft_catalogue(), on)


def live_content(on: date) -> Content:
    """What is shown now. Raises PageFault, CatalogueError."""
    last, found = last_publication(), shelf()
    return content_of(found, last.shows if last else found.now, live_catalogue(), on)


def known_names() -> frozenset[str]:
    """Pages and facts that texts of the catalogue may name, as "page:write" and "fact:cost"."""
    own = Text.objects.filter(centre_id=settings.LYKTA_CENTRE, kind__in=(Kind.PAGE, Kind.FACT), ready__isnull=False)
    names = {f"{kind}:{slug}" for kind, slug in own.values_list("kind", "slug")}
    names |= {f"page:{page.slug}" for page in pages_in(PAGES)} | {f"fact:{name}" for name in facts_in()}
    return frozenset(names | {"page:write", "page:finder", "page:services"})


def trial(catalogue: Catalogue) -> str:
    """Make everything public with another catalogue, and throw it away. Why that can't be done, or "".

    It tells a page that names a limit, a number or a service that would no longer be there. The pages are those that
    would be published together with it.
    """
    on, found = clock.today(), shelf()
    try:
        content = content_of(found, found.now, catalogue, on)
        render_site(content, exit_url=settings.LYKTA_EXIT_URL, base="https://lykta.invalid", on=on)
    except PageFault as fault:
        return str(fault)
    return ""


def content_of(found: Shelf, shows: Shows, catalogue: Catalogue, on: date) -> Content:
    """The words that are shown so. A text that has not been taken in yet is as it came with the program.

    Raises PageFault.
    """
    texts = {str(text.pk): text for text in found.texts.values()}
    bodies = _bodies((UUID(pk), one["v"]) for pk, one in shows.items() if pk in texts)
    there = found.texts.keys()
    pages = {(one.lang, one.slug): one for one in pages_in(PAGES) if (Kind.PAGE, one.slug, one.lang) not in there}
    facts = {
        name: {lang: one for lang, one in said.items() if (Kind.FACT, name, lang) not in there}
        for name, said in facts_in().items()
    }
    for pk, how in shows.items():
        if pk not in texts or (texts[pk].pk, how["v"]) not in bodies:
            continue
        text, body = texts[pk], bodies[texts[pk].pk, how["v"]]
        match Kind(text.kind):
            case Kind.PAGE:
                pages[text.language, text.slug] = page_shown(text, body, old=how["old"], read=how["read"])
            case Kind.FACT:
                facts.setdefault(text.slug, {})[text.language] = Fact(body["text"], is_current=not how["old"])
    in_order = tuple(sorted(pages.values(), key=lambda one: one.name))  # the same words give the same bytes
    return Content(pages=in_order, catalogue=catalogue, facts=facts, centre=centre_facts(on=on))


def page_shown(text: Text, body: dict[str, Any], *, old: str, read: bool) -> Page:
    """One page as it is shown. Raises PageFault."""
    page = page_of(text.language, text.slug, dict(body))
    checked_on = date.fromisoformat(old) if old else None
    return Page(**{**vars(page), "checked_on": checked_on, "reviewed": read})


def _bodies(wanted: Iterable[tuple[UUID, int]]) -> dict[tuple[UUID, int], dict[str, Any]]:
    pairs = [Q(text_id=text, number=number) for text, number in wanted]
    if not pairs:
        return {}
    rows = Version.objects.filter(reduce(or_, pairs)).values_list("text_id", "number", "body")
    return {(text, number): body for text, number, body in rows}
