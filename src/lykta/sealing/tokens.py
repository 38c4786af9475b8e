"""What a browser holds: a random token whose halves never meet at rest.

From the token follow, one-way, the name of a row and the key that opens it. The database has the row, the browser has
the token; neither alone opens anything.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from lykta.sealing.passwords import derive
from lykta.sealing.words import Place, seal, unseal

TOKEN_BYTES = 32


@dataclass(frozen=True)
class Held:
    """Row name and key that follow from a browser's token."""

    row: str
    key: bytes

    def __repr__(self) -> str:
        return f"Held({self.row[:8]})"


def new_token() -> str:
    """A token for a cookie: 256 bits, hexadecimal."""
    return secrets.token_hex(TOKEN_BYTES)


def held_by(token: str, kind: str) -> Held:
    """What follows from a token, for one kind of row ("session", "visit"). Any text gives something; only one fits."""
    secret = derive(token.encode()[:64].ljust(16, b"\0"), f"{kind} secret")
    return Held(derive(secret, f"{kind} row").hex(), derive(secret, f"{kind} key"))


def _place(kind: str, held: Held) -> Place:
    row = UUID(hex=held.row[:32])
    return Place(kind, row, "content", row)


def seal_for(kind: str, held: Held, content: bytes) -> bytes:
    """Seal a row's content under the browser's half."""
    return seal(held.key, _place(kind, held), content)


def unseal_for(kind: str, held: Held, sealed: bytes) -> bytes:
    """Open a row's content with the browser's half. Raises CannotOpen."""
    return unseal(held.key, _place(kind, held), sealed)
