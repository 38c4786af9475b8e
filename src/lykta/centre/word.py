"""The one-time word: printed when an empty house is started, asked for before anything is installed.

Only its hash is kept, in a file of the data directory that this user alone reads. A hundred random bits need no slow
hash. The file also tells every process, without asking the database, that the house is empty.
"""

import hmac
import json
import secrets
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from lykta.core import keyfile
from lykta.sealing.paper import SIGNS

LENGTH = 20
MOST_TRIES = 20
"""Wrong words until a new one must be made by starting the house anew."""


def make() -> str:
    """A new word, in groups of four; the earlier one is worth nothing from now on."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    keyfile.replace(_file(), {"word": _hash(signs)})
    return "-".join(signs[at : at + 4] for at in range(0, LENGTH, 4))


def fits(typed: str) -> bool:
    """Whether this is the word, however it is spaced and whatever O, I and L were taken for."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(str.maketrans("OIL", "011"))
    kept = _kept()
    return bool(kept) and hmac.compare_digest(_hash(signs), kept)


def is_waiting() -> bool:
    """Whether a word has been made and nothing is installed yet."""
    return _file().exists()


def forget() -> None:
    """The centre stands: no word is of use any more."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.LYKTA_DATA) / "installation.json"


def _kept() -> str:
    try:
        kept = json.loads(_file().read_text(encoding="utf-8")).get("word", "")
    except (OSError, ValueError):
        return ""
    return kept if isinstance(kept, str) else ""


def _hash(signs: str) -> str:
    return sha256(f"lykta installation {signs}".encode()).hexdigest()
