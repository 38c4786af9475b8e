"""Personal and coordination numbers as people write them, and what they tell.

Rules of domain.md 4f: twelve digits are kept; a coordination number has sixty added to its day; "+" instead of "-" from
the year its holder turns a hundred; the last digit is Luhn's over the nine before it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lykta.cases.enums import Number, NumberFault

_FORM = re.compile(r"(?P<century>\d{2})?(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})(?P<sign>[-+]?)(?P<rest>\d{4})")
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-", "\uff0b": "+"})
MORE_DAYS = 60
TEST_SERIAL = range(980, 1000)
"""Birth numbers kept for tests; demo and tests use no others."""


class NotANumber(ValueError):
    """What was typed is no such number. `fault` says why."""

    def __init__(self, fault: NumberFault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True)
class PersonalNumber:
    """digits: twelve. birth_on: the day it tells, not always the birthday (Folkbokforingslag, section 18)."""

    digits: str
    kind: Number
    birth_on: date

    @property
    def is_test(self) -> bool:
        """Whether it is one that nobody living has."""
        return int(self.digits[8:11]) in TEST_SERIAL

    def written(self, *, on: date) -> str:
        """As people write it: YYMMDD-NNNC, with a plus from the year of the hundredth birthday."""
        sign = "+" if on.year - self.birth_on.year >= 100 else "-"
        return f"{self.digits[2:8]}{sign}{self.digits[8:]}"


def read_number(typed: str, *, on: date) -> PersonalNumber:
    """The number in any notation: ten or twelve digits, with or without sign and blanks, digits of any script.

    on: today, which tells the century where two digits of the year were typed. Raises NotANumber.
    """
    plain = "".join(_plain(sign) for sign in typed.translate(_DASHES) if not sign.isspace())
    found = _FORM.fullmatch(plain)
    if found is None:
        raise NotANumber(NumberFault.FORM)
    coordination = int(found["day"]) > MORE_DAYS
    birth = _birth(found, on)
    if birth > on:
        raise NotANumber(NumberFault.FUTURE)
    digits = f"{birth.year:04}{found['month']}{found['day']}{found['rest']}"
    if _luhn(digits[2:]):
        raise NotANumber(NumberFault.CHECK)
    return PersonalNumber(digits, Number.SAMORDNINGSNUMMER if coordination else Number.PERSONNUMMER, birth)


def _plain(sign: str) -> str:
    """A digit of any script as 0 to 9; other signs as they are."""
    return str(int(sign)) if sign.isdecimal() else sign


def _birth(found: "re.Match[str]", on: date) -> date:
    """The day of birth. Two digits of a year: the latest such day there has been; with a plus, a hundred years back."""
    month, day = int(found["month"]), int(found["day"])
    day -= MORE_DAYS if day > MORE_DAYS else 0
    latest, two = on.year - 100 if found["sign"] == "+" else on.year, int(found["year"])
    year = int(found["century"] + found["year"]) if found["century"] else latest - (latest - two) % 100
    try:
        birth = date(year, month, day)
        return birth if found["century"] or birth <= on else date(year - 100, month, day)
    except ValueError as why:
        raise NotANumber(NumberFault.DAY) from why


def _luhn(ten: str) -> int:
    """Zero where the check digit is right."""
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(ten))
    return sum(n // 10 + n % 10 for n in doubled) % 10


def written_number(identity: Mapping[str, str], *, on: date) -> str:
    """An identity sheet's number as people write it; a reserve number as it is, and nothing where there is none."""
    number = identity.get("number", "")
    try:
        return read_number(number, on=on).written(on=on)
    except NotANumber:
        return number


def age_on(birth: date, *, on: date) -> int:
    """Whole years. Who is born on 29 February fills years on 1 March where the year has no such day."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
