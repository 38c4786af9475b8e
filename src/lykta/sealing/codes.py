"""The visitor's code: 20 digits in five groups, 19 random and one that catches typing errors.

The check digit is that of Damm (2004): every single wrong digit and every exchange of two neighbours is caught, with
no letter sign and no weights. Language-neutral: digits of other scripts are read as well.
"""

import secrets
import unicodedata
from enum import StrEnum

DIGITS = 20

# A quasigroup of order 10 that is totally anti-symmetric, with zeros on its diagonal.
_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


class CodeFault(StrEnum):
    """Why something typed can't be a code at all; told before any look-up."""

    EMPTY = "empty"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    CHECK = "check"


def check_digit(digits: str) -> int:
    """The digit that makes the whole row come to zero."""
    state = 0
    for digit in digits:
        state = _TABLE[state][int(digit)]
    return state


def new_code() -> str:
    """A fresh code of 20 digits: 63 bits of chance, never stored."""
    chance = "".join(str(secrets.randbelow(10)) for _ in range(DIGITS - 1))
    return chance + str(check_digit(chance))


def groups(code: str) -> list[str]:
    """The code as it is written down: five groups of four digits."""
    return [code[at : at + 4] for at in range(0, len(code), 4)]


def digits_of(typed: str) -> str:
    """The digits in what was typed, whatever stands between them, in plain 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) for sign in typed if sign.isdecimal())


def fault_of(digits: str) -> CodeFault | None:
    """What is wrong with the digits, or None where they can be a code."""
    if not digits:
        return CodeFault.EMPTY
    if len(digits) != DIGITS:
        return CodeFault.TOO_FEW if len(digits) < DIGITS else CodeFault.TOO_MANY
    return None if check_digit(digits) == 0 else CodeFault.CHECK
