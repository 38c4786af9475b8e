"""The secrets of one installation, made once and completed when a newer version needs one more."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

SECRETS = {
    "id": 6,
    "centre": 16,
    "secret_key": 48,
    "pepper": 32,
    "site_salt": 16,
    "worker_seed": 32,
    "totp_key": 32,
    "centre_signing_seed": 32,
}
"""Name and length in bytes; kept as hexadecimal text."""

LOGINS = (
    "postgres",
    "lykta_owner",
    "lykta_app",
    "lykta_public",
    "lykta_agency",
    "lykta_staff",
    "lykta_worker",
)


def make_keys(path: Path) -> dict[str, Any]:
    """Keys of keys.json at `path`; what is missing is made, what is there is never changed.

    The file is replaced in one step, mode 0600, and keeps its owner. Two processes may call at once.
    Raises ValueError when the file is there and isn't what we wrote: a new one would lock all words for ever.
    """
    with locked(path.with_suffix(".lock")):
        keys = _read(path)
        before = json.dumps(keys)
        for name, length in SECRETS.items():
            keys.setdefault(name, secrets.token_hex(length))
        keys.setdefault("centre", str(uuid4()))
        logins = keys.setdefault("database", {})
        for login in LOGINS:
            logins.setdefault(login, secrets.token_urlsafe(24))
        if json.dumps(keys) != before:
            _replace(path, keys)
        return keys


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path` alone; waits for its holder. Whoever ends lets go, however it ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _read(path: Path) -> dict[str, Any]:
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if not isinstance(keys, dict) or not isinstance(keys.get("database", {}), dict):
        raise ValueError(f"{path} does not hold keys")
    return keys


def _replace(path: Path, keys: dict[str, Any]) -> None:
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
