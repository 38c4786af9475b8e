"""The chain names its first break, wherever and however it was touched."""

from dataclasses import replace

import pytest

from lykta.audit.rules import START, Break, Row, first_break, row_hash, swapped

CENTRE, CHAIN = "c", "staff"


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


def broken(rows, head=HEAD, anchor=HEAD):
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


MENDED = rewritten_from(WHOLE, 2)


@pytest.mark.parametrize(
    ("what", "rows", "head", "anchor", "expected"),
    [
        ("whole", WHOLE, HEAD, HEAD, None),
        ("empty", [], (0, START), None, None),
        ("anchor one behind", WHOLE, HEAD, (4, WHOLE[3].hash), None),
        ("never anchored", WHOLE, HEAD, None, None),
        ("first changed", [replace(WHOLE[0], actor="b"), *WHOLE[1:]], HEAD, HEAD, Break(1, "changed")),
        (
            "time changed",
            [*WHOLE[:2], replace(WHOLE[2], at="2026-11-23T09:01"), *WHOLE[3:]],
            HEAD,
            HEAD,
            Break(3, "changed"),
        ),
        ("count changed", [*WHOLE[:4], replace(WHOLE[4], count=0)], HEAD, HEAD, Break(5, "changed")),
        ("one deleted", [*WHOLE[:2], *WHOLE[3:]], HEAD, HEAD, Break(3, "missing")),
        ("first deleted", WHOLE[1:], HEAD, HEAD, Break(1, "missing")),
        ("two exchanged", list(swapped(WHOLE, 1, 3)), HEAD, HEAD, Break(2, "out of order")),
        ("cut", WHOLE[:3], HEAD, HEAD, Break(4, "cut")),
        ("cut with its head", WHOLE[:3], (3, WHOLE[2].hash), HEAD, Break(4, "cut")),
        ("all cut with its head", [], (0, START), HEAD, Break(1, "cut")),
        ("all mended", MENDED, (5, MENDED[-1].hash), HEAD, Break(5, "rewritten")),
        ("head of another", WHOLE, (5, b"x" * 32), HEAD, Break(5, "added past its head")),
        ("one more than the head", chain(6), HEAD, HEAD, Break(6, "added past its head")),
    ],
)
def test_the_first_break_is_named(what, rows, head, anchor, expected):
    assert broken(rows, head, anchor) == expected
