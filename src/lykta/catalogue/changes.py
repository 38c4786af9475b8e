"""What differs between two editions: rows that are new, gone, or say something else. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lykta.catalogue.layout import EntryRow

ORDER = ("services", "rules", "limits", "modes", "phones", "municipalities", "localities", "house_limits", "head")


@dataclass(frozen=True)
class Difference:
    """One row that is not the same in both. before: None where it is new. after: None where it is gone."""

    line: UUID
    kind: str
    parent: str
    ref: str
    before: EntryRow | None
    after: EntryRow | None

    @property
    def code(self) -> str:
        """The service it belongs to, or ""."""
        return self.ref if self.kind == "services" else self.parent

    @property
    def parts(self) -> tuple[tuple[tuple[str, ...], Any, Any], ...]:
        """Each place within a changed row with what stood there and what stands there; none for a new or gone row."""
        if self.before is None or self.after is None:
            return ()
        return tuple(_parts((), self.before.body, self.after.body))


def differences(before: Iterable[EntryRow], after: Iterable[EntryRow]) -> tuple[Difference, ...]:
    """Every row that differs, services first. Where a row stands in its list does not count."""
    old, new = {row.line: row for row in before}, {row.line: row for row in after}
    found = [
        Difference(line, row.kind, row.parent, row.ref, old.get(line), new.get(line))
        for line, row in (old | new).items()
        if line not in old or line not in new or old[line].body != new[line].body
    ]
    return tuple(sorted(found, key=lambda one: (one.code == "", one.code, ORDER.index(one.kind), one.ref)))


def _parts(place: tuple[str, ...], before: Any, after: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from _parts((*place, key), before.get(key), after.get(key))
        return
    yield place, before, after
