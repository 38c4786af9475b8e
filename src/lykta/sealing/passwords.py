"""Keys from what a person knows: Argon2id (libsodium), and taking several keys out of one secret."""

from hashlib import blake2b

from nacl.pwhash import argon2id

MIB = 1024 * 1024
SALT_BYTES = argon2id.SALTBYTES
STAFF_PASSES, STAFF_MEMORY = 3, 64 * MIB


def staff_key(password: str, salt: bytes) -> bytes:
    """32 bytes that seal a member's private keys: Argon2id, 64 MiB, 3 passes (design, section 5). About 0.1 s."""
    return argon2id.kdf(32, password.encode(), salt, opslimit=STAFF_PASSES, memlimit=STAFF_MEMORY)


def code_secret(digits: str, site_salt: bytes) -> bytes:
    """32 bytes from a visitor's code: Argon2id, 19 MiB, 2 passes. Never call it inside a transaction."""
    return argon2id.kdf(32, digits.encode(), site_salt, opslimit=2, memlimit=19 * MIB)


def derive(secret: bytes, purpose: str, size: int = 32) -> bytes:
    """A key of `size` bytes (at most 64) for one purpose, one-way: it tells nothing of the secret or its siblings.

    Keyed BLAKE2b with the purpose as message, as libsodium's own crypto_kdf does.
    """
    return blake2b(purpose.encode(), key=secret, digest_size=size, person=b"lykta derive").digest()
