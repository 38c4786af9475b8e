"""Anchors for the world outside: the last number and hash of each chain on a day, signed, one line each.

    lykta-anchor-1 CENTRE CHAIN NUMBER HASH DAY SIGNATURE

Blanks between; hash and signature as hexadecimal text, day as 2026-11-23. The signature is Ed25519 over the six words
before it, with one blank between. Each line stands for itself: lines of many days may lie in one file, with any text
around them, as in a saved mail. They tell how many events there are, and nothing else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

MARK = "lykta-anchor-1"
_LINE = re.compile(
    rf"{MARK}\s+([0-9a-f-]{{36}})\s+([a-z]{{1,8}})\s+([0-9]{{1,18}})\s+([0-9a-f]{{64}})"
    r"\s+([0-9]{4}-[0-9]{2}-[0-9]{2})\s+([0-9a-f]{128})(?![0-9a-f])"
)


class AnchorError(Exception):
    """A file that vouches for nothing. The text says why, in one sentence."""


@dataclass(frozen=True)
class Anchor:
    """What one line says: on this day the chain's last row had this number and this hash."""

    centre: str
    chain: str
    seq: int
    hash: bytes
    day: str

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{MARK} {self.centre} {self.chain} {self.seq} {self.hash.hex()} {self.day}"


def public_key(seed: bytes) -> str:
    """The key that outsiders verify with, as hexadecimal text."""
    return bytes(SigningKey(seed).verify_key).hex()


def signed(seed: bytes, centre: str, heads: Mapping[str, tuple[int, bytes]], *, on: date) -> str:
    """The day's lines, one for each chain that has rows. heads: last number and hash by chain."""
    key = SigningKey(seed)
    anchors = [Anchor(centre, chain, seq, digest, on.isoformat()) for chain, (seq, digest) in heads.items() if seq]
    return "".join(f"{a.text} {key.sign(a.text.encode()).signature.hex()}\n" for a in anchors)


def parse(text: str, *, centre: str, key: str) -> list[Anchor]:
    """Every anchor in a text, whatever else stands there.

    key: the public key, hexadecimal. Raises AnchorError where there is none, where a line is damaged, of another house,
    or not signed by the key.
    """
    found = [(Anchor(c, ch, int(seq), bytes.fromhex(h), day), sig) for c, ch, seq, h, day, sig in _LINE.findall(text)]
    if not found:
        raise AnchorError(f"no line there begins with {MARK}.")
    if text.count(MARK) != len(found):
        raise AnchorError(f"{text.count(MARK) - len(found)} of the lines that begin with {MARK} can't be read.")
    for anchor, signature in found:
        if anchor.centre != centre:
            raise AnchorError(f"the line of {anchor.day} is of another house, {anchor.centre}.")
        _check(anchor, signature, key)
    return [anchor for anchor, _ in found]


def _check(anchor: Anchor, signature: str, key: str) -> None:
    try:
        VerifyKey(bytes.fromhex(key)).verify(anchor.text.encode(), bytes.fromhex(signature))
    except (BadSignatureError, ValueError, TypeError) as why:
        raise AnchorError(f"the line of {anchor.day} for {anchor.chain} is not signed by the key {key[:16]}….") from why


def points(anchors: Iterable[Anchor], chain: str) -> dict[int, bytes]:
    """What is vouched for in one chain, number to hash. Two hashes for one number: no row can be both, so none fits."""
    held: dict[int, bytes] = {}
    for anchor in anchors:
        if anchor.chain == chain:
            held[anchor.seq] = anchor.hash if held.get(anchor.seq, anchor.hash) == anchor.hash else b""
    return held
