"""A site as files: the folder that memory reads, and a copy that any web server can serve.

Publishing there has two halves. `lay_out` puts a whole version beside the old one and shows nothing; `point` is one
rename. Whatever breaks in between (a full disk, a killed process) leaves the old version standing, untouched.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lykta.core.published import POINTER, VOICE, pointed
from lykta.public.memory import ENDINGS, INDEX, digest, is_whole
from lykta.public.rendered import CAREFUL, QUICK, Rendered, Site

JUST_NOW_SECONDS = 600
FEW = 100  # bodies that can be pressed with care while somebody waits
HALVES = os.cpu_count() or 1  # brotli lets go of the interpreter while it works


@dataclass(frozen=True)
class Published:
    """What was done. is_new: False when the same bytes were already there."""

    version: str
    folder: Path
    answers: int
    is_new: bool


def file_of(path: str) -> str:
    """`/en/` -> `en/index.html`; `/robots.txt` -> `robots.txt`."""
    return f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/")


def version_of(site: Site) -> str:
    """The same answers give the same version, whenever they are made."""
    found = hashlib.sha256()
    for path, answer in [*sorted(site.answers.items()), *sorted(site.missing.items())]:
        found.update(json.dumps([path, answer.status, sorted(answer.headers.items())]).encode())
        found.update(answer.body)
    found.update(site.voice)
    return found.hexdigest()[:16]


def write_tree(site: Site, folder: Path, *, before: Path | None = None) -> None:
    """Every body, plain and compressed, and the index with status, headers and digests of each.

    before: a version whose bodies are taken over where they say the same, so that only what has changed is compressed.
    Raises OSError.
    """
    places = {file_of(path): answer for path, answer in sorted(site.answers.items())}
    places |= {_missing_file(first): answer for first, answer in sorted(site.missing.items())}
    same = {file: bodies for file, one in places.items() if (bodies := _taken_over(one.body, file, before))}
    quality = CAREFUL if len(places) - len(same) <= FEW else QUICK

    def write(file: str, answer: Rendered) -> dict[str, object]:
        return _write(file, answer, same.get(file) or answer.pressed(quality), folder)

    with ThreadPoolExecutor(HALVES) as hands:
        written = dict(zip(places, hands.map(write, places, places.values()), strict=True))
    index: dict[str, object] = {
        "answers": {path: written[file_of(path)] for path in sorted(site.answers)},
        "missing": {first: written[_missing_file(first)] for first in sorted(site.missing)},
    }
    if site.shut:
        index["shut"] = True
    if site.voice:
        (folder / VOICE).write_bytes(site.voice)
        index["voice"] = digest(site.voice)
    with (folder / INDEX).open("w", encoding="utf-8") as file:
        json.dump(index, file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())


def _missing_file(first: str) -> str:
    return f"{first}/404.html".lstrip("/")


def _write(file: str, answer: Rendered, bodies: Mapping[str, bytes], folder: Path) -> dict[str, object]:
    entry: dict[str, object] = {"status": answer.status, "headers": dict(answer.headers), "file": ""}
    if not answer.body:
        return entry
    place = folder / file
    place.parent.mkdir(parents=True, exist_ok=True)
    for encoding, body in bodies.items():
        place.with_name(place.name + ENDINGS[encoding]).write_bytes(body)
    return entry | {"file": file, "digests": {encoding: digest(body) for encoding, body in bodies.items()}}


def _taken_over(body: bytes, file: str, before: Path | None) -> dict[str, bytes] | None:
    """The compressed forms of an earlier version, where it said the same; None where it did not."""
    if before is None or not body:
        return None
    old = before / file
    with suppress(OSError):
        if old.read_bytes() == body:
            return {encoding: old.with_name(old.name + ending).read_bytes() for encoding, ending in ENDINGS.items()}
    return None


def publish(site: Site, folder: Path) -> Published:
    """Write a new version beside the old one, then point to it. A reader sees old or new, never half.

    Raises OSError.
    """
    done = lay_out(site, folder)
    if done.is_new:
        point(folder, done.version, pointed(folder)[1] + 1)
    return done


def lay_out(site: Site, folder: Path) -> Published:
    """Write the whole version beside the one that is read now, and show nothing yet. What cannot be written whole is
    taken away again. Raises OSError.
    """
    version, (now, _) = version_of(site), pointed(folder)
    is_new = version != now or not is_whole(folder / version)
    done = Published(version=version, folder=folder, answers=len(site.answers), is_new=is_new)
    if is_new:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if not is_whole(folder / version):
                _place_whole(site, folder / version, before=folder / now if now else None)
            # The pointer stands ready as well: after this nothing more has to find room on the disk.
            _ready_pointer(folder, version)
    return done


def point(folder: Path, version: str, number: int) -> bool:
    """Show the version that lies there. number: of the publication; gives False, and changes nothing, where a later
    one is shown already or nothing lies there. Raises OSError.
    """
    with _alone(folder):
        before, shown = pointed(folder)
        if shown >= number or not (folder / version / INDEX).exists():
            return False
        fresh = folder / f".{POINTER}-{version}"
        if not fresh.exists():
            _ready_pointer(folder, version)
        with fresh.open("r+", encoding="ascii") as file:
            file.write(_pointer(version, number))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / POINTER)
        _forget(folder, kept={version, before})
    return True


def _pointer(version: str, number: int) -> str:
    return f"{version} {number:012d}\n"


def _ready_pointer(folder: Path, version: str) -> None:
    (folder / f".{POINTER}-{version}").write_text(_pointer(version, 0), encoding="ascii")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time writes here; a dead one holds nothing."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _place_whole(site: Site, target: Path, *, before: Path | None) -> None:
    for left in target.parent.glob(".new-*"):  # of a process that was killed: whoever writes here now is alone
        shutil.rmtree(left, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        fresh.chmod(0o755 | target.parent.stat().st_mode & 0o020)  # whoever may publish may clear away
        write_tree(site, fresh, before=before)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _forget(folder: Path, *, kept: set[str]) -> None:
    """Keep the version that is read now, the one before it for whoever is reading it still, and what has just been
    laid out by somebody else, to be pointed to in a moment.
    """
    for old in folder.glob(f"*/{INDEX}"):
        if old.parent.name not in kept and time.time() - old.stat().st_mtime > JUST_NOW_SECONDS:
            shutil.rmtree(old.parent, ignore_errors=True)
    for left in folder.glob(f".{POINTER}-*"):
        left.unlink(missing_ok=True)


def export(site: Site, folder: Path) -> Published:
    """Plain files with .br and .gz beside them, `index.json` and an nginx snippet. The folder may exist."""
    folder.mkdir(parents=True, exist_ok=True)
    write_tree(site, folder)
    (folder / "nginx.conf").write_text(nginx(site), encoding="utf-8")
    return Published(version=version_of(site), folder=folder, answers=len(site.answers), is_new=True)


QUIET_SERVER = (
    "access_log off;",
    "server_tokens off;",
    "absolute_redirect off;",
    "etag off;",
    "gzip_static on;",
    "charset utf-8;",
    "charset_types application/javascript text/plain;",
)


def nginx(site: Site) -> str:
    """One location for each answer, to be included in a server block whose root is the folder."""
    lines = ["# include inside server { root <this folder>; }", *QUIET_SERVER]
    for path, answer in sorted(site.answers.items()):
        lines += _location(f"= {path}", answer, file_of(path))
    for first, answer in sorted(site.missing.items()):
        page = _missing_file(first)
        lines += _location(f"= /{page}", answer, page, also="internal;")
        lines.append(f"location /{first} {{ error_page 404 /{page}; try_files /none =404; }}")
    return "\n".join([*lines, ""])


def _location(match: str, answer: Rendered, file: str, *, also: str = "") -> list[str]:
    """nginx sets the type itself, from the file's name; the length and the encoding as well."""
    sent = [(name, value) for name, value in answer.headers.items() if name not in {"Content-Type", "Location"}]
    quoted = [(name, f"'{value}'" if '"' in value else f'"{value}"') for name, value in sent]
    leads_to = answer.headers.get("Location")
    last = f"return {answer.status} {leads_to};" if leads_to else f"try_files /{file} =404;"
    inner = [
        *([also] if also else []),
        *(f"add_header {name} {value} always;" for name, value in quoted),
        last,
    ]
    return [f"location {match} {{", *(f"  {line}" for line in inner), "}"]
