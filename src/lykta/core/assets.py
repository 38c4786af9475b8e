"""Sheets and scripts of the staff pages, held in memory under an address that changes with their content."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import allauth.mfa

from lykta.core.styles import STAFF, sheet

OURS = Path(__file__).parent / "static" / "lykta"
THEIRS = Path(allauth.mfa.__file__).parent / "static" / "mfa" / "js"

type Answer = tuple[str, list[tuple[str, str]], bytes]


@cache
def contents() -> dict[str, tuple[str, bytes]]:
    """Name -> kind and bytes of every asset staff pages may load."""
    scripts = {p.name: p for folder in (OURS, THEIRS) for p in folder.glob("*.js")}
    found = {name: ("text/javascript", path.read_bytes()) for name, path in scripts.items()}
    return found | {"staff.css": ("text/css", sheet(*STAFF).css.encode())}


@cache
def address(name: str) -> str:
    """Where an asset is found. Raises KeyError for one that does not exist."""
    return f"/static/{sha256(contents()[name][1]).hexdigest()[:16]}/{name}"


def assets() -> dict[str, Answer]:
    """Every asset as a whole answer, by address. They may be kept for ever: another content has another address."""
    return {address(name): _answer(*contents()[name]) for name in contents()}


def _answer(kind: str, body: bytes) -> Answer:
    headers = [
        ("Content-Type", f"{kind}; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "public, max-age=31536000, immutable"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
    return "200 OK", headers, body
