"""Render every public page in every language once. Pure: content in, answers out; no clock, no database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.template.loader import render_to_string

from lykta.catalogue.rules import Catalogue, Service
from lykta.core.frame import Frame, Remark, frame
from lykta.core.languages import Language, language, languages
from lykta.core.markup import Markup, UnknownTarget
from lykta.core.policy import leaving_headers, page_headers, quiet_headers
from lykta.core.styles import SHEETS
from lykta.core.voice import NAMED, Voice, speaking
from lykta.core.words import leaves, said_day, words
from lykta.public.blocks import Writer, headings, with_own_ids
from lykta.public.content import Content, Page, PageFault
from lykta.public.finder import finder_context, finder_css, finder_for
from lykta.public.links import finder_path, has_services, links_for, service_path, services_path
from lykta.public.rendered import Rendered, Site
from lykta.public.services import service_context, services_context
from lykta.public.values import SOURCE, borrowed, voice_of

SCRIPT = Path(__file__).with_name("static") / "lykta.js"
LONG = 4  # headings from which a page tells what it holds
TEXT = "text/plain; charset=utf-8"


def tighter(html: str) -> str:
    """Without empty lines and indentation. Published pages hold no text where such blanks matter."""
    return "\n".join(line for line in map(str.strip, html.splitlines()) if line)


def small_script() -> bytes:
    """The script without comment lines and indentation."""
    lines = map(str.strip, SCRIPT.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode()


def without_markup(text: str) -> str:
    """The words alone, for a description: `[words](page:x)` -> `words`, phones left out."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\{phone:[^}]*\}|\*\*", "", text).strip()


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """exit_url: where Leave quickly goes. base: scheme and host for the sitemap. on: the day of it all."""

    content: Content
    exit_url: str
    base: str
    on: date

    @property
    def catalogue(self) -> Catalogue:
        return self.content.catalogue

    @cached_property
    def voice(self) -> Voice:
        langs = tuple(row.code for row in languages())
        centre, words = self.content.centre, self.content.words
        return voice_of(self.catalogue, self.content.facts, langs, self.on, words=words, centre=centre)

    @cached_property
    def tongues(self) -> list[Language]:
        """Languages that have a first page, of those the centre has chosen; no other is shown or linked."""
        have_home = {page.lang for page in self.content.pages if page.slug == "home"}
        chosen = self.content.centre.languages if self.content.centre else ()
        return [row for row in languages() if row.code in have_home and (not chosen or row.code in {SOURCE, *chosen})]

    @cached_property
    def writers(self) -> dict[str, Writer]:
        return {row.code: self._writer(row, row) for row in self.tongues}

    def _writer(self, row: Language, said_in: Language) -> Writer:
        """Of pages that stand in one language and lead to that language's pages, and are perhaps said in another."""
        links = links_for(row, self.content.pages, self.catalogue)
        markup = Markup(
            phones=self.voice.phones,
            address=links,
            rtl=said_in.is_rtl,
            lang=said_in.code,
            values=self.voice.values[said_in.code],
        )
        return Writer(
            lang=said_in.code, links=links, markup=markup, catalogue=self.catalogue, on=self.on, voice=self.voice
        )

    def site(self) -> Site:
        """Every answer of the public side. Raises PageFault, naming the page."""
        with speaking(self.voice):
            return self._site()

    def _site(self) -> Site:
        answers: dict[str, Rendered] = {}
        for row in self.tongues:
            check_words(row.code, self.voice)
            answers |= self.pages(row) | self.services(row) | self.finder(row) | self.ways(row)
        pages = self.alternates()
        answers["/lamna"] = Rendered(status=303, headers=leaving_headers(self.exit_url))
        answers["/lykta.js"] = self._plain(small_script(), "text/javascript; charset=utf-8")
        answers["/robots.txt"] = self._plain(f"User-agent: *\nAllow: /\nSitemap: {self.base}/sitemap.xml\n".encode())
        answers["/sitemap.xml"] = self._plain(sitemap(self.base, pages).encode(), "application/xml")
        missing = {row.prefix.strip("/"): self.nothing_here(row) for row in self.tongues}
        return Site(answers=answers, missing=missing, voice=self.voice.as_json())

    # --- pages ---
    @cached_property
    def slugs(self) -> list[str]:
        """Of every page, in the order of the Swedish ones; one that has no Swedish page yet comes last."""
        return list(dict.fromkeys(page.slug for page in sorted(self.content.pages, key=lambda p: p.lang != SOURCE)))

    def pages(self, row: Language) -> dict[str, Rendered]:
        """Every page in one language by its address; one that is missing there in the nearest language that has it."""
        found = {}
        for slug in self.slugs:
            there = {page.lang: page for page in self.content.pages if page.slug == slug}
            page = there.get(row.code) or there[borrowed(row.code, there)]
            found[self._path(row, slug)] = self.page(page, row)
        return found

    def page(self, page: Page, row: Language | None = None, *, note: str = "") -> Rendered:
        """One page. row: the language among whose pages it stands, where that is not its own. note: stands above it.

        Raises PageFault.
        """
        try:
            with speaking(self.voice):
                return self._page(page, row or language(page.lang), note)
        except UnknownTarget as lost:
            raise PageFault(f"{page.name}: a link or a value leads nowhere: {lost}") from lost
        except PageFault as fault:
            raise PageFault(f"{page.name}: {fault}") from fault

    def _page(self, page: Page, row: Language, note: str) -> Rendered:
        is_home, is_own = page.slug == "home", page.lang == row.code
        writer = self._writer(row, language(page.lang))
        title = writer.plain(page.title)
        main, aside = writer.blocks(page.main), writer.blocks(page.aside)
        with_own_ids(main, aside)
        held, said = headings(main), words(page.lang)["public"]
        context: dict[str, Any] = {
            "page": page,
            "title": title,
            "eyebrow": writer.plain(page.eyebrow),
            "lead": writer.markup.inline(page.lead),
            "main": main,
            "aside": aside,
            "aside_title": said["page"]["aside"],
            "toc": held if len(held) >= LONG and not is_home else [],
            "toc_title": said["toc"],
            "said_in": None if is_own else language(page.lang),
        }
        if is_home:
            context |= first_page(page, writer)
        lead = page.description or page.lead or page.more.get("hero", {}).get("lead", "")
        f = self._frame(
            row.code,
            title=title if is_home else self._titled(row.code, title),
            paths=self._paths(page.slug),
            description=without_markup(self.voice.says(page.lang, lead)),
            extra_css=(SHEETS / "picture.css").read_text(encoding="utf-8") if is_home else "",
            indexed=is_own,
            remarks=[
                *([Remark(note)] if note else []),
                *remarks(page, row, self._path(language(SOURCE), page.slug)),
            ],
            reviewed=page.reviewed or not is_own,
        )
        return self._html("public/home.html" if is_home else "public/page.html", f, context)

    def _titled(self, lang: str, title: str) -> str:
        return f"{words(lang)['core']['brand']} · {title}"

    def services(self, row: Language) -> dict[str, Rendered]:
        """The list of services and each one's page; none in a language the catalogue does not speak."""
        if not has_services(row, self.catalogue):
            return {}
        writer = self.writers[row.code]
        said = words(row.code)["public"]["services"]
        paths = {one.code: services_path(one) for one in self._speaking()}
        f = self._frame(row.code, title=self._titled(row.code, said["title"]), paths=paths)
        context = services_context(writer) | {"pages": writer.links.pages}
        answers = {services_path(row): self._html("public/services.html", f, context)}
        for service in self.catalogue.services:
            answers[service_path(row, service)] = self._service(service, writer)
        return answers

    def _service(self, service: Service, writer: Writer) -> Rendered:
        f = self._frame(
            writer.lang,
            title=self._titled(writer.lang, writer.told(service.names)),
            paths={row.code: service_path(row, service) for row in self._speaking()},
            description=writer.told(service.short),
        )
        context = service_context(service, writer) | {"pages": writer.links.pages}
        return self._html("public/service.html", f, context)

    def nothing_here(self, row: Language) -> Rendered:
        title = words(row.code)["core"]["brand"]
        f = self._frame(row.code, title=title, paths=self._paths("home"), indexed=False)
        context = {"pages": self.writers[row.code].links.pages}
        return self._html("public/missing.html", f, context, status=404)

    def ways(self, row: Language) -> dict[str, Rendered]:
        """Plain addresses that only lead on: the one on leaflets to the neutral one."""
        written = "/skriv/" if row.code == "sv" else f"{row.prefix}/write/"
        return {written: leads_to(self.writers[row.code].links("page", "write"))}

    def finder(self, row: Language) -> dict[str, Rendered]:
        """The finder, where the catalogue speaks the language."""
        if not has_services(row, self.catalogue):
            return {}
        writer = self.writers[row.code]
        finder = finder_for(writer)
        f = self._frame(
            row.code,
            title=self._titled(row.code, finder.said["title"]),
            paths={one.code: finder_path(one) for one in self._speaking()},
            description=finder.said["lead"],
            extra_css=finder_css(finder),
        )
        return {finder_path(row): self._html("public/finder.html", f, finder_context(finder, writer))}

    # --- parts ---
    def alternates(self) -> list[dict[str, str]]:
        """Every indexed page as {language: address}."""
        pages = [self._paths(slug, own=True) for slug in self.slugs]
        speaking = self._speaking()
        pages += [{row.code: path(row) for row in speaking} for path in (services_path, finder_path)]
        pages += [{row.code: service_path(row, one) for row in speaking} for one in self.catalogue.services]
        return [paths for paths in pages if paths]

    def _speaking(self) -> list[Language]:
        return [row for row in self.tongues if has_services(row, self.catalogue)]

    def _path(self, row: Language, slug: str) -> str:
        return self.writers[row.code].links("page", slug)

    def _paths(self, slug: str, *, own: bool = False) -> dict[str, str]:
        """Address of a page by language; own: only where it is said in the language itself."""
        there = {page.lang for page in self.content.pages if page.slug == slug}
        return {row.code: self._path(row, slug) for row in self.tongues if row.code in there or not own}

    def _frame(
        self,
        lang: str,
        *,
        title: str,
        paths: Mapping[str, str],
        **more: Any,
    ) -> Frame:
        return frame(
            lang=lang,
            title=title,
            exit_url=self.exit_url,
            phones=self.writers[lang].markup.phones,
            paths=paths,
            **{"indexed": True, **more},
        )

    def _html(self, template: str, f: Frame, context: Mapping[str, Any], *, status: int = 200) -> Rendered:
        html = tighter(render_to_string(template, {"f": f, **context}))
        headers = page_headers(lang=f.language.code, style=f.sheet.source, exit_url=self.exit_url)
        return Rendered(status=status, headers=headers | {"Vary": "Accept-Encoding"}, body=html.encode())

    def _plain(self, body: bytes, kind: str = TEXT) -> Rendered:
        headers = {"Content-Type": kind, "Vary": "Accept-Encoding", **quiet_headers()}
        return Rendered(status=200, headers=headers, body=body)


def first_page(page: Page, writer: Writer) -> dict[str, Any]:
    """The parts that only the first page has: the picture's words and the doors."""
    hero, quiet = page.more["hero"], page.more["quiet"]
    return {
        "hero": {
            "title": writer.plain(hero["title"]),
            "lead": writer.markup.inline(hero["lead"]),
            "write": writer.plain(hero["write"]),
            "path": writer.links("page", "write"),
            "note": writer.markup.inline(hero["note"]),
        },
        "doors_title": writer.plain(page.more["doors_title"]),
        "doors": writer.blocks([{"doors": page.more["doors"]}]),
        "quiet": {"text": writer.plain(quiet["text"]), "path": writer.markup.target(quiet["to"])},
    }


def remarks(page: Page, row: Language, source: str) -> list[Remark]:
    """What stands above a page that is borrowed from another language, or older than the Swedish one at `source`."""
    said = words(row.code)["core"]
    if page.lang != row.code:
        text = said["borrowed"].format(language=row.name, other=language(page.lang).name)
        return [Remark(text)]
    if page.checked_on:
        date = said_day(row.code, page.checked_on.isoformat())
        return [Remark(said["outdated"].format(date=date), source, said["to_source"], SOURCE)]
    return []


def check_words(lang: str, voice: Voice) -> None:
    """Raises PageFault for a value that the words around the pages name and nobody knows."""
    for room, tree in words(lang).items():
        for path, text in leaves(tree):
            for kind, name in NAMED.findall(text):
                if kind != "phone" or name not in voice.phones:
                    raise PageFault(f"{lang}/{room}.{path}: a value leads nowhere: {kind}:{name}")


def leads_to(path: str) -> Rendered:
    return Rendered(status=303, headers={"Location": path, **quiet_headers()})


def sitemap(base: str, pages: Iterable[Mapping[str, str]]) -> str:
    """Public pages only, each with its other languages. base: scheme and host, without a slash at its end."""
    rows = []
    for paths in pages:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{lang}" href="{escape(base + path)}"/>'
            for lang, path in paths.items()
        )
        rows += [f"<url><loc>{escape(base + path)}</loc>{others}</url>" for path in paths.values()]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "\n".join(rows)
        + "\n</urlset>\n"
    )


def render_site(content: Content, *, exit_url: str, base: str, on: date) -> Site:
    """The whole public side as of one day. Raises PageFault naming the page that cannot be shown."""
    return Publisher(content=content, exit_url=exit_url, base=base, on=on).site()
