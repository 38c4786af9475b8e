"""All of the centre's texts laid side by side, without their words: what stands where, how old, how it is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypedDict
from uuid import UUID

from lykta.core.languages import language
from lykta.public.enums import Kind, Standing
from lykta.public.models import Text
from lykta.public.rules import Step, must_be_read, outdated_since, standing
from lykta.public.values import SOURCE

type Place = tuple[str, str, str]  # kind, slug, language


class Shown(TypedDict):
    """How a text is shown: its version, the day it was compared if it is older than the Swedish one, and whether a
    native speaker has read it.
    """

    v: int
    old: str
    read: bool


type Shows = dict[str, Shown]  # by the text's id


@dataclass(frozen=True)
class Head:
    """A version without its words. by: None where the program brought it."""

    number: int
    at: datetime
    by: UUID | None
    why: str
    form_only: bool


@dataclass(frozen=True)
class Shelf:
    """texts: by place. heads: versions of each text by its id, the oldest first."""

    texts: Mapping[Place, Text] = field(default_factory=dict)
    heads: Mapping[UUID, list[Head]] = field(default_factory=dict)

    def text(self, kind: Kind, slug: str, lang: str) -> Text | None:
        return self.texts.get((kind, slug, lang))

    def source(self, text: Text) -> Text | None:
        """The Swedish text; itself, where it is that one."""
        return self.texts.get((text.kind, text.slug, SOURCE))

    def outdated(self, text: Text) -> datetime | None:
        """Since when the Swedish text says something else; None while they agree."""
        source = self.source(text)
        if source is None or source is text:
            return None
        steps = [Step(one.number, one.at, one.form_only) for one in self.heads.get(source.pk, [])]
        return outdated_since(text.source, steps, upto=source.ready)

    def standing(self, kind: Kind, slug: str, lang: str) -> Standing:
        text = self.text(kind, slug, lang)
        if text is None:
            return Standing.MISSING
        return standing(ready=text.ready, latest=text.latest, outdated=self.outdated(text) is not None)

    def head(self, text: Text, number: int | None) -> Head | None:
        return next((one for one in self.heads.get(text.pk, []) if one.number == number), None)

    def slugs(self, kind: Kind) -> list[str]:
        """Names of all texts of a kind, in the order their Swedish ones were begun."""
        rows = [text for text in self.texts.values() if text.kind == kind]
        rows.sort(key=lambda text: (text.language != SOURCE, self._begun(text), text.slug))
        return list(dict.fromkeys(text.slug for text in rows))

    def _begun(self, text: Text) -> float:
        heads = self.heads.get(text.pk)
        return heads[0].at.timestamp() if heads else 0.0

    @cached_property
    def now(self) -> Shows:
        """How everything that is ready would be shown."""
        return {str(text.pk): self._shown(text) for text in self.texts.values() if text.ready}

    def _shown(self, text: Text) -> Shown:
        old = text.checked_on.isoformat() if text.checked_on and self.outdated(text) else ""
        return {"v": text.ready or 0, "old": old, "read": text.read_version == text.ready}

    def brought(self, shows: Shows) -> Shows:
        """How things are shown already, with what the program itself has brought since: no member need approve that."""
        found = dict(shows)
        for text in self.texts.values():
            head, was = self.head(text, text.ready), shows.get(str(text.pk))
            if head and head.by is None and (was is None or was["v"] != head.number):
                found[str(text.pk)] = self._shown(text)
        return found

    def unread(self, text: Text) -> bool:
        """Whether the page bears the mark that no native speaker has read it."""
        reviewed = language(text.language).reviewed
        return must_be_read(reviewed_language=reviewed, read=text.read_version, shown=text.ready)


def laid_out(texts: Iterable[Text], heads: Iterable[tuple[UUID, Head]]) -> Shelf:
    """heads: text id and version, in any order."""
    by_text: dict[UUID, list[Head]] = {}
    for text, head in sorted(heads, key=lambda pair: pair[1].number):
        by_text.setdefault(text, []).append(head)
    return Shelf({(text.kind, text.slug, text.language): text for text in texts}, by_text)
