"""Facts of the machine and of the data directory. Changes nothing."""

import ctypes
import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from lykta.config.doctor.house import Files
from lykta.config.doctor.machine import Disk, Machine
from lykta.config.stamps import mark_of_pages
from lykta.core.published import POINTER, pointed
from lykta.public.memory import BROKEN, load

BACKUP_MARK = "backup.mark"
"""Touched by whatever makes backups, each time one is whole. Lykta's own comes with a later release."""
STA_UNSYNC = 0x40
TIMEX_BYTES = 208


def machine_of(*places: Path) -> Machine:
    """places: directories whose disks matter. Those that can't be looked at are left out."""
    return Machine(
        python=sys.version_info[:2],
        disks=list(_disks(places)),
        synchronised=_synchronised(),
        swaps=_open_swaps(),
        dumps=resource.getrlimit(resource.RLIMIT_CORE)[0] != 0,
        files=_most_files(),
    )


def _disks(places: tuple[Path, ...]) -> Iterator[Disk]:
    seen = set()
    for place in places:
        with suppress(OSError):
            if (device := place.stat().st_dev) not in seen:
                seen.add(device)
                yield disk_of(place)


def disk_of(place: Path) -> Disk:
    """Room for us, which is less than for root. Raises OSError."""
    found = os.statvfs(place)
    return Disk(
        path=str(place),
        free_bytes=found.f_bavail * found.f_frsize,
        free_share=found.f_bavail / max(1, found.f_blocks),
        free_inodes=found.f_favail if found.f_files else None,
    )


def _most_files() -> int:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]  # `serve` takes as many as it may have
    return sys.maxsize if most == resource.RLIM_INFINITY else most


def _synchronised() -> bool | None:
    """Whether the kernel's clock follows a time server; None where it can't be asked."""
    if not sys.platform.startswith("linux"):
        return None
    timex = (ctypes.c_byte * TIMEX_BYTES)()  # modes 0: nothing is changed
    if ctypes.CDLL(None).adjtimex(timex) < 0:
        return None
    status = ctypes.c_int.from_buffer(timex, 5 * ctypes.sizeof(ctypes.c_long)).value
    return not status & STA_UNSYNC


def _open_swaps() -> list[str]:
    """Where the kernel may write memory: not on a compressed device in memory, nor on an encrypted one."""
    try:
        lines = Path("/proc/swaps").read_text(encoding="utf-8").splitlines()[1:]
    except OSError:
        return []
    places = [line.split()[0] for line in lines if line.strip()]
    return [place for place in places if "zram" not in place and not _encrypted(Path(place))]


def _encrypted(device: Path) -> bool:
    name = device.resolve().name
    with suppress(OSError):
        return (Path("/sys/block") / name / "dm/uuid").read_text(encoding="utf-8").startswith("CRYPT-")
    return False


def files_of(data: Path, *, now: float | None = None) -> Files:
    """Published pages and the last backup. now: seconds since 1970; the present moment when left out."""
    marked = data / "published.mark"
    today = marked.exists() and marked.read_text(encoding="utf-8") == mark_of_pages()
    try:
        pages, trouble = _pages(data / "published"), ""
    except BROKEN as why:
        pages, trouble = 0, type(why).__name__
    return Files(pages, today, _backup_days(data / BACKUP_MARK, now or time.time()), trouble)


def _pages(folder: Path) -> int:
    """Answers that stand ready; 0 where nothing was ever published. Raises what `load` raises."""
    version, _ = pointed(folder)
    if not version:
        if (folder / POINTER).exists():
            raise ValueError(POINTER)
        return 0
    return len(load(folder / version)[0])


def _backup_days(mark: Path, now: float) -> float | None:
    return (now - mark.stat().st_mtime) / 86_400 if mark.exists() else None
