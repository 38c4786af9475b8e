"""A site as files: the folder that memory reads, and a copy that any web server can serve."""

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lykta.public.memory import ENDINGS, INDEX, POINTER
from lykta.public.rendered import Rendered, Site

QUIET_SERVER = (
    "access_log off;",
    "server_tokens off;",
    "absolute_redirect off;",
    "etag off;",
    "gzip_static on;",
    "charset utf-8;",
    "charset_types application/javascript text/plain;",
)
KEPT_VERSIONS = 2  # the one that is read now, and the one before it for whoever is reading it still


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
    digest = hashlib.sha256()
    for path, answer in [*sorted(site.answers.items()), *sorted(site.missing.items())]:
        digest.update(json.dumps([path, answer.status, sorted(answer.headers.items())]).encode())
        digest.update(answer.body)
    return digest.hexdigest()[:16]


def write_tree(site: Site, folder: Path) -> None:
    """Every body, plain and compressed, and the index with status and headers of each."""
    index = {
        "answers": {path: _write(answer, file_of(path), folder) for path, answer in sorted(site.answers.items())},
        "missing": {
            first: _write(answer, f"{first}/404.html".lstrip("/"), folder)
            for first, answer in sorted(site.missing.items())
        },
    }
    (folder / INDEX).write_text(json.dumps(index, indent=1, ensure_ascii=False), encoding="utf-8")


def _write(answer: Rendered, file: str, folder: Path) -> dict[str, object]:
    if not answer.body:
        return {"status": answer.status, "headers": dict(answer.headers), "file": ""}
    place = folder / file
    place.parent.mkdir(parents=True, exist_ok=True)
    for encoding, body in answer.bodies.items():
        place.with_name(place.name + ENDINGS[encoding]).write_bytes(body)
    return {"status": answer.status, "headers": dict(answer.headers), "file": file}


def publish(site: Site, folder: Path) -> Published:
    """Write a new version beside the old one, then point to it. A reader sees old or new, never half."""
    version = version_of(site)
    done = Published(version=version, folder=folder, answers=len(site.answers), is_new=not points_to(folder, version))
    if done.is_new:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / version / INDEX).exists():
            _place_whole(site, folder / version)
        _point(folder, version)
        _forget_older(folder, version)
    return done


def points_to(folder: Path, version: str) -> bool:
    pointer = folder / POINTER
    return pointer.exists() and pointer.read_text(encoding="ascii").strip() == version


def _place_whole(site: Site, target: Path) -> None:
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    fresh.chmod(0o755)
    write_tree(site, fresh)
    if target.exists():
        shutil.rmtree(target)
    fresh.rename(target)


def _point(folder: Path, version: str) -> None:
    fresh = folder / f".{POINTER}"
    with fresh.open("w", encoding="ascii") as file:
        file.write(version)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / POINTER)


def _forget_older(folder: Path, version: str) -> None:
    versions = [one for one in folder.iterdir() if one.is_dir() and (one / INDEX).exists() and one.name != version]
    versions.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    for old in versions[KEPT_VERSIONS - 1 :]:
        shutil.rmtree(old)


def export(site: Site, folder: Path) -> Published:
    """Plain files with .br and .gz beside them, `index.json` and an nginx snippet. The folder may exist."""
    folder.mkdir(parents=True, exist_ok=True)
    write_tree(site, folder)
    (folder / "nginx.conf").write_text(nginx(site), encoding="utf-8")
    return Published(version=version_of(site), folder=folder, answers=len(site.answers), is_new=True)


def nginx(site: Site) -> str:
    """One location for each answer, to be included in a server block whose root is the folder."""
    lines = ["# include inside server { root <this folder>; }", *QUIET_SERVER]
    for path, answer in sorted(site.answers.items()):
        lines += _location(f"= {path}", answer, file_of(path))
    for first, answer in sorted(site.missing.items()):
        page = f"{first}/404.html".lstrip("/")
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
