"""A sealed word opens in its own place under its own key, and nowhere else."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lykta.sealing.errors import CannotOpen
from lykta.sealing.words import STEPS, Place, padded_size, seal, unseal

KEY = bytes(range(32))
HERE = Place("contact_message", UUID(int=1), "text", UUID(int=2))


@given(st.binary(max_size=3000))
def test_what_is_sealed_opens_to_the_letter(plain):
    assert unseal(KEY, HERE, seal(KEY, HERE, plain)) == plain


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, table="contact_replycopy"),
        replace(HERE, row=UUID(int=9)),
        replace(HERE, field="name"),
        replace(HERE, case=UUID(int=9)),
        replace(HERE, table="contact_message\ntext", field=""),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(elsewhere):
    with pytest.raises(CannotOpen):
        unseal(KEY, elsewhere, seal(KEY, HERE, b"words"))


@given(st.integers(min_value=0, max_value=552), st.integers(min_value=1, max_value=255))
def test_a_value_with_any_byte_changed_does_not_open(at, change):
    sealed = bytearray(seal(KEY, HERE, b"words"))
    sealed[at] ^= change
    with pytest.raises(CannotOpen):
        unseal(KEY, HERE, bytes(sealed))


@pytest.mark.parametrize("short", [b"", b"\x01", bytes(25), b"\x02" + bytes(100)])
def test_what_was_never_sealed_does_not_open(short):
    with pytest.raises(CannotOpen):
        unseal(KEY, HERE, short)


def test_another_key_does_not_open():
    with pytest.raises(CannotOpen):
        unseal(bytes(32), HERE, seal(KEY, HERE, b"words"))


@pytest.mark.parametrize(
    ("length", "size"),
    [
        *((0, 512), (511, 512), (512, 2048), (2047, 2048), (2048, 8192), (8191, 8192)),
        *((8192, 32768), (32767, 32768), (32768, 65536), (65535, 65536), (65536, 98304)),
    ],
)
def test_lengths_are_told_only_in_steps(length, size):
    assert padded_size(length) == size
    assert unseal(KEY, HERE, seal(KEY, HERE, bytes(length))) == bytes(length)


def test_every_value_below_a_step_looks_as_long_as_the_next():
    for low, high in zip((0, *STEPS), STEPS, strict=False):
        assert {len(seal(KEY, HERE, bytes(n))) for n in (low, high - 1)} == {len(seal(KEY, HERE, bytes(low)))}


def test_the_same_word_never_looks_the_same():
    row = uuid4()
    place = Place("t", row, "f", row)
    assert seal(KEY, place, b"Anna") != seal(KEY, place, b"Anna")
