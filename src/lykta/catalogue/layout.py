"""How the catalogue's three files become rows of a table, and rows become files' content again. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

FILES = {
    "services": ("services",),
    "localities": ("municipalities", "localities"),
    "phones": ("phones",),
}
"""File -> the lists in it. What else stands in a file is one row of kind "head"."""
NAMES = ("code", "id", "name")
DAYS = ("valid_from", "valid_to")


@dataclass(frozen=True)
class EntryRow:
    """One row before or after the table; the fields of the model Entry."""

    kind: str
    ref: str
    parent: str
    position: int
    valid_from: date | None
    valid_to: date | None
    body: dict[str, Any]


def rows_of(file: str, content: Mapping[str, Any]) -> Iterator[EntryRow]:
    """Every row of one file's content, its order kept in `position`."""
    lists = FILES[file]
    head = {key: value for key, value in content.items() if key not in lists}
    yield EntryRow("head", file, "", list(FILES).index(file), None, None, _plain(head))
    for kind in lists:
        for position, body in enumerate(content[kind]):
            rules = body.get("rules", ()) if kind == "services" else ()
            yield _row(kind, "", position, {k: v for k, v in body.items() if k != "rules"})
            yield from (_row("rules", body["code"], at, rule) for at, rule in enumerate(rules))


def _row(kind: str, parent: str, position: int, body: Mapping[str, Any]) -> EntryRow:
    ref = next(str(body[name]) for name in NAMES if name in body)
    dates = body.get("years", body)
    return EntryRow(kind, ref, parent, position, dates.get("valid_from"), dates.get("valid_to"), _plain(body))


def content_of(file: str, rows: Iterable[EntryRow]) -> dict[str, Any]:
    """The file's content again; the reverse of rows_of. Raises KeyError where the file's head is missing."""
    ordered = sorted(rows, key=lambda row: row.position)
    heads = {row.ref: row.body for row in ordered if row.kind == "head"}
    content = dict(_dated(heads[file]))
    for kind in FILES[file]:
        content[kind] = [_dated(row.body) for row in ordered if row.kind == kind]
    for service in content.get("services", ()):
        service["rules"] = [_dated(r.body) for r in ordered if r.kind == "rules" and r.parent == service["code"]]
    return content


def _plain(value: Any) -> Any:
    """Days as ISO text, so that JSON can hold them."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _dated(value: Any) -> Any:
    """ISO text back to days, where a day is meant."""
    if isinstance(value, Mapping):
        return {k: date.fromisoformat(v) if k in DAYS and isinstance(v, str) else _dated(v) for k, v in value.items()}
    return [_dated(item) for item in value] if isinstance(value, list) else value
