"""Pages and facts as editors meet them: what stands where, one text in one language, and its versions."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.catalogue.queries import draft_catalogue
from lykta.catalogue.reading import CatalogueError
from lykta.core import clock
from lykta.core.languages import language, languages
from lykta.people import drafts
from lykta.people.queries import names_of
from lykta.public import queries, showing, text_actions, writing
from lykta.public.content import PageFault
from lykta.public.enums import Box, Kind, Standing
from lykta.public.errors import NothingNew, NotShowable, TextMoved
from lykta.public.models import Text, Version
from lykta.public.shelf import Shelf
from lykta.public.text_actions import Saved
from lykta.public.values import SOURCE, abouts

NOT_HERS = "Sidan hörde till någon annan. Ingenting har gjorts."
READY, DRAFT = "Sparat. Texten är klar och väntar på att publiceras.", "Utkastet är sparat."
MOST_NAME = 80
NAME, NAME_LONG = "Skriv vad den heter som har läst.", f"Namnet får ha högst {MOST_NAME} tecken."
HELD = "Varje sparad text är en version. Ingenting syns utåt förrän det är publicerat."


@door(Permission.PAGES_EDIT)
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every page and fact, and how it stands in each language."""
    found, named, facts = queries.shelf(), queries.titles(), queries.facts_said()
    tongues = languages()
    says = {
        "here": "house",
        "tongues": tongues,
        "groups": [
            ("Sidor", Kind.PAGE, _table(found, Kind.PAGE, named, {})),
            ("Uppgifter", Kind.FACT, _table(found, Kind.FACT, named, facts)),
        ],
        "left": _left(found),
    }
    return render(request, "public/staff/texts.html", says)


def _table(
    found: Shelf, kind: Kind, named: Mapping[tuple[str, str], str], more: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "slug": slug,
            "title": named.get((kind, slug), slug),
            "more": more.get(slug, ""),
            "cells": [(row, _standing(found, kind, slug, row.code)) for row in languages()],
        }
        for slug in found.slugs(kind)
    ]


def _standing(found: Shelf, kind: Kind, slug: str, lang: str) -> dict[str, Any]:
    standing, text = found.standing(kind, slug, lang), found.text(kind, slug, lang)
    newer = text is not None and text.ready is not None and text.latest > text.ready
    label = "klar" if lang == SOURCE and standing == Standing.CURRENT else standing.label
    return {"label": label, "fine": standing == Standing.CURRENT, "draft": newer}


def _left(found: Shelf) -> list[tuple[str, int, int]]:
    """For each language that lacks something: its name, how many are outdated, how many are missing."""
    rows = []
    for row in languages():
        stand = [found.standing(kind, slug, row.code) for kind in (Kind.PAGE, Kind.FACT) for slug in found.slugs(kind)]
        old, gone = stand.count(Standing.OUTDATED), stand.count(Standing.MISSING) + stand.count(Standing.DRAFT)
        if old or gone:
            rows.append((row.name, old, gone))
    return rows


@door(Permission.PAGES_EDIT)
def text(request: HttpRequest, actor: Actor, kind: Kind, slug: str, lang: str) -> HttpResponse:
    """One text in one language: the form, and what is done with it."""
    page = Page(request, actor, kind, slug, lang)
    if request.method != "POST":
        return page.show()
    if request.POST.get("by", "") != str(actor.member):
        request.session["toast"] = NOT_HERS
        return HttpResponseRedirect(request.path, status=303)
    deed = request.POST.get("deed", "")
    if page.form.do(deed, request.POST):
        return page.show()
    if deed not in DEEDS:
        raise Http404
    return DEEDS[deed](page)


@door(Permission.PAGES_EDIT)
def version(request: HttpRequest, actor: Actor, slug: str, lang: str, number: int) -> HttpResponse:
    """A version of a page, as a visitor would see it today."""
    try:
        found = queries.text_in(Kind.PAGE, slug, lang)
        if found is None:
            raise Http404
        body = queries.version_of_text(found, number).body
    except queries.NoSuchText:
        raise Http404 from None
    return _shown(request, slug, lang, body)


def _shown(request: HttpRequest, slug: str, lang: str, body: dict[str, Any]) -> HttpResponse:
    try:
        made = showing.preview(slug, lang, body, on=clock.today())
    except PageFault as fault:
        return render(request, "public/staff/unshowable.html", {"here": "house", "why": showing.sentence(fault)})
    except CatalogueError as fault:
        return render(request, "public/staff/unshowable.html", {"here": "house", "why": f"Tjänsterna: {fault}"})
    return HttpResponse(made.body, headers=dict(made.headers))


class Page:
    """One text's page: where it stands, what was typed, and what stood in the way."""

    def __init__(self, request: HttpRequest, actor: Actor, kind: Kind, slug: str, lang: str) -> None:
        self.request, self.actor, self.kind, self.slug, self.lang = request, actor, kind, slug, lang
        try:
            self.text = queries.text_in(kind, slug, lang)
            self.source = queries.text_in(kind, slug, SOURCE)
        except queries.NoSuchText:
            raise Http404 from None
        assert self.source is not None
        # Of the forms that were kept, the one with the text: a short one beside it must never empty its boxes.
        unsent = drafts.take_all(request)
        kept = next((one for one in unsent if "why" in one), None)
        self.kept = kept is not None
        self.swedish = queries.body_of_text(self.source, self.source.ready or self.source.latest)
        self.number = self._asked()
        self.trouble, self.moved = "", ""
        self.reader, self.reader_fault = next((one["reader"] for one in unsent if "reader" in one), ""), ""
        self.form = self._form(request.POST if request.method == "POST" else kept)

    def _asked(self) -> int:
        """The version to begin with: the newest, or an earlier one that is taken up again. Raises Http404."""
        latest = self.text.latest if self.text else 0
        asked = self.request.GET.get("version", "")
        if not asked:
            return latest
        if not (asked.isascii() and asked.isdigit() and len(asked) < 7 and 0 < int(asked) <= latest):
            raise Http404
        return int(asked)

    def _form(self, sent: QueryDict | None) -> writing.Writing:
        body = queries.body_of_text(self.text, self.number) if self.text else {}
        fresh = writing.begun(self.kind, body) if body else writing.untranslated(self.kind, self.swedish, self.lang)
        fresh.seen = self.text.latest if self.text else 0
        fresh.beside = self._swedish_number()
        return fresh if sent is None else writing.typed(self.kind, fresh.base, sent)

    def _swedish_number(self) -> int:
        assert self.source is not None
        return self.source.ready or self.source.latest

    # --- deeds ---
    def preview(self) -> HttpResponse:
        """As it was typed, in a window of its own. Nothing is kept."""
        body = self.form.body()
        if body is None or self.kind != Kind.PAGE:
            return self.show()
        return _shown(self.request, self.slug, self.lang, body)

    def save(self, *, ready: bool) -> HttpResponse:
        """A new version; what stands in the way is told, with everything that was typed."""
        body = self.form.body()
        if body is None:
            return self.show()
        form = self.form
        saved = Saved(
            body=body, ready=ready, seen=form.seen, why=form.why, beside=form.beside, form_only=form.form_only
        )
        try:
            text_actions.save_text(by=self.actor, kind=self.kind, slug=self.slug, language=self.lang, saved=saved)
        except TextMoved as moved:
            return self._moved(moved.latest)
        except NotShowable as why:
            self.trouble = f"{why} Det du skrev står kvar här. Som utkast går det att spara."
            return self.show()
        except CatalogueError as why:
            self.trouble = f"Tjänsterna går inte att läsa: {why}. Det du skrev står kvar här."
            return self.show()
        except NothingNew:
            return self._done("Ingenting var ändrat.")
        return self._done(READY if ready else DRAFT)

    def _moved(self, latest: int) -> HttpResponse:
        assert self.text is not None
        now = queries.version_of_text(self.text, latest)
        if now.by == self.actor.member and now.body == self.form.body():
            return self._done("Det var redan sparat.")  # the same form sent twice
        who = names_of(self.actor).get(now.by, "En kollega") if now.by else "Programmet"
        self.moved = who
        self.form.seen = latest
        return self.show()

    def agree(self) -> HttpResponse:
        """The translation says the same as the Swedish one beside it."""
        return self._try(text_actions.agree, "Då stämmer översättningen igen.", beside=self.form.beside)

    def take_down(self) -> HttpResponse:
        """Not shown after the next publication."""
        return self._try(text_actions.take_down, "Översättningen tas ner nästa gång ni publicerar.")

    def heard(self) -> HttpResponse:
        """A native speaker has read what is ready."""
        name = " ".join(self.request.POST.get("reader", "").split())
        if not name or len(name) > MOST_NAME or "\x00" in name:
            self.reader, self.reader_fault = name, NAME if not name or "\x00" in name else NAME_LONG
            self.form = self._form(None)
            return self.show()
        try:
            said = "Det står nu att texten är läst. Publicera för att läsaren ska se det."
            return self._try(text_actions.note_reader, said, name=name, seen=self.form.seen)
        except TextMoved:
            return self._done("En kollega har sparat en ny version. Låt någon läsa den i stället.")

    def _try(self, deed: Callable[..., None], said: str, **more: Any) -> HttpResponse:
        try:
            deed(by=self.actor, kind=self.kind, slug=self.slug, language=self.lang, **more)
        except NothingNew:
            said = "Det var redan gjort."
        return self._done(said)

    def _done(self, said: str) -> HttpResponse:
        self.request.session["toast"] = said
        drafts.keep(self.request, done=True)  # what stood unsent in the page's other forms
        return HttpResponseRedirect(self.request.path, status=303)

    # --- the page ---
    def show(self) -> HttpResponse:
        """The form, as it stands or as it was typed."""
        found = queries.shelf()
        text = found.text(self.kind, self.slug, self.lang)
        old = found.outdated(text) if text else None
        if self.lang != SOURCE:
            writing.lay_beside(self.form, self.swedish, self._then(old is not None))
        named = queries.titles().get((self.kind, self.slug), self.slug)
        says = {
            "here": "house",
            "kind": self.kind,
            "slug": self.slug,
            "title": named,
            "tongue": language(self.lang),
            "is_source": self.lang == SOURCE,
            "others": [(row, _standing(found, self.kind, self.slug, row.code)) for row in languages()],
            "text": text,
            "old": old,
            "stands": self._stands(text),
            "form": self.form,
            "boxes": list(Box),
            "kept": self.kept,
            "trouble": self.trouble,
            "moved": self.moved,
            "earlier": self.number if self.request.method == "GET" and text and self.number != text.latest else 0,
            "versions": self._versions(text),
            "nameable": self._nameable(),
            "held": HELD,
            "may_hear": self._may_hear(text),
            "is_heard": bool(text and text.ready and text.read_version == text.ready),
            "reader": self.reader,
            "reader_fault": self.reader_fault,
        }
        return render(self.request, "public/staff/text.html", says)

    def _may_hear(self, text: Text | None) -> bool:
        """Where the page bears the mark that nobody has, what stands here can be read and noted so."""
        is_marked = self.kind == Kind.PAGE and not language(self.lang).reviewed
        return is_marked and text is not None and text.ready is not None and text.ready == text.latest

    def _then(self, is_old: bool) -> dict[str, Any] | None:
        """The Swedish words it was last compared with; None where nothing has changed since."""
        assert self.source is not None
        return queries.body_of_text(self.source, self.text.source) or None if is_old and self.text else None

    def _stands(self, text: Text | None) -> str:
        """Where the newest version is on its way out: a word the page has a sentence for."""
        if text is None:
            return "missing"
        last = queries.last_publication()
        shown = (last.shows if last else {}).get(str(text.pk), {}).get("v")
        if text.ready is None:
            return "down" if shown else "draft"
        if text.latest > text.ready:
            return "newer"
        return "shown" if shown == text.ready else "waits"

    def _versions(self, text: Text | None) -> list[tuple[Version, str]]:
        names = names_of(self.actor)
        return [(one, _by(one.by, names)) for one in queries.versions_of(text)] if text else []

    def _nameable(self) -> list[tuple[str, str]]:
        """What a text can name so that it follows along, with what that is today."""
        facts = [] if self.kind == Kind.FACT else queries.facts_said().items()
        told = [(f"{{fact:{name}}}", f"{abouts().get(name, name)}: {said}") for name, said in facts]
        try:
            phones = draft_catalogue().phones if self.kind == Kind.PAGE else ()
        except CatalogueError:
            phones = ()
        numbers = [(f"{{phone:{one.id}}}", f"{one.names[SOURCE]}, {one.number}") for one in phones if one.show]
        pages = [] if self.kind == Kind.FACT else queries.titles().items()
        links = [(f"[ord](page:{slug})", f"Länk till {title}") for (kind, slug), title in pages if kind == Kind.PAGE]
        return [*told, *numbers, *links]


def _by(member: UUID | None, names: Mapping[UUID, str]) -> str:
    return names.get(member, "en kollega som har slutat") if member else "programmet"


DEEDS: Mapping[str, Callable[[Page], HttpResponse]] = {
    "preview": Page.preview,
    "draft": lambda page: page.save(ready=False),
    "ready": lambda page: page.save(ready=True),
    "agree": Page.agree,
    "take_down": Page.take_down,
    "heard": Page.heard,
}
