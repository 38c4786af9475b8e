"""Which publication is shown: one small file that names a folder beside it. Knows nothing of Django."""

from contextlib import suppress
from pathlib import Path

POINTER = "current"
VOICE = "voice.json"
"""Beside the pages: words and values (see core.voice)."""


def pointed(folder: Path) -> tuple[str, int]:
    """The version that is shown and the number of its publication; ("", 0) before the first."""
    with suppress(OSError, ValueError):
        version, _, number = (folder / POINTER).read_text(encoding="ascii").strip().partition(" ")
        return version, int(number or 0)
    return "", 0
