"""What can go wrong in this room, under one parent."""


class SealingError(Exception):
    """Parent of this room's errors. Their texts never hold a key or a word."""


class CannotOpen(SealingError):
    """Wrong key, wrong place or a changed value: the three can't be told apart, and must not be."""


class NotHolder(SealingError):
    """The member holds no share of the ring this file is sealed to."""


class UnsignedKey(SealingError):
    """A public key in the database is not signed by the centre's key pinned in the configuration."""


class SeedAway(SealingError):
    """The centre's signing seed is not on this machine: only a holder of the house's ring, or the paper, has it."""
