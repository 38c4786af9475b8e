"""The machine: room on its disks, its clock, and places where memory could be written down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lykta.config.doctor.findings import Finding, listed, unsafe, warning

SUBJECT = "machine"
OLDEST_PYTHON = (3, 12)
MEGA = 1_000_000
LITTLE_BYTES = 1_000 * MEGA
NO_BYTES = 100 * MEGA
LITTLE_SHARE = 0.05
FEWEST_FILES = 4096
LITTLE_INODES = 10_000


@dataclass(frozen=True)
class Disk:
    """Room where one directory lies. inodes: None where the file system does not count them."""

    path: str
    free_bytes: int
    free_share: float
    free_inodes: int | None


@dataclass(frozen=True)
class Machine:
    """Facts of the machine we run on. None: it does not tell.

    synchronised: whether its clock follows a time server. swaps: places memory may be written to, in clear.
    dumps: whether a crash may write memory to a file. files: how many a process may open at most.
    """

    python: tuple[int, int]
    disks: Sequence[Disk]
    synchronised: bool | None
    swaps: Sequence[str]
    dumps: bool
    files: int


def check_machine(machine: Machine) -> Iterator[Finding]:
    """Everything about the machine."""
    if machine.python < OLDEST_PYTHON:
        yield unsafe(SUBJECT, "python-old", f"Python {_dotted(machine.python)} is too old.", "Install 3.12 or newer.")
    for disk in machine.disks:
        yield from _disk(disk)
    if machine.synchronised is False:
        yield warning(
            SUBJECT,
            "clock-alone",
            "The machine's clock follows no time server; one-time codes and the day of forgetting depend on it.",
            "Install systemd-timesyncd or chrony, and look with timedatectl.",
        )
    if machine.swaps:
        yield warning(
            SUBJECT,
            "swap-open",
            f"Memory may be written to {listed(machine.swaps)} in clear, with words that are read just then.",
            "swapoff -a and take it from /etc/fstab, or encrypt it.",
        )
    if machine.dumps:
        yield warning(
            SUBJECT,
            "core-dumps",
            "A crash may write a program's memory to a file.",
            "Set LimitCORE=0 for the service (the units in deploy/ do), or ulimit -c 0.",
        )
    if machine.files < FEWEST_FILES:
        yield warning(
            SUBJECT,
            "few-files",
            f"A process may open {machine.files} files; with many visitors at once some would wait.",
            f"Set LimitNOFILE={FEWEST_FILES} or more for the service (the units in deploy/ do).",
        )


def _disk(disk: Disk) -> Iterator[Finding]:
    if disk.free_bytes < NO_BYTES:
        yield unsafe(
            SUBJECT,
            "disk-full",
            f"The disk of {disk.path} is full ({disk.free_bytes // MEGA} MB left): soon nothing can be written.",
            "Make room. What can't be stored is told to whoever writes; nothing is lost.",
        )
    elif disk.free_bytes < LITTLE_BYTES or disk.free_share < LITTLE_SHARE:
        yield warning(
            SUBJECT, "disk-little", f"The disk of {disk.path} has {disk.free_bytes // MEGA} MB left.", "Make room."
        )
    if disk.free_inodes is not None and disk.free_inodes < LITTLE_INODES:
        yield warning(
            SUBJECT,
            "inodes-few",
            f"The disk of {disk.path} can take {disk.free_inodes} more files.",
            "Remove small files, or make a larger file system.",
        )


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))
