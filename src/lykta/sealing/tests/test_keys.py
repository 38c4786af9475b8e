"""Boxes, signatures, passwords, codes and tokens: only the one they are for can use them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lykta.sealing import boxes, codes, passwords, tokens
from lykta.sealing.codes import CodeFault
from lykta.sealing.errors import CannotOpen, UnsignedKey

SEED, OTHER_SEED = bytes(32), bytes([1] * 32)


def verify_key(seed: bytes) -> bytes:
    from nacl.signing import SigningKey

    return bytes(SigningKey(seed).verify_key)


def test_a_box_opens_for_its_holder_and_its_context_only():
    maja, tomas = boxes.new_pair(), boxes.new_pair()
    box = boxes.give(maja.public, "ring a", b"secret")
    assert boxes.take(maja.private, "ring a", box) == b"secret"
    for private, context in ((tomas.private, "ring a"), (maja.private, "ring b")):
        with pytest.raises(CannotOpen):
            boxes.take(private, context, box)


def test_a_pair_never_shows_its_private_half():
    pair = boxes.new_pair()
    assert pair.private.hex()[:8] not in repr(pair)


@pytest.mark.parametrize(
    ("seed", "context", "public"),
    [(OTHER_SEED, "pair 1", b"k" * 32), (SEED, "pair 2", b"k" * 32), (SEED, "pair 1", b"x" * 32)],
)
def test_a_public_key_the_centre_did_not_sign_for_this_use_is_refused(seed, context, public):
    signature = boxes.sign(SEED, "pair 1", b"k" * 32)
    boxes.verify(verify_key(SEED), "pair 1", b"k" * 32, signature)
    with pytest.raises(UnsignedKey):
        boxes.verify(verify_key(seed), context, public, signature)


def test_keys_of_one_secret_tell_nothing_of_each_other():
    made = {passwords.derive(b"s" * 32, purpose) for purpose in ("lookup", "key", "session row", "session key")}
    assert len(made) == 4
    assert b"s" * 32 not in made


def test_a_code_has_five_groups_of_four_and_is_sound():
    code = codes.new_code()
    assert [len(group) for group in codes.groups(code)] == [4] * 5
    assert codes.fault_of(code) is None


@given(st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(at, by):
    code = codes.new_code()
    wrong = code[:at] + str((int(code[at]) + by) % 10) + code[at + 1 :]
    assert codes.fault_of(wrong) is CodeFault.CHECK


@given(st.integers(0, 18))
def test_two_neighbours_exchanged_are_always_caught(at):
    code = codes.new_code()
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert codes.fault_of(swapped) is (None if swapped == code else CodeFault.CHECK)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", CodeFault.EMPTY),
        ("no digits here", CodeFault.EMPTY),
        ("1" * 19, CodeFault.TOO_FEW),
        ("1" * 21, CodeFault.TOO_MANY),
        ("0" * 20, None),
        ("0" * 19 + "1", CodeFault.CHECK),
        ("٠" * 20, None),
        ("0000-0000 0000.0000\u00a00000", None),
    ],
)
def test_what_was_typed_is_judged_by_its_digits_alone(typed, fault):
    assert codes.fault_of(codes.digits_of(typed)) is fault


def test_the_check_table_catches_what_it_promises():
    table = codes._TABLE
    assert all(sorted(row) == list(range(10)) for row in table)
    assert all(table[i][i] == 0 for i in range(10))
    triples = itertools.product(range(10), repeat=3)
    assert all(table[table[c][x]][y] != table[table[c][y]][x] for c, x, y in triples if x != y)


def test_a_row_and_its_key_follow_from_the_token_but_not_from_each_other():
    token = tokens.new_token()
    held = tokens.held_by(token, "session")
    assert held == tokens.held_by(token, "session")
    assert held.row != tokens.held_by(token, "visit").row
    assert token not in held.row
    assert held.key.hex() not in (held.row, token)
    assert held.key.hex()[:8] not in repr(held)


def test_a_row_opens_only_with_the_token_it_was_sealed_under():
    mine, yours = (tokens.held_by(tokens.new_token(), "visit") for _ in range(2))
    sealed = tokens.seal_for("visit", mine, b"words")
    assert tokens.unseal_for("visit", mine, sealed) == b"words"
    for held, kind in ((yours, "visit"), (mine, "session")):
        with pytest.raises(CannotOpen):
            tokens.unseal_for(kind, held, sealed)
