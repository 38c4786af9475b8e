"""The SQL of our own migrations, cut into single statements, in the order the migrations run."""

import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState

import lykta

LIBRARIES = {
    "account": "allauth.account",
    "mfa": "allauth.mfa",
    "auth": "django.contrib.auth",
    "contenttypes": "django.contrib.contenttypes",
    "procrastinate": "procrastinate.contrib.django",
}
"""Libraries with tables in our database, by the name their migrations are kept under."""

# What a semicolon may stand in without ending a statement; comments go.
PARTS = re.compile(
    r"(?P<body>\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)|(?P<text>'(?:[^']|'')*')|(?P<note>--[^\n]*)|(?P<end>;)", re.DOTALL
)


def our_statements() -> Iterator[str]:
    """Every statement of every RunSQL of ours, each migration after those it stands on."""
    for migration in in_order():
        for operation in _written(migration.operations):
            yield from statements(operation.sql)


def statements(sql: Any) -> Iterator[str]:
    """The statements of one RunSQL: a string with semicolons, or a list of strings and (string, values)."""
    if isinstance(sql, str):
        yield from _cut(PARTS.sub(lambda found: "" if found["note"] else found[0], sql))
    else:
        for part in sql:
            yield from statements(part if isinstance(part, str) else part[0])


def _cut(text: str) -> Iterator[str]:
    start = 0
    for found in PARTS.finditer(text):
        if found["end"]:
            yield from filter(None, [text[start : found.start()].strip()])
            start = found.end()
    yield from filter(None, [text[start:].strip()])


def _written(operations: Iterable[Any]) -> Iterator[RunSQL]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _written(operation.database_operations)
        elif isinstance(operation, RunSQL):
            yield operation


def in_order() -> list[Any]:
    """Migrations of our rooms, each after those it depends on and after its room's earlier ones."""
    ours, ordered = migrations_of_house(), dict[tuple[str, str], Any]()

    def visit(key: tuple[str, str]) -> None:
        if key in ordered:
            return
        earlier = [other for other in ours if other[0] == key[0] and other[1] < key[1]]
        for before in sorted(earlier) + [tuple(d) for d in ours[key].dependencies if tuple(d) in ours]:
            visit(before)
        ordered[key] = ours[key]

    for key in sorted(ours):
        visit(key)
    return list(ordered.values())


def migrations_of_house() -> dict[tuple[str, str], Any]:
    """Every migration of a room of ours, as its class, by room and name."""
    found = {}
    for room in pkgutil.iter_modules(lykta.__path__):
        try:
            package = importlib.import_module(f"lykta.{room.name}.migrations")
        except ModuleNotFoundError:
            continue
        for module in pkgutil.iter_modules(package.__path__):
            found[room.name, module.name] = importlib.import_module(f"{package.__name__}.{module.name}").Migration
    return found


def steps_of_code() -> set[tuple[str, str]]:
    """Every migration this program knows: ours, and of the libraries that keep tables in our database."""
    steps = set(migrations_of_house())
    for label, package in LIBRARIES.items():
        found = importlib.util.find_spec(f"{package}.migrations")
        places = found.submodule_search_locations if found else None
        steps |= {(label, module.name) for module in pkgutil.iter_modules(places or [])}
    return steps
