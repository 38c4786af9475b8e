"""The secrets of one installation, made once and completed when a newer version needs one more."""

import json
import secrets
from pathlib import Path
from typing import Any
from uuid import uuid4

from nacl.signing import SigningKey

from lykta.core.keyfile import lock_of, locked, read, replace

SECRETS = {
    "id": 6,
    "centre": 16,
    "secret_key": 48,
    "pepper": 32,
    "site_salt": 16,
    "worker_seed": 32,
    "totp_key": 32,
    "anchor_seed": 32,
}
"""Name and length in bytes; kept as hexadecimal text."""

FROM_THE_FIRST = ("id", "centre", "secret_key", "pepper", "site_salt", "worker_seed", "totp_key")
"""What the first release made already. Where one of these is gone a new one would be worse than none: codes that
visitors hold, or members' second factors, would open nothing any more."""

SEED, VERIFY = "centre_signing_seed", "centre_verify_key"
"""What the centre signs public keys with, until the installation takes it off the machine; and what stays, pinned."""

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
    with locked(lock_of(path)):
        keys = read(path)
        if keys and (gone := [name for name in FROM_THE_FIRST if name not in keys]):
            raise ValueError(f"{path} lacks {gone[0]}")
        before = json.dumps(keys)
        for name, length in SECRETS.items():
            keys.setdefault(name, secrets.token_hex(length))
        keys.setdefault("centre", str(uuid4()))
        if VERIFY not in keys:
            seed = keys.setdefault(SEED, secrets.token_hex(32))
            keys[VERIFY] = bytes(SigningKey(bytes.fromhex(seed)).verify_key).hex()
        logins = keys.setdefault("database", {})
        for login in LOGINS:
            logins.setdefault(login, secrets.token_urlsafe(24))
        if json.dumps(keys) != before:
            replace(path, keys)
        return keys
