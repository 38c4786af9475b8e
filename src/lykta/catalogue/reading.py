"""Reading YAML strictly: every fault is one sentence that names the file and the row."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from lykta.catalogue.rules import Period, Words

try:
    from yaml import CSafeLoader as SafeLoader  # the same rules, ten times as fast
except ImportError:  # PyYAML built without its C part
    from yaml import SafeLoader  # type: ignore[assignment]


class CatalogueError(Exception):
    """The catalogue can't be read. The message is one sentence with file and row.

    fault, where, told: the same for who says it in another way: which fault, at which row, and what it is about.
    """

    def __init__(self, message: str, *, fault: str = "", where: str = "", **told: object) -> None:
        super().__init__(message)
        self.fault, self.where, self.told = fault, where, told


class _OneKeyOnce(SafeLoader):
    """YAML lets a later key silently replace an earlier one; here that is a fault."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


class Row:
    """One mapping of a file. Take every key that is known, then `done` says if any is left."""

    def __init__(self, file: str, where: str, content: object) -> None:
        self.file, self.where = file, where
        if not isinstance(content, dict):
            raise self.fault("should be a mapping of keys to values")
        self._left: dict[str, object] = dict(content)

    def fault(self, says: str, known_as: str = "", /, **told: object) -> CatalogueError:
        """known_as: the fault's name, where staff can meet it in a form and are told in Swedish."""
        return CatalogueError(f"{self.file}: {self.where}: {says}", fault=known_as, where=self.where, **told)

    def done(self) -> None:
        """Raises CatalogueError if a key was never taken: a misspelt key must not be lost in silence."""
        if self._left:
            raise self.fault(f"unknown key {', '.join(map(str, self._left))}")

    def content(self) -> dict[str, object]:
        """What has not been taken yet, as it was written."""
        return dict(self._left)

    def has(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str) -> object:
        if key not in self._left:
            raise self.fault(f"{key} is missing")
        return self._left.pop(key)

    def text(self, key: str) -> str:
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"{key} should be a text, not {value!r}")
        return value

    def number(self, key: str) -> int | float:
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(f"{key} should be a number, not {value!r}")
        return value

    def whole(self, key: str) -> int:
        value = self.number(key)
        if not isinstance(value, int):
            raise self.fault(f"{key} should be a whole number, not {value!r}")
        return value

    def truth(self, key: str, default: bool | None = None) -> bool:
        value = default if default is not None and not self.has(key) else self.take(key)
        if not isinstance(value, bool):
            raise self.fault(f"{key} should be true or false, not {value!r}")
        return value

    def choice[E: StrEnum](self, key: str, kind: type[E]) -> E:
        value = self.take(key)
        if not isinstance(value, str) or value not in tuple(kind):
            raise self.fault(f"{key} should be one of {', '.join(kind)}, not {value!r}")
        return kind(value)

    def items(self, key: str) -> list[object]:
        value = self.take(key)
        if not isinstance(value, list):
            raise self.fault(f"{key} should be a list")
        return value

    def day(self, key: str) -> date | None:
        """A day, or None where the key is absent."""
        if not self.has(key):
            return None
        value = self.take(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(f"{key} should be a day such as 2023-01-01, not {value!r}")
        return value

    def period(self) -> Period:
        start, end = self.day("valid_from"), self.day("valid_to")
        if start and end and start >= end:
            raise self.fault("valid_from should stand before valid_to", "days")
        return Period(start, end)

    def words(self, key: str, languages: Iterable[str]) -> Words:
        """A text in every language of the file, no more and no fewer."""
        row = Row(self.file, f"{self.where}: {key}", self.take(key))
        found = {language: row.text(language) for language in languages}
        row.done()
        return found

    def rows(self, key: str, name: Callable[[int, object], str]) -> list["Row"]:
        """The list under a key, each row with its place: `name(number, content)`, number from 1."""
        return [Row(self.file, name(i, item), item) for i, item in enumerate(self.items(key), start=1)]


def read_file(path: Path) -> Row:
    """The whole file as one row. Raises CatalogueError if it is absent or not YAML."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_OneKeyOnce)
    except FileNotFoundError:
        raise CatalogueError(f"{path.name}: the file is not in {path.parent}") from None
    except UnicodeDecodeError:
        raise CatalogueError(f"{path.name}: the file is not UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise CatalogueError(f"{path.name}: line {line}: {error.problem}") from None
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path.name}: {' '.join(str(error).split())}") from None
    return Row(path.name, "the file", content)


def once[T](row: Row, what: str, names: Iterable[T]) -> None:
    """Raises CatalogueError if a name stands twice."""
    seen: set[T] = set()
    for name in names:
        if name in seen:
            raise row.fault(f"{what} {name} stands twice", "twice", what=what, name=name)
        seen.add(name)


def label(key: str, fallback: str) -> Callable[[int, object], str]:
    """Names a row by its own id where it has one, else by its number."""

    def name(number: int, content: object) -> str:
        own = content.get(key) if isinstance(content, Mapping) else None
        return own if isinstance(own, str) else f"{fallback} {number}"

    return name
