"""A password verifier as cheap as Argon2 can be, for tests that make many members."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The same form of verifier at the least cost."""

    time_cost, memory_cost, parallelism = 1, 8, 1
