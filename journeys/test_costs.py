"""What a thief must pay for each guess at a password."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from conftest import STAFF_COST
from lykta.config import settings as house

MIB = 1024 * 1024


def test_a_members_key_costs_three_passes_over_64_mib():
    assert STAFF_COST == (3, 64 * MIB)


def test_the_house_itself_verifies_passwords_by_argon2_at_no_less_than_its_default():
    assert house.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert Argon2PasswordHasher.memory_cost >= 19 * 1024
