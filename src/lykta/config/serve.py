"""`lykta serve`: lays the ground, keeps server and worker alive, and puts everything out in good order."""

import argparse
import ctypes
import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from lykta.config.cluster import Cluster
from lykta.config.env import DOORS, refuse_other_roles
from lykta.config.ground import GroundError, ask, ground, run
from lykta.config.keys import SEED, make_keys
from lykta.config.stamps import mark_of_pages
from lykta.core import keyfile
from lykta.core.keyfile import locked
from lykta.public.memory import is_shut

READY_SECONDS = 60
STOP_SECONDS = 8
MOST_WORKERS = 64
REST_SECONDS = 5
"""Least time between two starts of the same part, so that a part that can't live does not eat the machine."""

WORKER = ["django", "procrastinate", "worker", "--delete-jobs", "successful"]
"""A job that is done leaves no row: some are done every few seconds, for years."""

ADDRESSES = {
    "public": ("Allmänheten (public)", "/"),
    "staff": ("Personalen (staff)", "/personal/"),
    "agency": ("Samverkan (agencies)", "/samverkan/"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Flags of `lykta serve`, which are those of ./start."""
    parser.add_argument("--door", choices=DOORS, default="all", help="which door this process serves (default: all)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=_workers, default=1, help="server processes (default: 1)")
    parser.add_argument("--empty", action="store_true", help="start without the demo centre, now and later")


def serve(options: argparse.Namespace, data: Path) -> int:
    """Serve until SIGTERM, SIGINT or SIGHUP; then stop server, worker, and the database if nobody uses it.

    Gives the exit status: 0 also when the house is lit already, which is told with its address.
    Raises GroundError, SettingsError and what `ground` raises.
    """
    refuse_other_roles(os.environ)
    Cluster(data).prepare()
    with _alone(data / f"serve-{options.door}.lock", _url(options)) as elsewhere:
        if elsewhere:
            print(f"Lykta är redan tänd (already running): {elsewhere}")
            if (data / "furnished").exists() and "LYKTA_DATABASE_URL" not in os.environ and not Cluster(data).running():
                _tell("Men databasen var stoppad, den tänds (the database was stopped, starting it)")
                Cluster(data).ensure()
            return 0
        _refuse_taken_port(options.host, options.port)
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, signal.default_int_handler)
        try:
            _serve(options, data)
        except KeyboardInterrupt:
            print("Lykta är släckt (stopped).", flush=True)
    return 0


def _serve(options: argparse.Namespace, data: Path) -> None:
    _tell("Databasen tänds (database)")
    with ground(data) as surroundings:
        surroundings["LYKTA_DOOR"] = options.door
        _refuse_unsafe(surroundings, options.host)
        with locked(data / "furnish.lock"):
            word = _furnish(options, data, surroundings)
        parts = {"server": Part(_server(options), surroundings)}
        if options.door in ("all", "staff"):
            worker = {**surroundings, "LYKTA_DB_ROLE": "lykta_worker"}
            parts["worker"] = Part(WORKER, worker)
        try:
            parts["server"].start()
            _wait_ready(options, parts["server"])
            for part in parts.values():
                part.start()
            _welcome(options, data, word)
            _watch(parts, Cluster(data))
        finally:
            # A second Ctrl-C must not leave a server behind.
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            for part in parts.values():
                part.stop()


def _refuse_unsafe(surroundings: Mapping[str, str], host: str) -> None:
    """Serve nobody from a house in which somebody could be hurt. Raises GroundError with the worst, and what to do."""
    from lykta.config.doctor.examine import dangers  # here, since --help and a second start need none of it

    found = dangers(surroundings, listens=host)
    if found:
        more = f" ({len(found) - 1} more: run lykta doctor.)" if len(found) > 1 else ""
        raise GroundError(f"{found[0].said} {found[0].do}{more} Nothing is served.")


class Part:
    """One process of the house."""

    def __init__(self, command: list[str], surroundings: Mapping[str, str]) -> None:
        self._command, self._surroundings = command, surroundings
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def start(self) -> None:
        """Start the process unless it lives; in a session of its own, so that Ctrl-C comes to us alone."""
        if self._process is not None and self._process.poll() is None:
            return
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", *self._command],
            env=self._surroundings,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def ended(self) -> int | None:
        """Exit status, or None while it lives or was never started."""
        return self._process.poll() if self._process else None

    def rested(self) -> bool:
        """Is it long enough since the last start to try again?"""
        return time.monotonic() - self._started > REST_SECONDS

    def stop(self) -> None:
        """Ask the process to end, several times (one just starting may not hear it), then end it and its children."""
        if self._process is None:
            return
        for _ in range(STOP_SECONDS):
            if self._process.poll() is not None:
                break
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _die_with_parent() -> None:
    """After kill -9 of the parent nothing may keep the port: Linux then sends the child SIGTERM."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _watch(parts: Mapping[str, Part], cluster: Cluster) -> None:
    """Return never; a dead worker and a crashed database are lit again, a dead server puts the house out.

    A database that somebody stopped on purpose stays stopped: the public pages do without it.
    """
    tried = 0.0
    while True:
        time.sleep(0.5)
        if (status := parts["server"].ended()) is not None:
            raise GroundError(f"The server ended by itself (status {status}); everything is stopped.")
        if cluster.crashed() and time.monotonic() - tried > REST_SECONDS:
            tried = time.monotonic()
            _tell("Databasen föll, den tänds igen (database restarts)")
            cluster.ensure()
        worker = parts.get("worker")
        if worker and worker.ended() is not None and worker.rested():
            _tell("Arbetaren startas igen (worker restarts)")
            worker.start()


def _server(options: argparse.Namespace) -> list[str]:
    """Granian, one process per --workers; no access log, since it would tell who was here."""
    flags = {
        "--interface": "wsgi",
        "--http": "1",
        "--host": options.host,
        "--port": str(options.port),
        "--workers": str(options.workers),
        "--blocking-threads": "8",
        "--backlog": "1024",
        "--log-level": "error",
    }
    flat = [word for flag in flags.items() for word in flag]
    return [
        "granian",
        *flat,
        "--no-ws",
        "--no-access-log",
        "--respawn-failed-workers",
        "lykta.config.wsgi:application",
    ]


def _furnish(options: argparse.Namespace, data: Path, surroundings: Mapping[str, str]) -> str:
    """The demo centre on the first start, and public pages of today's making. Gives an empty house's one-time word.

    A house once started empty, or on a database server, gets no invented people unless by `lykta demo`.
    """
    furnished, accounts, pages = data / "furnished", data / "demo-accounts.json", data / "published.mark"
    if not furnished.exists():
        if not (options.empty or accounts.exists() or "LYKTA_DATABASE_URL" in surroundings):
            _tell("Democentrumet möbleras (demo centre)")
            run(surroundings, "lykta.config.cli", "demo")
            pages.unlink(missing_ok=True)
        furnished.write_text("with the demo centre\n" if accounts.exists() else "without it\n")
    word = _prepare(options, data, surroundings)
    mark = mark_of_pages()
    # Not open yet: asked anew at each start, so that an opening broken off half-way is carried through.
    there = pages.exists() and pages.read_text() == mark and (data / "published").is_dir()
    if not there or is_shut(data / "published"):
        _tell("Sidorna trycks (publishing)")
        run(surroundings, "lykta.config.cli", "publish")
        pages.write_text(mark)
    return word


def _prepare(options: argparse.Namespace, data: Path, surroundings: Mapping[str, str]) -> str:
    """While the centre's signing seed lies on the machine something is left to do: see the command `prepare`."""
    if options.door not in ("all", "staff") or SEED not in make_keys(data / keyfile.NAME):
        return ""
    worker = {**surroundings, "LYKTA_DB_ROLE": "lykta_worker"}
    told: str = json.loads(ask(worker, "django", "prepare")).get("word", "")
    return told


@contextmanager
def _alone(path: Path, url: str) -> Iterator[str]:
    """Hold the lock file and write our address into it; gives the address of its present holder, else ''."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield file.read().strip() or "(starting)"
            return
        file.truncate()
        file.write(f"{url}\n")
        file.flush()
        yield ""


def _refuse_taken_port(host: str, port: int) -> None:
    """Say it now, in a line, and not after the database is up. Raises GroundError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as why:
        raise GroundError(
            f"Can't listen on {host} port {port} ({why.strerror}). Try another: --port {port + 1}"
        ) from why


def _wait_ready(options: argparse.Namespace, server: Part) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)
    deadline = time.monotonic() + READY_SECONDS
    while server.ended() is None and time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException):
            line = http.client.HTTPConnection(host, options.port, timeout=5)
            line.request("GET", "/healthz")
            if line.getresponse().status == http.HTTPStatus.OK:
                return
        time.sleep(0.05)
    raise GroundError(f"The server did not answer within {READY_SECONDS} s, or ended (see above).")


def _welcome(options: argparse.Namespace, data: Path, word: str) -> None:
    print("\nLykta är tänd (ready):")
    for door, (name, path) in ADDRESSES.items():
        if options.door in ("all", door):
            base = _named(options) if door == "staff" else _url(options)
            print(f"  {name:<22} {base}{path}")
    if word:
        print("\nHuset är tomt. Installera centrumet i webbläsaren (empty house, install it here):")
        print(f"  {_named(options)}/personal/installation/")
        print(f"  Engångsord (one-time word): {word}")
    with suppress(FileNotFoundError):
        accounts = json.loads((data / "demo-accounts.json").read_text(encoding="utf-8"))
        print(f"\nDemokonton (demo accounts, {data / 'demo-accounts.json'}):")
        for account in accounts:
            print("  {role:<16} {email:<34} {password}   TOTP {totp_secret}".format(**account))
    print("\nCtrl-C släcker (stops).", flush=True)


def _url(options: argparse.Namespace) -> str:
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http://{host}:{options.port}"


def _named(options: argparse.Namespace) -> str:
    """A passkey belongs to a host name; at a bare number browsers refuse to make one."""
    return _url(options).replace("//127.0.0.1:", "//localhost:")


def _tell(text: str) -> None:
    print(f"· {text}", flush=True)


def _workers(text: str) -> int:
    if text not in map(str, range(1, MOST_WORKERS + 1)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes. Write one from 1 to {MOST_WORKERS}.")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number from 1 to 65535")
    return int(text)
