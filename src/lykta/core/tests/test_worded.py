"""Codes and their words."""

import importlib
from collections.abc import Iterator

import pytest

from lykta.core.worded import Worded
from lykta.core.words import HOUSE


class Lamp(Worded):
    LIT = "on", "tänd"
    OUT = "off", "släckt"


class Tap(Worded):
    RUNNING = "on", "rinner"


def every_kind(of: type[Worded] = Worded) -> Iterator[type[Worded]]:
    for kind in of.__subclasses__():
        yield kind
        yield from every_kind(kind)


def test_codes_spelt_alike_keep_their_own_words() -> None:
    assert (Lamp.LIT.label, Tap.RUNNING.label) == ("tänd", "rinner")
    assert (str(Lamp.LIT), Lamp("off")) == ("on", Lamp.OUT)


def test_an_unknown_code_is_none_of_them() -> None:
    with pytest.raises(ValueError, match="dim"):
        Lamp("dim")


def test_no_code_of_the_house_goes_without_words() -> None:
    for file in HOUSE.rglob("*enums.py"):
        importlib.import_module(".".join(["lykta", *file.relative_to(HOUSE).with_suffix("").parts]))
    silent = {f"{kind.__name__}.{member.name}" for kind in every_kind() for member in kind if not member.label}
    assert silent == set()
