"""The log's anchor outside the database: number and hash of every event, in a file of the data directory per chain.

Whoever rewrites the log inside the database must also reach these files. They only grow: a line once written is never
replaced, so that an ordinary event after a forgery can't bless what was forged.
"""

import fcntl
import os
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings

_LINE = struct.Struct(">Q32s")  # of one width, so that a torn last line is seen and the rest still read


class Anchored(Mapping[int, bytes]):
    """What a file holds, number to hash: as it was read and an index, since a log may have millions of events.

    Where a number was written twice the first line stands: the second is of an event that took a removed one's place.
    """

    def __init__(self, content: bytes) -> None:
        whole = memoryview(content)[: len(content) // _LINE.size * _LINE.size]
        numbers = array("Q", (seq for seq, _ in _LINE.iter_unpack(whole)))
        # Commits arrive out of order, and so do lines. The sort keeps the order of equal numbers.
        self._places = array("Q", sorted(range(len(numbers)), key=numbers.__getitem__))
        self._numbers = array("Q", (numbers[place] for place in self._places))
        self._lines = whole

    def __getitem__(self, seq: int) -> bytes:
        found = bisect_left(self._numbers, seq)
        if found == len(self._numbers) or self._numbers[found] != seq:
            raise KeyError(seq)
        digest: bytes = _LINE.unpack_from(self._lines, self._places[found] * _LINE.size)[1]
        return digest

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _path(centre: UUID, chain: str) -> Path:
    return Path(settings.LYKTA_DATA) / "anchors" / f"{centre}-{chain}.anchor"


def drop(centre: UUID, chain: str, seq: int, digest: bytes) -> None:
    """Add the line of one event that has been committed."""
    path = _path(centre, chain)
    # Each door writes its chain and the worker reads them all; where they are users of their own they share a group.
    path.parent.mkdir(mode=0o770, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o660)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        _mend_torn_end(file)
        os.write(file, _LINE.pack(seq, digest))
    finally:
        os.close(file)


def _mend_torn_end(file: int) -> None:
    """Take away half a line, left by a full disk: all lines after it would be read askew."""
    torn = os.fstat(file).st_size % _LINE.size
    if torn:
        os.ftruncate(file, os.fstat(file).st_size - torn)


def read(centre: UUID, chain: str) -> Anchored:
    """Every anchored number and hash; empty where nothing was ever anchored."""
    path = _path(centre, chain)
    return Anchored(path.read_bytes() if path.exists() else b"")
