"""A form of equal rows, without script: those that are filled and a few empty ones. Saving brings new empty ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms

MOST_ROWS = 12
SPARE_ROWS = 2


class RowsForm(forms.Form):
    """Fields `number_0`, `number_1` and so on. A row counts as empty when its telling columns are.

    columns: name -> what makes its field. telling: the columns that a person fills in, without choices that have a
    value from the beginning. start: rows to begin with.
    """

    columns: ClassVar[Mapping[str, Callable[[], forms.Field]]] = {}
    telling: ClassVar[Sequence[str]] = ()

    def __init__(self, data: Any = None, *, start: Sequence[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        filled = len(start) if data is None else 1 + max((i for i in range(MOST_ROWS) if self._typed(i)), default=-1)
        self._count = min(MOST_ROWS, filled + SPARE_ROWS)
        for i in range(self._count):
            for name, make in self.columns.items():
                field = self.fields[f"{name}_{i}"] = make()
                field.required = field.required and (self._typed(i) if self.is_bound else i < len(start))
                if i < len(start):
                    field.initial = start[i].get(name)

    def _typed(self, row: int) -> bool:
        return any((self.data.get(self.add_prefix(f"{name}_{row}")) or "").strip() for name in self.telling)

    def shown(self) -> Iterator[dict[str, forms.BoundField]]:
        """Each row for the page, by column."""
        for i in range(self._count):
            yield {name: self[f"{name}_{i}"] for name in self.columns}

    def sound(self) -> list[tuple[int, dict[str, Any]]]:
        """Filled rows without a fault: number and cleaned columns."""
        found = []
        for i in range(self._count):
            names = [f"{name}_{i}" for name in self.columns]
            if self._typed(i) and all(name in self.cleaned_data for name in names):
                found.append((i, {name: self.cleaned_data[f"{name}_{i}"] for name in self.columns}))
        return found
