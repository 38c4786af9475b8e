"""The embedded database: one PostgreSQL per data directory, reached by a socket only.

Durable (fsync, synchronous commit, checksummed pages) and silent: its log gets no statement and no value.
Where it lies and as whom it runs: place.py.
"""

import fcntl
import os
import secrets
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

from psycopg.conninfo import make_conninfo

from lykta.config.keys import make_keys
from lykta.config.place import ClusterError, Place, home_of, run_as, settle, socket_of
from lykta.core.keyfile import NAME, locked

__all__ = ["Cluster", "ClusterAddress", "ClusterError"]

SUPERUSER = "postgres"
PATIENCE_SECONDS = 60

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "60",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "max_wal_size": "256MB",
    # A log line must never hold what somebody wrote: no statements, no values, no details, no failed queries.
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_connections": "off",
    "log_disconnections": "off",
    "log_lock_waits": "off",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    "log_temp_files": "-1",
}


@dataclass(frozen=True)
class ClusterAddress:
    """How to reach the cluster. host is the directory of its socket."""

    host: str
    port: int = 5432
    dbname: str = "lykta"
    superuser: str = SUPERUSER

    def dsn(self, user: str, password: str, dbname: str | None = None) -> str:
        """Connection string for psycopg; dbname defaults to Lykta's own database."""
        return make_conninfo(host=self.host, port=self.port, dbname=dbname or self.dbname, user=user, password=password)


def prepare(data: Path, key_file: Path) -> str:
    """Make the data directory and the keys where they are missing; gives the installation's id.

    Raises ClusterError with one sentence and a hint.
    """
    try:
        # Others may pass through root's data directory: the database's own user must get to its part.
        data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        return str(make_keys(key_file)["id"])
    except ValueError as why:
        raise ClusterError(f"{why}. Restore it from your copy; do not make a new one.") from why
    except OSError as why:
        raise ClusterError(
            f"{why.filename or data} can't be used ({why.strerror}). Choose another with --data."
        ) from why


class Cluster:
    """The cluster that belongs to one data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data.absolute()

    def prepare(self) -> str:
        """Make the data directory and its keys where they are missing; gives the installation's id."""
        return prepare(self.data, self.data / NAME)

    def address(self) -> ClusterAddress:
        """Where the cluster is or will be reached; starts nothing and makes nothing."""
        return ClusterAddress(host=str(socket_of(home_of(self.data))))

    def running(self) -> bool:
        """Does a server of ours answer for these files?"""
        return _state(home_of(self.data) / "data") == "ready"

    def crashed(self) -> bool:
        """Did the server end without being asked? One that is stopped in order takes its mark away."""
        files = home_of(self.data) / "data"
        return (files / "postmaster.pid").exists() and _state(files) is None

    def ensure(self) -> ClusterAddress:
        """Make the cluster where it is missing, start it where it is stopped. Two processes may call at once.

        Raises ClusterError with one sentence and a hint.
        """
        identity = self.prepare()
        with locked(self.data / "pg.lock"):
            if not self.running():
                place = settle(self.data, identity)
                if not (place.files / "PG_VERSION").exists():
                    _create(place, make_keys(self.data / "keys.json")["database"][SUPERUSER])
                _start(place)
        return self.address()

    def stop(self) -> None:
        """Stop the server if it runs: open transactions are rolled back, what was acknowledged is on disk."""
        with locked(self.data / "pg.lock"):
            self._stop()

    @contextmanager
    def using(self) -> Iterator[ClusterAddress]:
        """Have the cluster running for as long as the block lasts; the last of several users stops it.

        A user that was killed counts as gone, since the system lets go of its lock.
        """
        self.prepare()
        descriptor = os.open(self.data / "pg.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            yield self.ensure()
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()
            os.close(descriptor)

    def remove(self) -> None:
        """Stop the server and delete its files, also outside the data directory. There is no way back."""
        home = home_of(self.data)
        with locked(self.data / "pg.lock"):
            self._stop()
            shutil.rmtree(socket_of(home), ignore_errors=True)
            shutil.rmtree(home, ignore_errors=True)
            if (self.data / "pg.place").exists():
                shutil.rmtree(home.parent, ignore_errors=True)
                (self.data / "pg.place").unlink()

    def _stop(self) -> None:
        if _state(home_of(self.data) / "data") is None:
            return
        place = settle(self.data, self.prepare())
        done = _pg_ctl(place, "stop", "-m", "fast")
        if done.returncode and _state(place.files):
            raise ClusterError(f"PostgreSQL does not stop. See {place.log}.")


def _state(files: Path) -> str | None:
    """'ready', 'starting' and so on, as the server wrote it; None when no server of ours has these files."""
    try:
        lines = (files / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return lines[7].strip() if _is_ours(int(lines[0]), files) else None
    except (OSError, ValueError):
        return None
    except IndexError:
        return "starting"


def _is_ours(pid: int, files: Path) -> bool:
    """Is the process a PostgreSQL on these files? After kill -9 the number may belong to somebody else."""
    try:
        return os.fsencode(files) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:
        return not Path("/proc/self").exists() and _alive(pid)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _create(place: Place, password: str) -> None:
    """initdb, with a password on every way in; put in place in one step: a killed try leaves no half."""
    new = place.home / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    secret = place.home / f"new-{secrets.token_hex(6)}"
    descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(password)
            if place.account is not None:
                os.fchown(file.fileno(), place.account.uid, place.account.gid)
        flags = ["--auth=scram-sha-256", f"--pwfile={secret}", f"--username={SUPERUSER}", "--data-checksums"]
        # The provider built in sorts the same on every machine and in every version; the system's may change.
        flags += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command = [str(place.programs / "initdb"), "-D", str(new), *flags]
        done = run_as(place.account, command, cwd=place.home)
    finally:
        secret.unlink()
    if done.returncode:
        raise ClusterError(f"The database can't be made in {place.files}: {_last_line(done.stdout)}")
    new.rename(place.files)


def _start(place: Place) -> None:
    _refuse_other_version(place)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (state := _state(place.files)) != "ready":
        if state is None:
            _clear_stale(place)
            done = _pg_ctl(place, "start", "-l", str(place.log), "-o", _options(place))
            if not done.returncode:
                return
        # Another's start may be under way, or processes of a killed server hold its memory a little longer.
        passing = state is not None or "still in use" in _reason(place)
        if not passing or time.monotonic() > deadline:
            raise ClusterError(f"PostgreSQL does not start: {_reason(place)} See {place.log}.")
        time.sleep(0.3)


def _pg_ctl(place: Place, deed: str, *flags: str) -> CompletedProcess[str]:
    waiting = ["--silent", "--wait", "-t", str(PATIENCE_SECONDS)]
    command = [str(place.programs / "pg_ctl"), deed, "-D", str(place.files), *waiting, *flags]
    return run_as(place.account, command, cwd=place.home)


def _options(place: Place) -> str:
    """Settings as arguments of the server: a newer version of Lykta changes them without touching files."""
    directory = str(place.socket).replace('"', '""')
    values = {**SETTINGS, "unix_socket_directories": f'"{directory}"'}
    return shlex.join([f"--{name}={value}" for name, value in values.items()])


def _clear_stale(place: Place) -> None:
    """Remove what a killed server left when another program has got its number; PostgreSQL would refuse."""
    for trace in (place.files / "postmaster.pid", place.socket / ".s.PGSQL.5432.lock"):
        with suppress(OSError, ValueError, IndexError):
            if _alive(int(trace.read_text(encoding="utf-8").splitlines()[0])):
                trace.unlink()


def _refuse_other_version(place: Place) -> None:
    made_by = (place.files / "PG_VERSION").read_text(encoding="utf-8").strip()
    told = run_as(place.account, [str(place.programs / "postgres"), "--version"], cwd=place.home).stdout
    if f" {made_by}." not in told:
        raise ClusterError(f"The data is of PostgreSQL {made_by}, the program is {told.strip()}. Dump and restore it.")


def _reason(place: Place) -> str:
    try:
        lines = place.log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    fatal = [line for line in lines[-20:] if "FATAL" in line]
    return _last_line("\n".join(fatal or lines))


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no word why."
