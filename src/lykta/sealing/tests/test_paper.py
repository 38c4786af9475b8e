"""What stands on paper comes back from paper, also when two of three bring it, and never from one alone."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lykta.sealing.paper import SIGNS, PaperError, new_secret, parts, recovery_pair, secret_of, whole

SECRETS = st.binary(min_size=16, max_size=16)


@given(SECRETS)
def test_the_whole_row_gives_the_secret_back(secret):
    assert secret_of(whole(secret)) == secret


@given(SECRETS)
def test_any_two_parts_give_it_back_in_any_order(secret):
    for pair in permutations(parts(secret), 2):
        assert secret_of(*pair) == secret


def test_all_three_give_it_back_too():
    secret = new_secret()
    assert secret_of(*parts(secret)) == secret


@given(SECRETS, st.data())
def test_one_wrong_sign_is_caught(secret, data):
    row = whole(secret).replace(" ", "")
    at = data.draw(st.integers(0, len(row) - 1))
    other = data.draw(st.sampled_from([s for s in SIGNS if s != row[at]]))
    with pytest.raises(PaperError):
        # Two bytes of check miss one wrong row in 65,536: then what comes out is not the secret, and opens nothing.
        assert secret_of(row[:at] + other + row[at + 1 :]) == secret


@pytest.mark.parametrize(
    "how", [str.lower, lambda r: r.replace(" ", "-"), lambda r: r.replace("0", "O").replace("1", "l")]
)
def test_it_may_be_typed_as_people_type(how):
    secret = new_secret()
    assert secret_of(how(whole(secret))) == secret


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ((), "alone"),
        (("",), "alone"),
        (("ABC",), "length"),
        (("Å" * 31,), "signs"),
        (("0" * 31,), "check"),
        (("Z" * 31,), "check"),
    ],
)
def test_what_it_cannot_be_is_told(typed, code):
    with pytest.raises(PaperError) as told:
        secret_of(*typed)
    assert told.value.code == code


def test_one_part_or_the_same_twice_is_not_enough():
    one, *_ = parts(new_secret())
    for typed in ((one,), (one, one)):
        with pytest.raises(PaperError) as told:
            secret_of(*typed)
        assert told.value.code == "alone"


def test_a_whole_row_beside_a_part_is_not_taken():
    secret = new_secret()
    with pytest.raises(PaperError):
        secret_of(whole(secret), parts(secret)[0])


def test_parts_of_two_splittings_give_another_secret():
    secret = new_secret()
    assert secret_of(parts(secret)[0], parts(secret)[1]) != secret


def test_the_pair_follows_from_the_secret_alone():
    secret = new_secret()
    assert recovery_pair(secret).public == recovery_pair(secret).public != recovery_pair(new_secret()).public
