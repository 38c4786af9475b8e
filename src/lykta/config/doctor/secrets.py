"""The installation's secrets: whole, of the right size, all different, and readable by their owner alone."""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from lykta.config.doctor.findings import Finding, listed, unsafe, warning
from lykta.config.door_keys import OF_DOOR, OF_EVERY_DOOR
from lykta.config.keys import LOGINS, SECRETS, SEED, VERIFY

SUBJECT = "keys"
RESTORE = "Restore keys.json from your copy; do not make a new one."
SHORTEST_PASSWORD = 16
KINDS = 8
"""A random key of 16 bytes or more has at least so many different ones, but for one time in many millions."""


@dataclass(frozen=True)
class Place:
    """A file or directory as it lies. readers, writers: whether others than its owner may."""

    path: Path
    owner: int
    mode: int

    @classmethod
    def of(cls, path: Path) -> "Place | None":
        """None where there is nothing. Raises OSError where we may not even look."""
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        return cls(path, found.st_uid, stat.S_IMODE(found.st_mode))


def check_keys(keys: Mapping[str, Any]) -> Iterator[Finding]:
    """What keys.json holds. keys: as read; those of the whole house, or of one door."""
    yield from _sizes(keys, _needed(keys))
    yield from _alike(keys)
    yield from _passwords(keys.get("database"))
    yield from _signing(keys)


def _needed(keys: Mapping[str, Any]) -> dict[str, int]:
    """Name and length in bytes of the keys that should be there."""
    whole = {**SECRETS, VERIFY: 32}
    door = keys.get("door")
    if door is None:
        return whole
    return {name: whole[name] for name in ("secret_key", *OF_EVERY_DOOR, *OF_DOOR.get(door, ()))}


def _sizes(keys: Mapping[str, Any], needed: Mapping[str, int]) -> Iterator[Finding]:
    for name, length in needed.items():
        value = _bytes(keys.get(name))
        if len(value) != length:
            yield unsafe(SUBJECT, "key-size", f"The key {name} in keys.json is missing or of a wrong size.", RESTORE)
        elif length >= 16 and name != "centre" and len(set(value)) < KINDS:
            yield unsafe(SUBJECT, "key-not-random", f"The key {name} in keys.json was not made by chance.", RESTORE)


def _alike(keys: Mapping[str, Any]) -> Iterator[Finding]:
    values = [(name, keys.get(name)) for name in (*SECRETS, SEED) if keys.get(name)]
    alike = {name for name, value in values if [other for _, other in values].count(value) > 1}
    if alike:
        yield unsafe(SUBJECT, "keys-alike", f"These keys in keys.json are the same: {listed(alike)}.", RESTORE)


def _passwords(logins: Any) -> Iterator[Finding]:
    mend = "Write a long random one in keys.json and start once with LYKTA_DATABASE_URL of a superuser."
    if not isinstance(logins, Mapping):
        yield unsafe(SUBJECT, "passwords-missing", "keys.json holds no passwords of the database.", RESTORE)
        return
    given = {login: str(logins[login]) for login in LOGINS if logins.get(login)}
    alike = {login for login, password in given.items() if list(given.values()).count(password) > 1}
    if alike:
        yield unsafe(SUBJECT, "passwords-alike", f"These share one password in the database: {listed(alike)}.", mend)
    weak = {login for login, password in given.items() if len(password) < SHORTEST_PASSWORD or login in password}
    if weak:
        yield unsafe(SUBJECT, "password-weak", f"The database's password of {listed(weak)} can be guessed.", mend)


def _signing(keys: Mapping[str, Any]) -> Iterator[Finding]:
    seed = _bytes(keys.get(SEED))
    if len(seed) == 32 and bytes(SigningKey(seed).verify_key) != _bytes(keys.get(VERIFY)):
        yield unsafe(
            SUBJECT,
            "pinned-key-strange",
            "The pinned key of the centre does not belong to its signing seed: somebody has put another there.",
            RESTORE,
        )


def _bytes(value: Any) -> bytes:
    try:
        return bytes.fromhex(str(value).replace("-", ""))
    except ValueError:
        return b""


def check_places(file: Place, data: Place, *, me: int, database_files: Path | None) -> Iterator[Finding]:
    """Who may read. me: the user who looks. database_files: PostgreSQL's own directory, where it is told."""
    if file.mode & 0o077:
        yield unsafe(
            SUBJECT,
            "keys-readable",
            f"Others than its owner may read {file.path} (mode {file.mode:o}).",
            f"chmod 600 {file.path}. If the machine has other users, think of the keys as known.",
        )
    beside = file.path.parent == data.path
    if (beside and file.owner not in (0, data.owner)) or me not in (0, file.owner):
        yield unsafe(
            SUBJECT,
            "keys-owner",
            f"{file.path} does not belong to the user that the house runs as.",
            f"chown it to the owner of {data.path}." if beside else "chown it to the user who serves that door.",
        )
    # Doors that are users of their own share a directory through their group, and have their keys elsewhere.
    if data.mode & (0o066 if beside else 0o006):
        yield unsafe(
            SUBJECT,
            "data-open",
            f"Others than its owner may look or write in {data.path} (mode {data.mode:o}).",
            f"chmod {'700' if beside else 'o='} {data.path}",
        )
    if database_files is not None and database_files in file.path.parents:
        yield unsafe(
            SUBJECT,
            "keys-in-database",
            f"{file.path} lies among the database's files: whoever copies them copies the keys.",
            "Move the data directory elsewhere.",
        )


def check_seed(keys: Mapping[str, Any], *, installed: bool) -> Iterator[Finding]:
    """installed: whether a real centre stands here. Its signing seed then lies within the house's ring alone."""
    if installed and SEED in keys:
        yield warning(
            SUBJECT,
            "seed-on-machine",
            "The centre's signing seed still lies in keys.json; whoever takes it can make the centre trust anybody.",
            "Finish the installation in the browser; it takes the seed off the machine.",
        )
