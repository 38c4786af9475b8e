"""What has been said so far in an installation: the typed fields of each page, and the public half of the paper's key.

Kept as it was typed, so that a page opened again shows the same; sealed, since it holds names and addresses, under a
key that follows from a secret outside the database. Passwords and the recovery secret are never in here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import QueryDict

from lykta.centre.models import Installation
from lykta.sealing.passwords import derive
from lykta.sealing.words import Place, seal, unseal

type Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class PaperKey:
    """public: hexadecimal, empty before one is made. is_done: it was typed back from the paper."""

    public: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class Said:
    """pages: step -> its typed fields. times: step -> how often it was saved, so that two browsers see each other."""

    pages: Mapping[str, Typed] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    key: PaperKey = field(default_factory=PaperKey)

    def typed(self, step: str) -> QueryDict | None:
        """What a form of this step is bound to; None before it was saved."""
        return as_form(self.pages[step]) if step in self.pages else None

    def with_page(self, step: str, typed: Typed) -> "Said":
        """The same with one page saved."""
        return replace(self, pages={**self.pages, step: typed}, times={**self.times, step: self.times.get(step, 0) + 1})


def as_form(typed: Typed) -> QueryDict:
    """Typed fields as a form takes them."""
    fields = QueryDict(mutable=True)
    for name, values in typed.items():
        fields.setlist(name, list(values))
    return fields


def load(*, locked: bool = False) -> Said | None:
    """What has been said; None where no installation is under way. locked: nobody else saves until this one is done."""
    rows = Installation.objects.select_for_update() if locked else Installation.objects
    row = rows.filter(pk=settings.LYKTA_CENTRE).first()
    if row is None:
        return None
    if not row.sealed:
        return Said()
    held = json.loads(unseal(_key(), _place(), bytes(row.sealed)))
    return Said(held["pages"], held["times"], PaperKey(**held["key"]))


def save(said: Said) -> None:
    """Put it in place of what was there."""
    held = {"pages": said.pages, "times": said.times, "key": {"public": said.key.public, "is_done": said.key.is_done}}
    sealed = seal(_key(), _place(), json.dumps(held).encode())
    Installation.objects.filter(pk=settings.LYKTA_CENTRE).update(sealed=sealed)


def _key() -> bytes:
    return derive(settings.LYKTA_PEPPER, "installation")


def _place() -> Place:
    return Place("centre_installation", settings.LYKTA_CENTRE, "sealed", settings.LYKTA_CENTRE)
