"""What makes the log trustworthy: the canonical row, the chain, and finding the first break."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

START = bytes(32)  # what the first row of a chain follows
NOWHERE: Mapping[int, bytes] = MappingProxyType({})
BY_MINUTE = ("staff", "agency")  # the other chains tell no more than the day
MAY_LACK = 8  # rows at the beginning that a crash may have left without an anchor: as many as threads write at once


@dataclass(frozen=True)
class Row:
    """One event as it is hashed. `at` is UTC text to the minute (BY_MINUTE) or to the day (all others, T00:00).

    A finer `at`, which the log never writes, is given in full, so that it is seen.
    """

    seq: int
    at: str
    actor: str
    act: str
    object: str
    reason: str
    count: int
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold. `seq` is the row's number in its chain.

    since: only where an anchor from outside disagrees, which knows few rows: the touched row comes after this one.
    """

    seq: int
    what: str  # changed, missing, out of order, cut, rewritten, added past its head, anchor missing
    since: int | None = None


def row_hash(centre: str, chain: str, row: Row) -> bytes:
    """SHA-256 of the previous hash and the row's canonical text; the same as lykta_record in the database."""
    text = "|".join([centre, chain, str(row.seq), row.at, row.actor, row.act, row.object, row.reason, str(row.count)])
    return hashlib.sha256(row.previous + text.encode()).digest()


def first_break(
    centre: str,
    chain: str,
    rows: Iterable[Row],
    *,
    head: tuple[int, bytes],
    anchor: Mapping[int, bytes],
    outside: Mapping[int, bytes] = NOWHERE,
) -> Break | None:
    """Walk a chain from its beginning. None when it is whole.

    rows: in the order of their numbers. head: the number and hash the database says are the last, (0, START) if empty.
    anchor: numbers and hashes written outside the database; a log cut or rewritten as a whole disagrees with them.
    Single ones may be missing there, since a crash can come between the commit and the anchor.
    outside: the few numbers and hashes that were sent out of the house, and that nobody inside can have mended.
    """
    previous, last, vouched = START, 0, 0
    for row in rows:
        what = _row_break(centre, chain, row, last + 1, previous, anchor)
        if what:
            return Break(last + 1 if what == "missing" else row.seq, what)
        if row.seq in outside:
            if outside[row.seq] != row.hash:
                return Break(row.seq, "rewritten", vouched)
            vouched = row.seq
        previous, last = row.hash, row.seq
    if max(head[0], max(anchor, default=0), max(outside, default=0)) > last:
        return Break(last + 1, "cut")
    if head != (last, previous):
        return Break(last, "added past its head")
    return _anchor_break(last, anchor)


def _row_break(
    centre: str, chain: str, row: Row, expected: int, previous: bytes, anchor: Mapping[int, bytes]
) -> str | None:
    """What is wrong with one row, seen from the one before it and from the anchor."""
    if row.seq != expected:
        return "missing"
    if row.previous != previous:
        return "out of order"
    if row_hash(centre, chain, row) != row.hash or not coarse(chain, row.at):
        return "changed"
    if anchor.get(row.seq, row.hash) != row.hash:
        return "rewritten"
    return None


def coarse(chain: str, at: str) -> bool:
    """Whether a time is as coarse as its chain writes it. Finer parts are not hashed, so they must not be there."""
    return len(at) == len("2026-11-23T00:00") and (chain in BY_MINUTE or at.endswith("T00:00"))


def _anchor_break(last: int, anchor: Mapping[int, bytes]) -> Break | None:
    """An anchor that is not there, or was begun anew late in the chain, vouches for nothing before it."""
    if last and not anchor:
        return Break(last, "anchor missing")
    if anchor and min(anchor) > MAY_LACK + 1:
        return Break(1, "anchor missing")
    return None
