"""Inline markup of texts: **bold**, [words](page:slug), and values that stand in one place: {phone:id}, {limit:name}.

Everything is escaped first, so that a text can never bring a tag of its own.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PIECE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*"
    r"|\[(?P<words>[^\]]+)\]\((?P<target>[^()\s]+)\)"
    r"|\{(?P<kind>[a-z]+):(?P<name>[\w.-]+)\}"
)


class UnknownTarget(LookupError):
    """A text names a page, service, phone or value that does not exist, or links by a scheme we do not use."""


class Numbered(Protocol):
    """Whatever can be called. number: as it stands on screen. tel: what is dialled."""

    @property
    def number(self) -> str: ...

    @property
    def tel(self) -> str: ...


def phone_link(phone: Numbered, *, isolate: bool = False, css: str = "tel") -> SafeString:
    """A link that never breaks over two lines; isolate: keep its order inside right-to-left text."""
    shown = str(escape(phone.number))
    if isolate:
        shown = f'<bdi dir="ltr">{shown}</bdi>'
    return mark_safe(f'<a class="{css}" href="tel:{escape(phone.tel)}">{shown}</a>')


def spoken(text: str, numbers: Mapping[str, str]) -> str:
    """The text as it is said aloud: no signs, no addresses. A number or value that nobody knows is left as written."""

    def piece(found: re.Match[str]) -> str:
        if said := found["bold"] or found["words"]:
            return spoken(said, numbers)
        return numbers.get(found["name"], found[0]) if found["kind"] == "phone" else found[0]

    return PIECE.sub(piece, text)


@dataclass(frozen=True)
class Markup:
    """phones: number by id. address: (kind "page" or "service", name) -> address, or LookupError.

    values: what `{limit:name}` and the like stand for: the words, and the language they are in.
    """

    phones: Mapping[str, Numbered]
    address: Callable[[str, str], str]
    rtl: bool = False
    lang: str = ""
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def inline(self, text: str) -> SafeString:
        """The text as safe HTML. Raises UnknownTarget for a link or number that leads nowhere."""
        return mark_safe(PIECE.sub(self._piece, str(escape(text))))

    def _piece(self, found: re.Match[str]) -> str:
        if found["bold"]:
            return f"<b>{PIECE.sub(self._piece, found['bold'])}</b>"
        if found["kind"] == "phone":
            return self._phone(found["name"])
        if found["kind"]:
            return self._value(f"{found['kind']}:{found['name']}")
        return f'<a href="{self.target(found["target"])}">{PIECE.sub(self._piece, found["words"])}</a>'

    def _phone(self, name: str) -> str:
        if name not in self.phones:
            raise UnknownTarget(f"phone:{name}")
        return phone_link(self.phones[name], isolate=self.rtl)

    def _value(self, name: str) -> str:
        """Words that are borrowed from another language say so, for those who listen."""
        if name not in self.values:
            raise UnknownTarget(name)
        said, lang = self.values[name]
        if lang in ("", self.lang):
            return str(escape(said))
        turned = ' dir="ltr"' if self.rtl else ""
        return f'<span lang="{escape(lang)}"{turned}>{escape(said)}</span>'

    def target(self, target: str) -> str:
        """Address of `page:`, `service:`, `tel:` or `https:`; what stands after # is kept."""
        kind, _, rest = target.partition(":")
        if kind in {"https", "tel"}:
            return target
        if kind not in {"page", "service"}:
            raise UnknownTarget(target)
        name, hash_, part = rest.partition("#")
        try:
            return self.address(kind, name) + hash_ + part
        except LookupError as missing:
            raise UnknownTarget(target) from missing
