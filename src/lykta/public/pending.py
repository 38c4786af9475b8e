"""What waits to be published, in words, and what it does to the site."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from lykta.core.languages import language
from lykta.core.published import pointed
from lykta.public.enums import Kind
from lykta.public.files import file_of
from lykta.public.memory import INDEX
from lykta.public.models import Text
from lykta.public.rendered import Site
from lykta.public.shelf import Shelf, Shown, Shows


@dataclass(frozen=True)
class Pending:
    """One text that the next publication shows otherwise. by, at, why: of its newest version that is ready."""

    kind: Kind
    slug: str
    language: str
    tongue: str
    title: str
    what: str
    by: UUID | None
    at: datetime | None
    why: str


def pending(found: Shelf, shown: Shows, titles: Mapping[tuple[str, str], str]) -> list[Pending]:
    """Everything that is ready and not shown as it stands, the newest first. titles: by kind and slug."""
    rows = [one for text in found.texts.values() if (one := _of(text, found, shown, titles))]
    return sorted(rows, key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)


def _of(text: Text, found: Shelf, shown: Shows, titles: Mapping[tuple[str, str], str]) -> Pending | None:
    was, now = shown.get(str(text.pk)), found.now.get(str(text.pk))
    if was == now:
        return None
    head = found.head(text, text.ready if was is None or now is None or was["v"] != now["v"] else None)
    return Pending(
        kind=Kind(text.kind),
        slug=text.slug,
        language=text.language,
        tongue=language(text.language).name,
        title=titles.get((text.kind, text.slug), text.slug),
        what=", ".join(_told(was, now)),
        by=head.by if head else None,
        at=head.at if head else None,
        why=head.why if head else "",
    )


def _told(was: Shown | None, now: Shown | None) -> Iterator[str]:
    if was is None or now is None:
        yield "ny" if now else "tas ner"
        return
    if was["v"] != now["v"]:
        yield "nya ord"
    if was["old"] != now["old"]:
        yield "får raden om att den är äldre än den svenska" if now["old"] else "blir av med raden om att den är äldre"
    if was["read"] != now["read"]:
        yield "märks som läst av modersmålstalare" if now["read"] else "märks som inte läst av modersmålstalare"


@dataclass(frozen=True)
class Effect:
    """Addresses of pages, in order. dialogue: the pages where one writes to the centre say something else too."""

    new: Sequence[str] = ()
    changed: Sequence[str] = ()
    gone: Sequence[str] = ()
    dialogue: bool = False

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


def effect(site: Site, folder: Path) -> Effect:
    """What a reader would see otherwise than now. What can't be read counts as not there."""
    there = folder / pointed(folder)[0]
    shown = _index(there)
    pages = {path: answer for path, answer in site.answers.items() if answer.body and _is_page(answer.headers)}
    known = {path for path, entry in shown.get("answers", {}).items() if _is_page(entry["headers"])}
    changed = [path for path, one in pages.items() if path in known and one.body != _body(there / file_of(path))]
    return Effect(
        new=sorted(set(pages) - known),
        changed=sorted(changed),
        gone=sorted(known - set(pages)),
        dialogue=bool(known) and site.voice != _body(there / "voice.json"),
    )


def _is_page(headers: Mapping[str, str]) -> bool:
    return headers.get("Content-Type", "").startswith("text/html")


def _index(there: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((there / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _body(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
