"""Short marks of what the code is now, so that a start does only what has changed since the last one."""

import hashlib
from importlib.metadata import version
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
WITH_TABLES = ("Django", "django-allauth", "procrastinate")
"""Packages that bring migrations of their own."""


def mark_of_tables() -> str:
    """Changes with any migration, ours or a package's."""
    ours = [path for path in _files() if path.parent.name == "migrations" or path.suffix == ".sql"]
    return _mark(ours, *(version(package) for package in WITH_TABLES))


def mark_of_pages() -> str:
    """Changes with anything a public page is made of; tests aside, that may be any file of the house."""
    return _mark(_files())


def _files() -> list[Path]:
    left_out = {"tests", "__pycache__"}
    return sorted(p for p in HOUSE.rglob("*.*") if not left_out & set(p.relative_to(HOUSE).parts) and p.is_file())


def _mark(files: list[Path], *more: str) -> str:
    digest = hashlib.sha256("\0".join(more).encode())
    for path in files:
        digest.update(f"\0{path.relative_to(HOUSE)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
