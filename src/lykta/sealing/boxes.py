"""Giving a key, or a short word, to the holder of an X25519 pair; and signing public keys.

A libsodium sealed box hides who sent it but carries no associated data, so the place is sealed inside with the
secret and compared when it is opened: a box moved to another place does not open.
"""

from dataclasses import dataclass
from hashlib import blake2b

from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from lykta.sealing.errors import CannotOpen, UnsignedKey

MARK_BYTES = 32


@dataclass(frozen=True)
class Pair:
    """An X25519 pair, raw bytes. The private half must never be written unsealed."""

    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"Pair(public={self.public.hex()[:8]})"


def new_pair() -> Pair:
    """A fresh random pair."""
    return pair_of(bytes(PrivateKey.generate()))


def pair_of(private: bytes) -> Pair:
    """The pair whose private half these 32 bytes are."""
    return Pair(private, bytes(PrivateKey(private).public_key))


def _mark(context: str) -> bytes:
    return blake2b(context.encode(), digest_size=MARK_BYTES, person=b"lykta box").digest()


def give(public: bytes, context: str, secret: bytes) -> bytes:
    """Seal `secret` to the holder of `public`, bound to `context` (what it is a key to, for whom, which version)."""
    return bytes(SealedBox(PublicKey(public)).encrypt(_mark(context) + secret))


def take(private: bytes, context: str, box: bytes) -> bytes:
    """Open a box given to us for `context`. Raises CannotOpen for another holder, another context or a changed box."""
    try:
        opened = SealedBox(PrivateKey(private)).decrypt(box)
    except CryptoError as why:
        raise CannotOpen("not for this holder") from why
    if opened[:MARK_BYTES] != _mark(context):
        raise CannotOpen("not for this place")
    return opened[MARK_BYTES:]


def sign(seed: bytes, context: str, public: bytes) -> bytes:
    """The centre's Ed25519 signature over a public key and what it is for."""
    return bytes(SigningKey(seed).sign(_mark(context) + public).signature)


def verify(verify_key: bytes, context: str, public: bytes, signature: bytes) -> None:
    """Raise UnsignedKey unless the centre signed this public key for this use."""
    try:
        VerifyKey(verify_key).verify(_mark(context) + public, signature)
    except (BadSignatureError, ValueError) as why:
        raise UnsignedKey(f"the public key of {context} is not signed by the centre") from why
