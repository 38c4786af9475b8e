"""The installation's file of secrets, keys.json: read, and replaced in one step under a lock."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

NAME = "keys.json"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path` alone; waits for its holder. Whoever ends lets go, however it ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def lock_of(path: Path) -> Path:
    """The lock file that belongs to a file of secrets."""
    return path.with_suffix(".lock")


def read(path: Path) -> dict[str, Any]:
    """The secrets; empty where there is no file yet. Raises ValueError for a file we did not write."""
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if not isinstance(keys, dict) or not isinstance(keys.get("database", {}), dict):
        raise ValueError(f"{path} does not hold keys")
    return keys


def replace(path: Path, keys: Mapping[str, Any]) -> None:
    """Put new content in the file's place in one step, mode 0600; it keeps its owner. Call it under the lock."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        with suppress(FileNotFoundError, PermissionError):
            old = path.stat()
            os.fchown(descriptor, old.st_uid, old.st_gid)
        json.dump(keys, file, indent=1)
        file.flush()
        os.fsync(descriptor)
    new.replace(path)
