"""How the catalogue's three files become rows of a table, and rows become files' content again. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

FILES = {
    "services": ("services", "house_limits"),
    "localities": ("municipalities", "localities"),
    "phones": ("phones",),
}
"""File -> the lists in it. What else stands in a file is one row of kind "head"."""
WITHIN = {"rules": True, "limits": True, "modes": False}
"""Lists within a service, each row of them a row of its own; whether a service must have the list."""
NAMES = ("code", "id", "name", "mode")
DAYS = ("valid_from", "valid_to", "decided_on")
LINES = UUID("6c796b74-6100-4000-8000-636174616c6f")


@dataclass(frozen=True)
class EntryRow:
    """One row before or after the table; the fields of the model Entry.

    line: the same for a row in every edition, so that two editions can be laid side by side.
    """

    kind: str
    ref: str
    parent: str
    position: int
    valid_from: date | None
    valid_to: date | None
    body: dict[str, Any]
    line: UUID


def rows_of(file: str, content: Mapping[str, Any]) -> Iterator[EntryRow]:
    """Every row of one file's content, its order kept in `position`."""
    lists = FILES[file]
    head = {key: value for key, value in content.items() if key not in lists}
    yield EntryRow("head", file, "", list(FILES).index(file), None, None, _plain(head), uuid5(LINES, f"head/{file}"))
    for kind in lists:
        for position, body in enumerate(content[kind]):
            inner = WITHIN if kind == "services" else {}
            yield row_of(kind, "", position, {k: v for k, v in body.items() if k not in inner})
            for within in inner:
                rows = enumerate(body.get(within, ()))
                yield from (row_of(within, body["code"], at, one) for at, one in rows)


def row_of(kind: str, parent: str, position: int, body: Mapping[str, Any], line: UUID | None = None) -> EntryRow:
    """One row; its name and its days follow from what it says. Without a line it begins one of its own."""
    ref = next(str(body[name]) for name in NAMES if name in body)
    dates = body.get("years", body)
    start, end = dates.get("valid_from"), dates.get("valid_to")
    line = line or uuid5(LINES, f"{kind}/{parent}/{ref}/{start}")
    return EntryRow(kind, ref, parent, position, start, end, _plain(body), line)


def saying(old: EntryRow, body: Mapping[str, Any]) -> EntryRow:
    """The same row, saying something else."""
    if old.kind == "head":  # bears the name of its file, which stands nowhere in it
        return replace(old, body=_plain(body))
    return row_of(old.kind, old.parent, old.position, body, old.line)


def content_of(file: str, rows: Iterable[EntryRow]) -> dict[str, Any]:
    """The file's content again; the reverse of rows_of. Raises KeyError where the file's head is missing."""
    ordered = sorted(rows, key=lambda row: row.position)
    heads = {row.ref: row.body for row in ordered if row.kind == "head"}
    content = dict(dated(heads[file]))
    for kind in FILES[file]:
        content[kind] = [dated(row.body) for row in ordered if row.kind == kind]
    for service in content.get("services", ()):
        for within, needed in WITHIN.items():
            found = [dated(r.body) for r in ordered if r.kind == within and r.parent == service["code"]]
            if found or needed:
                service[within] = found
    return content


def _plain(value: Any) -> Any:
    """Days as ISO text, so that JSON can hold them."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def dated(value: Any) -> Any:
    """ISO text back to days, where a day is meant."""
    if isinstance(value, Mapping):
        return {k: date.fromisoformat(v) if k in DAYS and isinstance(v, str) else dated(v) for k, v in value.items()}
    return [dated(item) for item in value] if isinstance(value, list) else value
