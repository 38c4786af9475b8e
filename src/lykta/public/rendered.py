"""One answer, ready as bytes: what publishing makes, files keep and memory hands out."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field

import brotli

CAREFUL, QUICK = 10, 8
"""Brotli's qualities: the careful one makes a page six in a hundred smaller and takes fourteen times as long."""


@dataclass(frozen=True)
class Rendered:
    """status: HTTP status. headers: all but length and encoding. body: as it is read, not compressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def bodies(self) -> dict[str, bytes]:
        """By content encoding, as small as they become."""
        return self.pressed(CAREFUL)

    def pressed(self, quality: int) -> dict[str, bytes]:
        """By content encoding. An empty body has no compressed forms."""
        if not self.body:
            return {"identity": b""}
        return {
            "identity": self.body,
            "gzip": gzip.compress(self.body, 9, mtime=0),
            "br": brotli.compress(self.body, mode=brotli.MODE_TEXT, quality=quality),
        }


@dataclass(frozen=True)
class Site:
    """answers: by path. missing: body of the "nothing here" page by language code. voice: see core.voice.

    shut: the centre is not open to the public yet, and nothing but this may be answered.
    """

    answers: Mapping[str, Rendered]
    missing: Mapping[str, Rendered] = field(default_factory=dict)
    voice: bytes = b""
    shut: bool = False
