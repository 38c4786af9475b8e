"""Blocks as written become blocks as shown: markup rendered, links found, phones and services fetched."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lykta.catalogue.enums import Verdict
from lykta.catalogue.rules import Catalogue, Phone, Service
from lykta.core.markup import Markup, UnknownTarget
from lykta.core.voice import NAMED, Voice
from lykta.core.words import said_day, words
from lykta.public.content import Block, PageFault
from lykta.public.links import Links
from lykta.public.values import borrowed

EMERGENCY = "nod112"  # a list that begins with it shows it largest
BUTTONS = {"lantern": "btn lantern", "btn": "btn", "quiet": "btn quiet", "calm": "calm"}
WASHES = {"mist": "", "glow": "glow", "moss": "moss"}

type Shown = dict[str, Any]


def anchor(heading: str) -> str:
    """`Så går det till` -> `sa-gar-det-till`; other scripts keep their letters."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", heading) if not unicodedata.combining(c))
    return re.sub(r"\W+", "-", plain.lower()).strip("-")


def has_ended(service: Service, on: date) -> bool:
    return not service.period.holds(on)


@dataclass(frozen=True)
class Writer:
    """Renders the blocks of one page in one language, as of one day.

    lang: of the words around the page. of_catalogue: the language in which it can name services and numbers.
    """

    lang: str
    links: Links
    markup: Markup
    catalogue: Catalogue
    on: date
    voice: Voice = field(default_factory=Voice)

    @property
    def of_catalogue(self) -> str:
        return borrowed(self.lang, self.catalogue.languages)

    def plain(self, text: str) -> str:
        """Words that hold no markup, with their values put in. Raises UnknownTarget."""
        said = self.voice.says(self.lang, text)
        if left := NAMED.search(said):
            raise UnknownTarget(left[0].strip("{}"))
        return said

    def told(self, said: Mapping[str, str]) -> str:
        """What the catalogue says, in the language or the nearest one it has, with its values put in."""
        return self.plain(said[self.of_catalogue])

    def blocks(self, written: Sequence[Block]) -> list[Shown]:
        """Raises PageFault for a block nobody knows or a link that leads nowhere."""
        return [self._block(block) for block in written]

    def _block(self, block: Block) -> Shown:
        if len(block) != 1:
            raise PageFault(f"a block has one key, this has {sorted(block)}")
        ((kind, value),) = block.items()
        if kind not in SHOWN:
            raise PageFault(f"no block is called {kind}")
        try:
            return {"kind": kind, **SHOWN[kind](self, value)}
        except UnknownTarget as lost:
            raise PageFault(f"a link or a value leads nowhere: {lost}") from lost
        except (KeyError, TypeError) as odd:
            raise PageFault(f"block {kind} is not written as it should be: {odd}") from odd

    def texts(self, written: Sequence[str] | str) -> list[str]:
        rows = [written] if isinstance(written, str) else written
        return [self.markup.inline(row) for row in rows]

    def heading(self, text: str) -> Shown:
        return {"html": self.markup.inline(text), "id": anchor(self.plain(text))}

    def prose(self, text: str) -> Shown:
        return {"html": self.markup.inline(text)}

    def listed(self, rows: Sequence[str]) -> Shown:
        return {"rows": self.texts(rows)}

    def steps(self, rows: Sequence[Mapping[str, str]]) -> Shown:
        shown = [{k: self.markup.inline(row[k]) for k in ("title", "text") if row.get(k)} for row in rows]
        return {"rows": shown}

    def facts(self, rows: Sequence[Mapping[str, str]]) -> Shown:
        """A row whose value the centre has not told is left out."""
        shown = [{"term": self.markup.inline(r["term"]), "text": self.markup.inline(r["text"])} for r in rows]
        return {"rows": [row for row in shown if str(row["text"]).strip()]}

    def notice(self, value: Mapping[str, Any]) -> Shown:
        return {
            "wash": WASHES[value["kind"]],
            "title": self.markup.inline(value["title"]),
            "texts": self.texts(value["text"]),
        }

    def questions(self, rows: Sequence[Mapping[str, Any]]) -> Shown:
        return {"rows": [self.heading(row["q"]) | {"a": self.texts(row["a"])} for row in rows]}

    def acts(self, rows: Sequence[Mapping[str, str]]) -> Shown:
        shown = [
            {
                "text": self.plain(row["text"]),
                "path": self._act_target(row["to"]),
                "css": BUTTONS[row.get("kind", "btn")],
            }
            for row in rows
        ]
        return {"rows": shown}

    def _act_target(self, target: str) -> str:
        if target.startswith("phone:"):
            return f"tel:{self.catalogue.phone(target.removeprefix('phone:')).tel}"
        return self.markup.target(target)

    def doors(self, rows: Sequence[Mapping[str, str]]) -> Shown:
        shown = [
            {
                "title": self.markup.inline(row["title"]),
                "text": self.markup.inline(row["text"]),
                "go": self.plain(row["go"]),
                "path": self.markup.target(row["to"]),
                "letter": letter,
            }
            for row, letter in zip(rows, "abcd", strict=False)
        ]
        return {"rows": shown}

    def phones(self, names: Sequence[str]) -> Shown:
        if hidden := [name for name in names if name not in self.markup.phones]:
            raise UnknownTarget(f"phone:{hidden[0]}")
        rows = [self.phone(self.catalogue.phone(name)) for name in names]
        return {"rows": rows, "first": names[0] == EMERGENCY}

    def phone(self, phone: Phone) -> Shown:
        said = words(self.lang)["public"]["page"]
        hours = self.told(phone.hours) if phone.hours else ""
        return {
            "phone": phone,
            "name": self.told(phone.names),
            "hours": said["hours"].format(hours=hours) if hours else "",
            "note": self.told(phone.notes) if phone.notes else "",
            "checked": said["checked"].format(date=said_day(self.lang, phone.last_checked)),
        }

    def services(self, codes: Sequence[str]) -> Shown:
        return {"rows": [self.service(self.catalogue.service(code)) for code in codes]}

    def service(self, service: Service) -> Shown:
        return {
            "name": self.told(service.names),
            "short": self.told(service.short),
            "plain": self.told(service.plain),
            "path": self.links("service", service.code),
            "ended": self.told(self.catalogue.verdict_words[Verdict.ENDED]) if has_ended(service, self.on) else "",
        }

    def section(self, value: Mapping[str, Any]) -> Shown:
        return {"id": value["id"], "blocks": self.blocks(value["blocks"])}


def with_own_ids(*columns: list[Shown]) -> None:
    """No id stands twice on a page: an author's name is kept, a heading that would repeat one has none."""
    taken = {block["id"] for column in columns for block in column if block["kind"] == "section"}
    for block in (block for column in columns for block in flat(column)):
        rows = block["rows"] if block["kind"] == "questions" else [block]
        for row in rows:
            if row.get("kind") == "section" or "id" not in row:
                continue
            row["id"] = "" if row["id"] in taken else row["id"]
            taken.add(row["id"])


def flat(blocks: list[Shown]) -> list[Shown]:
    """Blocks, and those within sections after their section."""
    return [one for block in blocks for one in (block, *flat(block.get("blocks", [])))]


def headings(blocks: list[Shown]) -> list[Shown]:
    """What a page holds, as {id, html}: its main headings, each by the id of its section where it has one."""
    found = []
    for block in blocks:
        inner = [one for one in block.get("blocks", []) if one["kind"] == "h2"]
        found += [{"id": block["id"], "html": one["html"]} for one in inner[:1]]
        if block["kind"] == "h2":
            found.append({"id": block["id"], "html": block["html"]})
    return [one for one in found if one["id"]]


SHOWN: Mapping[str, Callable[[Writer, Any], Shown]] = {
    "h2": Writer.heading,
    "h3": Writer.heading,
    "p": Writer.prose,
    "list": Writer.listed,
    "steps": Writer.steps,
    "facts": Writer.facts,
    "notice": Writer.notice,
    "phones": Writer.phones,
    "questions": Writer.questions,
    "acts": Writer.acts,
    "doors": Writer.doors,
    "services": Writer.services,
    "section": Writer.section,
}
