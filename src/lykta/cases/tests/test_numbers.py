"""Personal and coordination numbers in every notation, with both sides of every edge. All are test numbers."""

from datetime import date

import pytest

from lykta.cases.enums import Number, NumberFault
from lykta.cases.numbers import NotANumber, age_on, read_number

ON = date(2026, 11, 23)


def with_check(nine: str) -> str:
    """The check digit put to nine digits, counted by hand another way than the code does."""
    total = 0
    for at, digit in enumerate(nine):
        n = int(digit) * (2 if at % 2 == 0 else 1)
        total += n - 9 if n > 9 else n
    return nine + str(-total % 10)


WOMAN = with_check("900101998")  # 1990-01-01
OLD = with_check("251231998")  # 1925-12-31
COORDINATION = with_check("850772999")  # 1985-07-12


@pytest.mark.parametrize(
    "typed",
    [
        WOMAN,
        f"{WOMAN[:6]}-{WOMAN[6:]}",
        f"19{WOMAN}",
        f"19{WOMAN[:6]}-{WOMAN[6:]}",
        f" 19{WOMAN[:6]} - {WOMAN[6:]} ",
        f"{WOMAN[:6]}\u2013{WOMAN[6:]}",
        f"{WOMAN[:6]}\u2212{WOMAN[6:]}",
        "".join(chr(0x0660 + int(d)) for d in WOMAN),  # Arabic-Indic digits
    ],
)
def test_every_notation_is_the_same_number(typed):
    found = read_number(typed, on=ON)
    assert (found.digits, found.kind, found.birth_on) == (f"19{WOMAN}", Number.PERSONNUMMER, date(1990, 1, 1))
    assert found.is_test


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        (f"{OLD[:6]}+{OLD[6:]}", date(1925, 12, 31)),
        (f"{OLD[:6]}-{OLD[6:]}", date(2025, 12, 31)),
        (with_check("261123998"), date(2026, 11, 23)),  # born today
        (with_check("261124998"), date(1926, 11, 24)),  # tomorrow is not yet: a hundred years ago
        (with_check("000229998"), date(2000, 2, 29)),
    ],
)
def test_the_century_follows_from_the_sign_and_the_day(typed, birth):
    assert read_number(typed, on=ON).birth_on == birth


def test_a_coordination_number_has_sixty_added_to_its_day():
    found = read_number(COORDINATION, on=ON)
    assert (found.kind, found.birth_on) == (Number.SAMORDNINGSNUMMER, date(1985, 7, 12))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", NumberFault.FORM),
        ("hej", NumberFault.FORM),
        ("9001019", NumberFault.FORM),
        (f"{WOMAN}1", NumberFault.FORM),
        (f"{WOMAN[:6]}--{WOMAN[6:]}", NumberFault.FORM),
        (with_check("901301998"), NumberFault.DAY),
        (with_check("900132998"), NumberFault.DAY),
        (with_check("900160998"), NumberFault.DAY),  # day 60: neither a day nor one with sixty added
        (with_check("900192998"), NumberFault.DAY),
        (with_check("230229998"), NumberFault.DAY),
        (with_check("000000998"), NumberFault.DAY),
        ("20" + with_check("261124998"), NumberFault.FUTURE),
        (f"{WOMAN[:9]}{(int(WOMAN[9]) + 1) % 10}", NumberFault.CHECK),
        (f"{WOMAN[:7]}{WOMAN[8]}{WOMAN[7]}{WOMAN[9]}", NumberFault.CHECK),
    ],
)
def test_what_it_cannot_be_is_told(typed, fault):
    with pytest.raises(NotANumber) as told:
        read_number(typed, on=ON)
    assert told.value.fault == fault


@pytest.mark.parametrize(
    ("on", "written"),
    [(date(2024, 12, 31), "-"), (date(2025, 1, 1), "+")],
)
def test_the_dash_becomes_a_plus_the_year_one_turns_a_hundred(on, written):
    assert read_number(f"19{OLD}", on=ON).written(on=on) == f"{OLD[:6]}{written}{OLD[6:]}"


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), 17),
        (date(2008, 11, 23), date(2026, 11, 23), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
)
def test_years_are_filled_on_the_birthday(birth, on, age):
    assert age_on(birth, on=on) == age
