"""The chain names its first break, wherever and however it was touched."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from lykta.audit.rules import START, Break, Row, coarse, first_break, row_hash

CENTRE, CHAIN = "c", "staff"


def swapped(rows: list[Row], one: int, other: int) -> Iterator[Row]:
    """Rows with two of them exchanged, keeping their numbers: what an attacker who reorders the log would do."""
    for at, row in enumerate(rows):
        source = rows[other] if at == one else rows[one] if at == other else row
        yield replace(source, seq=row.seq)


def chain(length: int) -> list[Row]:
    rows, previous = [], START
    for seq in range(1, length + 1):
        row = Row(seq, "2026-11-23T09:00", "a", "contact:dialogue:read", "o", "", 1, previous, b"")
        row = replace(row, hash=row_hash(CENTRE, CHAIN, row))
        rows.append(row)
        previous = row.hash
    return rows


WHOLE = chain(5)
HEAD = (5, WHOLE[-1].hash)
ANCHOR = {row.seq: row.hash for row in WHOLE}


def broken(rows, head=HEAD, anchor=ANCHOR):
    return first_break(CENTRE, CHAIN, rows, head=head, anchor=anchor)


def rewritten_from(rows, at):
    """What a thief with the database would do: change a row and mend every hash after it."""
    out, previous = list(rows[: at - 1]), rows[at - 2].hash if at > 1 else START
    for row in rows[at - 1 :]:
        row = replace(row, previous=previous, act="x" if row.seq == at else row.act)
        row = replace(row, hash=row_hash(CENTRE, CHAIN, row))
        out.append(row)
        previous = row.hash
    return out


def without(anchor, seq):
    return {number: digest for number, digest in anchor.items() if number != seq}


def finer(row):
    """A row with seconds, and a hash that fits."""
    row = replace(row, at="2026-11-23T09:00:37+00:00")
    return replace(row, hash=row_hash(CENTRE, CHAIN, row))


MENDED = rewritten_from(WHOLE, 2)
BLESSED = ANCHOR | {5: MENDED[-1].hash}
OTHERS = rewritten_from(WHOLE, 4)
FINER = [*WHOLE[:4], finer(WHOLE[4])]
LONG = chain(12)


@pytest.mark.parametrize(
    ("what", "rows", "head", "anchor", "expected"),
    [
        ("whole", WHOLE, HEAD, ANCHOR, None),
        ("empty", [], (0, START), {}, None),
        ("anchor one behind", WHOLE, HEAD, without(ANCHOR, 5), None),
        ("a crash lost one line of the anchor", WHOLE, HEAD, without(ANCHOR, 3), None),
        ("a crash lost the first line", WHOLE, HEAD, without(ANCHOR, 1), None),
        ("never anchored", WHOLE, HEAD, {}, Break(5, "anchor missing")),
        ("anchor begun anew", LONG, (12, LONG[-1].hash), {12: LONG[-1].hash}, Break(1, "anchor missing")),
        ("forged, and the last anchored after it", MENDED, (5, MENDED[-1].hash), BLESSED, Break(2, "rewritten")),
        ("cut, and others in their place", OTHERS, (5, OTHERS[-1].hash), ANCHOR, Break(4, "rewritten")),
        ("finer than its chain, hash mended", FINER, (5, FINER[-1].hash), {1: FINER[0].hash}, Break(5, "changed")),
        ("first changed", [replace(WHOLE[0], actor="b"), *WHOLE[1:]], HEAD, ANCHOR, Break(1, "changed")),
        (
            "time changed",
            [*WHOLE[:2], replace(WHOLE[2], at="2026-11-23T09:01"), *WHOLE[3:]],
            HEAD,
            ANCHOR,
            Break(3, "changed"),
        ),
        ("count changed", [*WHOLE[:4], replace(WHOLE[4], count=0)], HEAD, ANCHOR, Break(5, "changed")),
        ("one deleted", [*WHOLE[:2], *WHOLE[3:]], HEAD, ANCHOR, Break(3, "missing")),
        ("first deleted", WHOLE[1:], HEAD, ANCHOR, Break(1, "missing")),
        ("two exchanged", list(swapped(WHOLE, 1, 3)), HEAD, ANCHOR, Break(2, "out of order")),
        ("cut", WHOLE[:3], HEAD, ANCHOR, Break(4, "cut")),
        ("cut with its head", WHOLE[:3], (3, WHOLE[2].hash), ANCHOR, Break(4, "cut")),
        ("all cut with its head", [], (0, START), ANCHOR, Break(1, "cut")),
        ("all mended", MENDED, (5, MENDED[-1].hash), ANCHOR, Break(2, "rewritten")),
        ("head of another", WHOLE, (5, b"x" * 32), ANCHOR, Break(5, "added past its head")),
        ("one more than the head", chain(6), HEAD, ANCHOR, Break(6, "added past its head")),
    ],
)
def test_the_first_break_is_named(what, rows, head, anchor, expected):
    assert broken(rows, head, anchor) == expected


@pytest.mark.parametrize(
    ("chain", "at", "expected"),
    [
        ("staff", "2026-11-23T09:05", True),
        ("agency", "2026-11-23T09:05", True),
        ("public", "2026-11-23T00:00", True),
        ("worker", "2026-11-23T00:00", True),
        ("calls", "2026-11-23T00:00", True),
        ("calls", "2026-11-23T09:05", False),
        ("staff", "2026-11-23T09:05:37+00:00", False),
        ("public", "2026-11-23T09:05", False),
        ("worker", "2026-11-23T00:01", False),
        ("public", "2026-11-23T00:00:01+00:00", False),
    ],
)
def test_a_time_is_as_coarse_as_its_chain(chain, at, expected):
    assert coarse(chain, at) is expected
