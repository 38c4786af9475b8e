"""Reading the centre's own tables as the worker may: counts, public keys and hashes; no words, no names of persons."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from lykta.audit.anchor import Anchored
from lykta.audit.enums import Chain as Name
from lykta.audit.rules import START, Row
from lykta.config.doctor.database import Database
from lykta.config.doctor.house import Chain, House, Ring
from lykta.core.doors import WORKER

LAST_ROWS = 500


def house_of(database: Database, *, centre: UUID, data: Path, ways: Iterable[str]) -> House:
    """database: signed in as the worker, or as one who may become it. ways: by which anchors should leave.

    Raises psycopg.Error.
    """
    anchors = {chain: _anchors(data, centre, chain) for chain in Name}  # first: each line is of a row that is there
    with database.transaction(force_rollback=True):
        database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")  # the log may be written meanwhile
        enter(database, centre)
        found = database.execute("SELECT name FROM people_centre").fetchone()
        return House(
            centre_id=str(centre),
            centre=found[0] if found else None,
            rings=_rings(database, centre),
            heads=_count(database, "SELECT count(*) FROM people_member WHERE role = 'head' AND is_active"),
            members=_count(database, "SELECT count(*) FROM people_member WHERE is_active"),
            chains=[_chain(database, chain, anchors[chain]) for chain in Name],
            worker_silent_seconds=_silence(database),
            failed_jobs=_count(database, FAILED),
            unsent=[way for (way,) in database.execute(UNSENT, [list(ways)])],
        )


FAILED = """
SELECT count(DISTINCT j.id) FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id
WHERE j.status = 'failed' AND e.at > now() - interval '7 days'
"""

UNSENT = """
SELECT way FROM audit_sending WHERE way = ANY(%s) GROUP BY way
HAVING max("on") FILTER (WHERE trouble = '') IS DISTINCT FROM max("on") OR max("on") < current_date - 2
"""
"""Ways whose newest day has not arrived, or that nothing has been sent by for days."""


def enter(database: Database, centre: UUID) -> None:
    """Within a transaction: act as the worker of this centre."""
    database.execute(
        "SELECT set_config('role', 'lykta_worker', true), set_config('lykta.centre', %s, true),"
        " set_config('lykta.actor', %s, true)",
        [str(centre), str(WORKER)],
    )


def newest_minutes_ahead(database: Database, *, centre: UUID) -> float | None:
    """How far the log's newest row lies in the database's future, in minutes; None for an empty log."""
    with database.transaction(force_rollback=True):
        enter(database, centre)
        row = database.execute(
            "SELECT extract(epoch FROM max(e.at) - clock_timestamp()) / 60"
            " FROM audit_head h JOIN audit_event e ON e.centre_id = h.centre_id AND e.chain = h.chain AND e.seq = h.seq"
        ).fetchone()
    return float(row[0]) if row and row[0] is not None else None


def _rings(database: Database, centre: UUID) -> list[Ring]:
    rows = database.execute(
        "SELECT DISTINCT ON (r.name) r.name, r.version, r.public, r.signature,"
        " (SELECT count(*) FROM sealing_ringshare s JOIN people_member m ON m.id = s.member_id AND m.is_active"
        "  WHERE s.ring_id = r.id)"
        " FROM sealing_ring r ORDER BY r.name, r.version DESC"
    )
    return [
        Ring(name, f"ring {centre} {name} {version}", bytes(public), bytes(signature), holders)
        for name, version, public, signature, holders in rows
    ]


def _anchors(data: Path, centre: UUID, chain: Name) -> Mapping[int, bytes]:
    file = data / "anchors" / f"{centre}-{chain}.anchor"
    return Anchored(file.read_bytes() if file.exists() else b"")


def _chain(database: Database, chain: Name, anchors: Mapping[int, bytes]) -> Chain:
    rows = database.execute(
        "SELECT seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI'), coalesce(actor::text, ''), act,"
        " coalesce(object::text, ''), reason, count, previous, hash"
        " FROM audit_event WHERE chain = %s ORDER BY seq DESC LIMIT %s",
        [chain, LAST_ROWS],
    ).fetchall()
    head = database.execute("SELECT seq, hash FROM audit_head WHERE chain = %s", [chain]).fetchone()
    return Chain(
        name=chain.value,
        count=_count(database, "SELECT count(*) FROM audit_event WHERE chain = %s", chain),
        rows=[_row(*row) for row in reversed(rows)],
        head=(head[0], bytes(head[1])) if head else (0, START),
        anchors=anchors,
    )


def _row(*told: Any) -> Row:
    *plain, previous, digest = told
    seq, at, actor, act, object_, reason, count = plain
    return Row(seq, at, actor, act, object_, reason, count, bytes(previous), bytes(digest))


def _silence(database: Database) -> float | None:
    row = database.execute(
        "SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat)) FROM procrastinate_workers"
    ).fetchone()
    return float(row[0]) if row and row[0] is not None else None


def _count(database: Database, query: str, *values: object) -> int:
    row = database.execute(query, values or None).fetchone()
    return int(row[0]) if row else 0
