"""A door's own keys: the few of the house's that one door needs, for a user or a machine that serves it alone."""

import argparse
import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lykta.config.ground import GroundError
from lykta.config.keys import SEED, VERIFY
from lykta.core.keyfile import NAME, read, replace

OF_EVERY_DOOR = ("centre", VERIFY)
OF_DOOR = {
    "public": ("pepper", "site_salt"),  # a visitor's code leads to her dialogue
    "agency": (),
    "staff": ("totp_key", "anchor_seed"),  # second factors; the log's anchor, given to who asks for it
    "worker": ("worker_seed", "anchor_seed"),  # what is to be sent later; the anchor that is sent each day
}
"""What each door needs besides its own password of the database. No door needs what another has alone."""


def keys_of_door(keys: Mapping[str, Any], door: str) -> dict[str, Any]:
    """The smaller set of keys with which a machine or a user serves one door and can open no other.

    Raises ValueError while the centre is not installed: until then the signing seed lies among the keys.
    """
    if SEED in keys:
        raise ValueError("the centre is not installed yet, its signing seed still lies among the keys")
    login = f"lykta_{door}"
    small = {name: keys[name] for name in (*OF_EVERY_DOOR, *OF_DOOR[door])}
    # Sealing nothing, but signing what a browser brings back: one door's must not do for another.
    secret = hmac.digest(bytes.fromhex(keys["secret_key"]), f"door {door}".encode(), hashlib.sha384).hex()
    return {"door": door, **small, "secret_key": secret, "database": {login: keys["database"][login]}}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which door, and where to."""
    parser.add_argument("--door", choices=OF_DOOR, required=True, help="the door these keys are to open")
    parser.add_argument("--to", metavar="DIR", type=Path, required=True, help="directory for the file keys.json")


def give(options: argparse.Namespace, key_file: Path) -> int:
    """Write a door's own keys, readable by nobody but us. Raises GroundError."""
    keys = read(key_file)
    place = options.to / NAME
    if not keys or "door" in keys:
        raise GroundError(f"{key_file} does not hold the keys of a whole house.")
    if place.resolve() == key_file.resolve():
        raise GroundError(f"{place} holds the keys of the whole house. Name another directory.")
    try:
        small = keys_of_door(keys, options.door)
        options.to.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace(place, small)
    except ValueError as why:
        raise GroundError(f"No keys were written: {why}.") from why
    except OSError as why:
        raise GroundError(f"{why.filename or place} can't be written ({why.strerror}).") from why
    print(f"The keys of the door {options.door} are in {place}. Let only the user who serves that door read them.")
    return 0
