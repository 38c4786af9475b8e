"""What makes the log trustworthy: the canonical row, the chain, and finding the first break."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

START = bytes(32)  # what the first row of a chain follows


@dataclass(frozen=True)
class Row:
    """One event as it is hashed. `at` is UTC text to the minute (staff) or to the day (visitors, T00:00)."""

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
    """The first place where a chain does not hold. `seq` is the row's number in its chain."""

    seq: int
    what: str  # changed, missing, out of order, cut, rewritten


def row_hash(centre: str, chain: str, row: Row) -> bytes:
    """SHA-256 of the previous hash and the row's canonical text; the same as lykta_record in the database."""
    text = "|".join([centre, chain, str(row.seq), row.at, row.actor, row.act, row.object, row.reason, str(row.count)])
    return hashlib.sha256(row.previous + text.encode()).digest()


def first_break(
    centre: str, chain: str, rows: Iterable[Row], *, head: tuple[int, bytes], anchor: tuple[int, bytes] | None
) -> Break | None:
    """Walk a chain from its beginning. None when it is whole.

    rows: in the order of their numbers. head: the number and hash the database says are the last, (0, START) if empty.
    anchor: the last number and hash written outside the database; a log cut or rewritten as a whole disagrees with it.
    """
    previous, last = START, 0
    seen_anchor = anchor is None or anchor[0] == 0
    for row in rows:
        if row.seq != last + 1:
            return Break(last + 1, "missing")
        if row.previous != previous:
            return Break(row.seq, "out of order")
        if row_hash(centre, chain, row) != row.hash:
            return Break(row.seq, "changed")
        if anchor and row.seq == anchor[0]:
            if row.hash != anchor[1]:
                return Break(row.seq, "rewritten")
            seen_anchor = True
        previous, last = row.hash, row.seq
    if head[0] > last or not seen_anchor:
        return Break(last + 1, "cut")
    if head != (last, previous):
        return Break(last, "added past its head")
    return None


def swapped(rows: list[Row], one: int, other: int) -> Iterator[Row]:
    """Rows with two of them exchanged, keeping their numbers: what an attacker who reorders the log would do."""
    for at, row in enumerate(rows):
        source = rows[other] if at == one else rows[one] if at == other else row
        yield replace(source, seq=row.seq)
