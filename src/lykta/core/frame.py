"""What stands around every public page: the bar with Leave quickly, and the lake at its end.

Published pages and the dialogue build the same frame, so that they cannot be told apart from across a room.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from lykta.core.languages import Language, language, languages
from lykta.core.markup import Markup, Numbered
from lykta.core.places import places
from lykta.core.styles import PUBLIC, Sheet, sheet
from lykta.core.words import words

DEMO_CSS = ".demo{max-inline-size:none;padding:.3rem 1rem;text-align:center;background:var(--heather);color:var(--ink)}"
"""The strip that says that everything is invented; real houses need not carry it."""


@dataclass(frozen=True)
class Tongue:
    """One language in the foot and where its version of this page is."""

    language: Language
    path: str
    here: bool


@dataclass(frozen=True)
class Link:
    """A link of the foot."""

    text: str
    path: str


@dataclass(frozen=True)
class Remark:
    """What is said about the page before it begins. path, link, lang: where the same page is in another language."""

    text: str
    path: str = ""
    link: str = ""
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Context `f` of `lykta/public.html`.

    title: what the browser's tab says. exit_fields: hidden fields of the exit form, as (name, value).
    inline: markup for words that hold it. phones: by id; the foot shows `nod112` and `kvinnofrid`.
    """

    language: Language
    title: str
    sheet: Sheet
    exit_url: str
    exit_action: str
    exit_fields: Sequence[tuple[str, str]]
    tongues: Sequence[Tongue]
    phones: Mapping[str, Numbered]
    links: Sequence[Link]
    inline: Callable[[str], SafeString]
    w: Mapping[str, Any]
    description: str = ""
    indexed: bool = False
    remarks: Sequence[Remark] = ()
    demo: bool = False

    @property
    def home(self) -> str:
        return f"{self.language.prefix}/"


def markup(lang: str, phones: Mapping[str, Numbered]) -> Markup:
    """Inline markup of words outside the pages' own texts; knows the pages, not the services."""

    def address(kind: str, name: str) -> str:
        if kind != "page":
            raise KeyError(name)
        return places(lang)[name]

    return Markup(phones=phones, address=address, rtl=language(lang).is_rtl)


def foot_links(lang: str) -> tuple[Link, ...]:
    """Links of the foot; a language that has not got a page yet does not name it."""
    known = places(lang)
    rows = words(lang)["core"]["foot"]["links"]
    return tuple(Link(text=text, path=known[slug]) for slug, text in rows.items() if slug in known)


def frame(
    *,
    lang: str,
    title: str,
    exit_url: str,
    phones: Mapping[str, Numbered],
    paths: Mapping[str, str],
    exit_action: str = "/lamna",
    exit_fields: Sequence[tuple[str, str]] = (),
    extra_css: str = "",
    description: str = "",
    indexed: bool = False,
    remarks: Sequence[Remark] = (),
    reviewed: bool = False,
) -> Frame:
    """The frame of one page; in a house of invented people it says so.

    paths: language code -> address of the same page, only where it is published.
    reviewed: a native speaker has read the page. Raises UnknownLanguage.
    """
    tongues = [
        Tongue(language=row, path=paths[row.code], here=row.code == lang) for row in languages() if row.code in paths
    ]
    demo = (settings.LYKTA_DATA / "demo-accounts.json").exists()
    unread = [] if reviewed or language(lang).reviewed else [Remark(words(lang)["core"]["unreviewed"])]
    return Frame(
        language=language(lang),
        title=title,
        sheet=sheet(*PUBLIC, extra=extra_css + (DEMO_CSS if demo else "")),
        exit_url=exit_url,
        exit_action=exit_action,
        exit_fields=tuple(exit_fields),
        tongues=tuple(tongues),
        phones=phones,
        links=foot_links(lang),
        inline=markup(lang, phones).inline,
        w=words(lang),
        description=description,
        indexed=indexed,
        remarks=(*remarks, *unread),
        demo=demo,
    )
