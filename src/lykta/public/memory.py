"""Published pages as bytes in memory, answered before Django, sessions or database are touched.

Knows nothing of Django. A new publication is noticed without a restart: `current` names the version.
"""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

from lykta.core.published import VOICE, pointed

type Answer = tuple[str, list[tuple[str, str]], bytes]
type Choices = dict[str, Answer]

BROKEN = (OSError, ValueError, KeyError)
"""What reading a version that is not whole can raise."""

INDEX = "index.json"
ENDINGS = {"identity": "", "gzip": ".gz", "br": ".br"}
BEST_FIRST = ("br", "gzip")
REMEMBERED_ACCEPTS = 512


def accepted(header: str) -> str:
    """The best of br, gzip and identity that an Accept-Encoding header allows; q=0 forbids.

    Identity is answered even where the header forbids it: a page is better than an error.
    """
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, params = part.partition(";")
        weights[name.strip()] = _weight(params)
    for name in BEST_FIRST:
        if weights.get(name, weights.get("*", 0.0)) > 0:
            return name
    return "identity"


def _weight(params: str) -> float:
    key, _, value = params.strip().partition("=")
    if key.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def status_line(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}"


def digest(body: bytes) -> str:
    """Tells a body that was written whole from one that was cut off."""
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def is_whole(folder: Path) -> bool:
    """Whether a version lies there, every file of it as it was written."""
    try:
        load(folder)
    except BROKEN:
        return False
    return True


def is_shut(folder: Path) -> bool:
    """Whether the version that is shown is of a centre that is not open yet. folder: of all versions."""
    with suppress(*BROKEN):
        index = json.loads((folder / pointed(folder)[0] / INDEX).read_text(encoding="utf-8"))
        return bool(index.get("shut"))
    return False


class Memory:
    """folder: where versions and `current` are. look_every: seconds between looks at it."""

    def __init__(self, folder: Path | str, *, look_every: float = 1.0) -> None:
        self._folder = Path(folder)
        self._look_every = look_every
        self._looked_at = float("-inf")
        self._version = ""
        self._answers: dict[str, Choices] = {}
        self._missing: dict[str, Choices] = {}
        self._shut = False
        self._accepts: dict[str, str] = {}
        # Before the first request: while one thread reads the pages, the others must not find nothing.
        self._look(time.monotonic())

    def answer(self, environ: Mapping[str, Any]) -> Answer | None:
        """The whole answer to a GET or HEAD of a published path; None for everything else."""
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            return None
        self._look_now_and_then()
        choices = self._answers.get(environ["PATH_INFO"])
        if choices is None:
            return None
        status, headers, body = choices[self._choice(environ)]
        return status, headers, body if method == "GET" else b""

    def is_shut(self) -> bool:
        """Whether what is published says that the centre is not open to the public yet."""
        self._look_now_and_then()
        return self._shut

    def missing(self, environ: Mapping[str, Any]) -> Answer | None:
        """The page that says there is nothing here, in the address's language; None before publishing."""
        self._look(time.monotonic())
        first = environ["PATH_INFO"].strip("/").partition("/")[0]
        choices = self._missing.get(first) or self._missing.get("")
        return choices[self._choice(environ)] if choices else None

    def _choice(self, environ: Mapping[str, Any]) -> str:
        header = environ.get("HTTP_ACCEPT_ENCODING", "")
        choice = self._accepts.get(header)
        if choice is None:
            if len(self._accepts) >= REMEMBERED_ACCEPTS:
                self._accepts.clear()
            choice = self._accepts[header] = accepted(header)
        return choice

    def _look_now_and_then(self) -> None:
        now = time.monotonic()
        if now - self._looked_at >= self._look_every:
            self._look(now)

    def _look(self, now: float) -> None:
        """Read the version that `current` names, if it is not ours. What cannot be read changes nothing; where nothing
        is held yet, as after the power was cut, another version that is whole is better than none.
        """
        self._looked_at = now
        version, _ = pointed(self._folder)
        if version and version != self._version and not self._take(version) and not self._version:
            any(self._take(other) for other in others(self._folder, version))

    def _take(self, version: str) -> bool:
        try:
            self._answers, self._missing, self._shut = load(self._folder / version)
        except BROKEN:
            return False
        self._version = version
        return True


def others(folder: Path, version: str) -> Iterator[str]:
    """Names of the other versions, the newest first."""
    with suppress(OSError):
        kept = [one for one in folder.glob("[!.]*") if one.name != version and (one / INDEX).exists()]
        yield from (one.name for one in sorted(kept, key=lambda one: one.stat().st_mtime, reverse=True))


def load(folder: Path) -> tuple[dict[str, Choices], dict[str, Choices], bool]:
    """Everything in one version: answers by path, "nothing here" by the first part of an address, and whether that is
    all there is because the centre is not open yet.

    A path that ends in a slash is also known without it and leads there.
    Raises OSError, ValueError, KeyError (BROKEN), also where a body is not as it was written.
    """
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    answers = {path: _choices(folder, entry) for path, entry in index["answers"].items()}
    for path in list(answers):
        if path != "/" and path.endswith("/"):
            answers.setdefault(path[:-1], _leads_to(path, index["answers"][path]["headers"]))
    if "voice" in index:
        _read(folder / VOICE, index["voice"])
    missing = {first: _choices(folder, entry) for first, entry in index["missing"].items()}
    return answers, missing, bool(index.get("shut"))


def _read(file: Path, written: str | None) -> bytes:
    body = file.read_bytes()
    if written is not None and digest(body) != written:
        raise ValueError(file.name)
    return body


def _choices(folder: Path, entry: Mapping[str, Any]) -> Choices:
    status, headers, file = status_line(entry["status"]), list(entry["headers"].items()), entry["file"]
    if not file:
        return dict.fromkeys(ENDINGS, (status, [*headers, ("Content-Length", "0")], b""))
    choices = {}
    for encoding, ending in ENDINGS.items():
        body = _read(folder / f"{file}{ending}", entry.get("digests", {}).get(encoding))
        coded = [] if encoding == "identity" else [("Content-Encoding", encoding)]
        choices[encoding] = (status, [*headers, *coded, ("Content-Length", str(len(body)))], body)
    return choices


def _leads_to(path: str, headers: Mapping[str, str]) -> Choices:
    quiet = [(name, value) for name, value in headers.items() if not name.startswith("Content-")]
    answer = (status_line(308), [*quiet, ("Location", path), ("Content-Length", "0")], b"")
    return dict.fromkeys(ENDINGS, answer)
