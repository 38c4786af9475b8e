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
from lykta.core.frame import Frame, frame
from lykta.core.languages import Language, languages
from lykta.core.markup import Markup
from lykta.core.places import dialogue
from lykta.core.policy import leaving_headers, page_headers, quiet_headers
from lykta.core.styles import SHEETS
from lykta.core.words import words
from lykta.public.blocks import Writer, headings, with_own_ids
from lykta.public.content import Content, Page, PageFault
from lykta.public.finder import finder_context, finder_css, finder_for
from lykta.public.links import finder_path, links_for, service_path, services_path
from lykta.public.rendered import Rendered, Site
from lykta.public.services import service_context, services_context

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
    def tongues(self) -> list[Language]:
        """Languages that have a first page; no other is shown or linked."""
        have_home = {page.lang for page in self.content.pages if page.slug == "home"}
        return [row for row in languages() if row.code in have_home]

    @cached_property
    def writers(self) -> dict[str, Writer]:
        return {row.code: self._writer(row) for row in self.tongues}

    def _writer(self, row: Language) -> Writer:
        links = links_for(row, self.content.pages, self.catalogue)
        markup = Markup(phones={one.id: one for one in self.catalogue.phones}, address=links, rtl=row.is_rtl)
        return Writer(lang=row.code, links=links, markup=markup, catalogue=self.catalogue, on=self.on)

    def site(self) -> Site:
        """Every answer of the public side. Raises PageFault, naming the page."""
        answers: dict[str, Rendered] = {}
        for page in self.content.pages:
            if page.lang in self.writers:
                answers[page.path] = self.page(page)
        for row in self.tongues:
            answers |= self.services(row) | self.finder(row) | self.ways(row)
        pages = self.alternates()
        answers["/lamna"] = Rendered(status=303, headers=leaving_headers(self.exit_url))
        answers["/lykta.js"] = self._plain(small_script(), "text/javascript; charset=utf-8")
        answers["/robots.txt"] = self._plain(f"User-agent: *\nAllow: /\nSitemap: {self.base}/sitemap.xml\n".encode())
        answers["/sitemap.xml"] = self._plain(sitemap(self.base, pages).encode(), "application/xml")
        missing = {row.prefix.strip("/"): self.nothing_here(row) for row in self.tongues}
        return Site(answers=answers, missing=missing)

    # --- pages ---
    def page(self, page: Page) -> Rendered:
        try:
            return self._page(page)
        except PageFault as fault:
            raise PageFault(f"{page.name}: {fault}") from fault

    def _page(self, page: Page) -> Rendered:
        writer = self.writers[page.lang]
        is_home = page.slug == "home"
        title = page.title if is_home else f"{words(page.lang)['core']['brand']} · {page.title}"
        main, aside = writer.blocks(page.main), writer.blocks(page.aside)
        with_own_ids(main, aside)
        held = headings(main)
        context: dict[str, Any] = {
            "page": page,
            "lead": writer.markup.inline(page.lead),
            "main": main,
            "aside": aside,
            "toc": held if len(held) >= LONG and not is_home else [],
        }
        if is_home:
            context |= first_page(page, writer)
        f = self._frame(
            page.lang,
            title=title,
            paths=self._paths(page.slug),
            description=without_markup(page.description or page.lead or page.more.get("hero", {}).get("lead", "")),
            extra_css=(SHEETS / "picture.css").read_text(encoding="utf-8") if is_home else "",
        )
        return self._html("public/home.html" if is_home else "public/page.html", f, context)

    def services(self, row: Language) -> dict[str, Rendered]:
        """The list of services and each one's page; none in a language the catalogue does not speak."""
        writer = self.writers[row.code]
        if not writer.links.services:
            return {}
        said = words(row.code)["public"]["services"]
        paths = {one.code: services_path(one) for one in self._speaking()}
        f = self._frame(row.code, title=f"{words(row.code)['core']['brand']} · {said['title']}", paths=paths)
        context = services_context(writer) | {"pages": writer.links.pages}
        answers = {services_path(row): self._html("public/services.html", f, context)}
        for service in self.catalogue.services:
            answers[service_path(row, service)] = self._service(service, writer)
        return answers

    def _service(self, service: Service, writer: Writer) -> Rendered:
        f = self._frame(
            writer.lang,
            title=f"{words(writer.lang)['core']['brand']} · {service.names[writer.lang]}",
            paths={row.code: service_path(row, service) for row in self._speaking()},
            description=service.short[writer.lang],
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
        return {written: leads_to(dialogue(row.code))}

    def finder(self, row: Language) -> dict[str, Rendered]:
        """The finder, where the catalogue speaks the language."""
        writer = self.writers[row.code]
        if not writer.links.services:
            return {}
        finder = finder_for(writer)
        f = self._frame(
            row.code,
            title=f"{words(row.code)['core']['brand']} · {finder.said['title']}",
            paths={one.code: finder_path(one) for one in self._speaking()},
            description=finder.said["lead"],
            extra_css=finder_css(finder),
        )
        return {finder_path(row): self._html("public/finder.html", f, finder_context(finder, writer))}

    # --- parts ---
    def alternates(self) -> list[dict[str, str]]:
        """Every indexed page as {language: address}."""
        slugs = dict.fromkeys(page.slug for page in self.content.pages)
        pages = [self._paths(slug) for slug in slugs]
        speaking = self._speaking()
        pages += [{row.code: path(row) for row in speaking} for path in (services_path, finder_path)]
        pages += [{row.code: service_path(row, one) for row in speaking} for one in self.catalogue.services]
        return [paths for paths in pages if paths]

    def _speaking(self) -> list[Language]:
        return [row for row in self.tongues if row.code in self.catalogue.languages]

    def _paths(self, slug: str) -> dict[str, str]:
        codes = set(self.writers)
        return {page.lang: page.path for page in self.content.pages if page.slug == slug and page.lang in codes}

    def _frame(
        self,
        lang: str,
        *,
        title: str,
        paths: Mapping[str, str],
        description: str = "",
        extra_css: str = "",
        indexed: bool = True,
    ) -> Frame:
        return frame(
            lang=lang,
            title=title,
            exit_url=self.exit_url,
            phones=self.writers[lang].markup.phones,
            paths=paths,
            description=description,
            extra_css=extra_css,
            indexed=indexed,
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
            "title": hero["title"],
            "lead": writer.markup.inline(hero["lead"]),
            "write": hero["write"],
            "path": writer.links("page", "write"),
            "note": writer.markup.inline(hero["note"]),
        },
        "doors_title": page.more["doors_title"],
        "doors": writer.blocks([{"doors": page.more["doors"]}]),
        "quiet": {"text": quiet["text"], "path": writer.markup.target(quiet["to"])},
    }


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
