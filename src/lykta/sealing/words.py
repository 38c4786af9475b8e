"""Sealing one value: XChaCha20-Poly1305 over padded bytes, bound to the place where it stands.

Pure functions over PyNaCl (libsodium). Nothing below it is our own.
"""

from dataclasses import dataclass
from uuid import UUID

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    sodium_pad,
    sodium_unpad,
)
from nacl.exceptions import CryptoError
from nacl.utils import random

from lykta.sealing.errors import CannotOpen

SCHEMA = 1
NONCE_BYTES = 24
STEPS = (512, 2_048, 8_192, 32_768)  # bytes; beyond the last, whole multiples of it


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands. Moved anywhere else it does not open."""

    table: str
    row: UUID
    field: str
    case: UUID

    def aad(self, schema: int = SCHEMA) -> bytes:
        """The associated data: schema version, table, row, field and case, in a form with one reading."""
        return "\n".join(["lykta", str(schema), self.table, str(self.row), self.field, str(self.case)]).encode()


def padded_size(length: int) -> int:
    """Bytes a value of `length` bytes takes before sealing: the next step above it (padding takes at least one)."""
    for step in STEPS:
        if length < step:
            return step
    return (length // STEPS[-1] + 1) * STEPS[-1]


def seal(key: bytes, place: Place, plain: bytes) -> bytes:
    """Seal `plain` under a 32-byte key for one place. Gives: schema byte, nonce, ciphertext."""
    nonce = random(NONCE_BYTES)
    padded = sodium_pad(plain, padded_size(len(plain)))
    return bytes([SCHEMA]) + nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(padded, place.aad(), nonce, key)


def unseal(key: bytes, place: Place, sealed: bytes) -> bytes:
    """The value sealed for this place under this key. Raises CannotOpen for anything else."""
    if len(sealed) <= 1 + NONCE_BYTES or sealed[0] != SCHEMA:
        raise CannotOpen("not a sealed value of a known schema")
    nonce, cipher = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        padded = crypto_aead_xchacha20poly1305_ietf_decrypt(cipher, place.aad(sealed[0]), nonce, key)
    except CryptoError as why:
        raise CannotOpen("wrong key or wrong place") from why
    return _unpad(padded)


def _unpad(padded: bytes) -> bytes:
    """Take off the padding. The block that was used follows from the padded length alone."""
    size = len(padded)
    return sodium_unpad(padded, size if size in STEPS else STEPS[-1])
