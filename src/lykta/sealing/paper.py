"""The recovery secret as it stands on paper: whole, or in three parts of which two give it back.

128 random bits. The recovery pair follows from them, so nothing else has to be written down. A part holds, for each
of the two others, one half of a sum (exclusive or) with pure chance: one part alone says nothing whatever, and no
arithmetic of ours is needed. Written in 32 signs that are not taken for one another, in groups of four, with a check.
"""

import secrets
from hashlib import blake2b

from lykta.sealing.boxes import Pair, pair_of
from lykta.sealing.passwords import derive

SECRET_BYTES = 16
CHECK_BYTES = 2
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
WHOLE = 0
PARTS = (1, 2, 3)


class PaperError(Exception):
    """What was typed is not what was written. `code` says why: "signs", "length", "check", "alone", "strangers"."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def new_secret() -> bytes:
    """A fresh recovery secret."""
    return secrets.token_bytes(SECRET_BYTES)


def recovery_pair(secret: bytes) -> Pair:
    """The X25519 pair that follows from the secret."""
    return pair_of(derive(secret, "recovery pair"))


def whole(secret: bytes) -> str:
    """The secret as one row of signs."""
    return _written(bytes([WHOLE]) + secret)


def parts(secret: bytes) -> tuple[str, str, str]:
    """Three rows of signs; any two of them give the secret back, one alone nothing."""
    with_two, with_three, two_three = (secrets.token_bytes(SECRET_BYTES) for _ in range(3))
    one = with_two + with_three
    two = _xor(secret, with_two) + two_three
    three = _xor(secret, with_three) + _xor(secret, two_three)
    first, second, third = (_written(bytes([n]) + part) for n, part in zip(PARTS, (one, two, three), strict=True))
    return first, second, third


def secret_of(*typed: str) -> bytes:
    """The secret from the whole row, or from two parts in any order. Raises PaperError.

    Two parts of different splittings give a secret that opens nothing; the caller finds that when it tries.
    """
    read = [_read(row) for row in typed if row.strip()]
    if len(read) == 1 and read[0][0] == WHOLE:
        return read[0][1]
    found = dict(read)
    if len(read) < 2 or WHOLE in found:
        raise PaperError("alone" if len(read) < 2 else "strangers")
    if len(found) < 2:
        raise PaperError("alone")
    low, high = sorted(found)[:2]
    half = SECRET_BYTES
    mine = found[low][half:] if (low, high) in ((1, 3), (2, 3)) else found[low][:half]
    theirs = found[high][half:] if (low, high) == (2, 3) else found[high][:half]
    return _xor(mine, theirs)


def kind_of(typed: str) -> int:
    """WHOLE, or which of the parts a row is. Raises PaperError."""
    return _read(typed)[0]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _check(content: bytes) -> bytes:
    return blake2b(content, digest_size=CHECK_BYTES, person=b"lykta paper").digest()


def _written(content: bytes) -> str:
    number = int.from_bytes(content + _check(content))
    length = -(-8 * (len(content) + CHECK_BYTES) // 5)
    signs = "".join(SIGNS[number >> 5 * at & 31] for at in reversed(range(length)))
    return " ".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def _read(typed: str) -> tuple[int, bytes]:
    """Kind (0 whole, else which part) and content."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_READ_AS)
    if set(signs) - set(SIGNS):
        raise PaperError("signs")
    sizes = {-(-8 * (1 + n * SECRET_BYTES + CHECK_BYTES) // 5): 1 + n * SECRET_BYTES + CHECK_BYTES for n in (1, 2)}
    if len(signs) not in sizes:
        raise PaperError("length")
    number = 0
    for sign in signs:
        number = number << 5 | SIGNS.index(sign)
    size = sizes[len(signs)]
    if number >> 8 * size:
        raise PaperError("check")
    content = number.to_bytes(size)
    body, check = content[:-CHECK_BYTES], content[-CHECK_BYTES:]
    if _check(body) != check or (body[0] == WHOLE) != (len(body) == 1 + SECRET_BYTES) or body[0] not in (WHOLE, *PARTS):
        raise PaperError("check")
    return body[0], body[1:]
