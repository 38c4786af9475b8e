"""Planting what happened earlier: events at any hour, hashed, chained and anchored as if the house had written them.

Only a superuser of a test's own database can; the house itself takes the hour from the database's clock.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from lykta.audit.rules import BY_MINUTE, START, Row, row_hash


@dataclass(frozen=True)
class Planted:
    """One event. at: any time; it is made as coarse as its chain."""

    at: datetime
    act: str
    actor: UUID | None = None
    object: UUID | None = None
    reason: str = ""
    count: int = 0
    chain: str = "staff"


def plant(boss: psycopg.Connection[Any], data: Path, centre: UUID, events: Iterable[Planted]) -> None:
    """Add the events at the end of their chains, with heads and anchors. In the order they come."""
    heads = {
        c: (n, bytes(h))
        for c, n, h in boss.execute("SELECT chain, seq, hash FROM audit_head WHERE centre_id = %s", [centre])
    }
    anchors: dict[str, bytearray] = {}
    with (
        boss.cursor() as cursor,
        cursor.copy(
            "COPY audit_event (centre_id, chain, seq, at, actor, act, object, reason, count, previous, hash) FROM STDIN"
        ) as copy,
    ):
        for event in events:
            seq, previous = heads.get(event.chain, (0, START))
            at = event.at.astimezone(UTC).replace(second=0, microsecond=0)
            at = at if event.chain in BY_MINUTE else at.replace(hour=0, minute=0)
            said = (str(event.actor or ""), event.act, str(event.object or ""), event.reason, event.count)
            row = Row(seq + 1, f"{at:%Y-%m-%dT%H:%M}", *said, previous, b"")
            row = replace(row, hash=row_hash(str(centre), event.chain, row))
            copy.write_row(
                (
                    centre,
                    event.chain,
                    row.seq,
                    at,
                    event.actor,
                    event.act,
                    event.object,
                    event.reason,
                    event.count,
                    previous,
                    row.hash,
                )
            )
            heads[event.chain] = (row.seq, row.hash)
            anchors.setdefault(event.chain, bytearray()).extend(struct.pack(">Q32s", row.seq, row.hash))
    for chain, lines in anchors.items():
        boss.execute(
            "INSERT INTO audit_head (centre_id, chain, seq, hash) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT ON CONSTRAINT audit_head_pkey DO UPDATE SET seq = EXCLUDED.seq, hash = EXCLUDED.hash",
            [centre, chain, *heads[chain]],
        )
        (data / "anchors").mkdir(mode=0o700, exist_ok=True)
        with (data / "anchors" / f"{centre}-{chain}.anchor").open("ab") as file:
            file.write(lines)
