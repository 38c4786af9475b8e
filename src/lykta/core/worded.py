"""Codes with the words that people see for them."""

from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """A code, as it is stored and logged, with its Swedish words: `OPEN = "open", "öppen"`.

    The words live on the member: in a table beside it, codes of two kinds that are spelt alike would share one row.
    The default is for looking a code up, as `State("open")`; no member goes without words (a test says so).
    """

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member
