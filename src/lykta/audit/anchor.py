"""The log's anchor outside the database: the newest number and hash of each chain, in a file of the data directory.

Whoever rewrites the log inside the database must also reach this file, which the database's server can't.
"""

import fcntl
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def _path(centre: UUID, chain: str) -> Path:
    return Path(settings.LYKTA_DATA) / "anchors" / f"{centre}-{chain}"


def drop(centre: UUID, chain: str, seq: int, digest: bytes) -> None:
    """Move the anchor forward to `seq`. Later numbers already there stay: commits may arrive out of order."""
    path = _path(centre, chain)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if _parse(file.read())[0] < seq:
            file.seek(0)
            # Fixed width: overwriting in place never leaves the tail of a longer line.
            file.write(f"{seq:020d} {digest.hex()}\n".encode())


def read(centre: UUID, chain: str) -> tuple[int, bytes] | None:
    """The anchored number and hash, or None where nothing was ever anchored."""
    path = _path(centre, chain)
    return _parse(path.read_bytes()) if path.exists() else None


def _parse(content: bytes) -> tuple[int, bytes]:
    seq, _, digest = content.decode().strip().partition(" ")
    return (int(seq), bytes.fromhex(digest)) if digest else (0, b"")
