"""`lykta serve`: lays the ground, keeps server and worker alive, and puts everything out in good order."""

import argparse
import fcntl
import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType

import psycopg

from lykta.config import env
from lykta.config.cluster import Cluster, ClusterError, prepare
from lykta.config.ground import GroundError, ask, ground, lay, run
from lykta.config.keys import SEED
from lykta.config.parts import REST_SECONDS, Part, Renewable, Web, limit_ourselves, listener
from lykta.config.roles import RolesError
from lykta.config.stamps import mark_of_pages
from lykta.core.keyfile import locked
from lykta.public.memory import is_shut

MOST_WORKERS = 64
PARTS = {"server": "Servern", "worker": "Arbetaren"}
WATCH_SECONDS = 0.5

WORKER = ["django", "procrastinate", "worker", "--delete-jobs", "successful"]
"""A job that is done leaves no row: some are done every few seconds, for years."""

ADDRESSES = {
    "public": ("Allmänheten (public)", "/"),
    "staff": ("Personalen (staff)", "/personal/"),
    "agency": ("Samverkan (agencies)", "/samverkan/"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Flags of `lykta serve`, which are those of ./start."""
    parser.add_argument(
        "--door",
        choices=env.DOORS,
        help="which door this process serves; worker has no address (default: all, or whose keys we have)",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=_workers, default=1, help="server processes (default: 1)")
    parser.add_argument("--empty", action="store_true", help="start without the demo centre, now and later")


def serve(options: argparse.Namespace, data: Path) -> int:
    """Serve until SIGTERM or SIGINT; then stop server, worker, and the database if nobody uses it.

    SIGHUP puts everything in its own place from the code as it is now, and nobody is turned away; but it ends us where
    we have a terminal, since that is then what hung up.
    Gives the exit status: 0 also when the house is lit already, which is told with its address.
    Raises GroundError, SettingsError and what `ground` raises.
    """
    _checked(options)
    limit_ourselves()
    with _alone(data / f"serve-{options.door}.lock", _url(options)) as elsewhere:
        if elsewhere:
            print(f"Lykta är redan tänd (already running): {elsewhere}")
            if (data / "furnished").exists() and "LYKTA_DATABASE_URL" not in os.environ and not Cluster(data).running():
                _tell("Men databasen var stoppad, den tänds (the database was stopped, starting it)")
                Cluster(data).ensure()
            return 0
        try:
            _serve(options, data, Wishes())
        except KeyboardInterrupt:
            print("Lykta är släckt (stopped).", flush=True)
    return 0


def migrate(data: Path) -> int:
    """Everything a start does before it serves, for a house whose doors are processes of their own."""
    options = argparse.Namespace(door="all", host="", empty=True)
    _checked(options)
    if own := env.load().own_door:
        raise GroundError(f"The keys of the door {own} can't do that. It needs those of the whole house.")
    with ground(data) as surroundings:
        word = _make_fit(options, data, surroundings)
    print("Roles, tables and pages are of today's release.")
    if word:
        print("The house is empty. Its one-time word is printed by: lykta serve")
    return 0


def _checked(options: argparse.Namespace) -> None:
    """Settle which door is served, and have the directory and the keys for it."""
    told = env.load({**os.environ, **({"LYKTA_DOOR": options.door} if options.door else {})})
    env.refuse_other_roles(os.environ, told.own_door)
    options.door = told.door
    if told.own_door:
        told.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    else:
        prepare(told.data, told.key_file)


class Wishes:
    """What signals have asked us for since we last looked."""

    def __init__(self) -> None:
        self.renewal = False
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, signal.default_int_handler)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN and not _has_terminal():
            signal.signal(signal.SIGHUP, self._renew)

    def _renew(self, number: int, frame: FrameType | None) -> None:
        self.renewal = True


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _serve(options: argparse.Namespace, data: Path, wishes: Wishes) -> None:
    with ExitStack() as stack:
        line = None if options.door == "worker" else stack.enter_context(listener(options.host, options.port))
        _tell("Databasen tänds (database)")
        surroundings = stack.enter_context(ground(data))
        surroundings["LYKTA_DOOR"] = options.door
        word = _make_fit(options, data, surroundings)
        parts = _parts(options, line, surroundings)
        try:
            for part in parts.values():
                part.start()
            _welcome(options, data, word)
            _watch(parts, Cluster(data), wishes, lambda: _renew(parts, options, data, surroundings))
        finally:
            # A second Ctrl-C must not leave a server behind.
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            for part in parts.values():
                part.stop()


def _parts(
    options: argparse.Namespace, line: socket.socket | None, surroundings: Mapping[str, str]
) -> dict[str, Renewable]:
    """What runs: a server unless we are the worker alone, and the worker unless another process is."""
    parts: dict[str, Renewable] = {}
    if line is not None:
        parts["server"] = Web(line, options.workers, surroundings)
    if options.door in ("all", "worker"):
        worker = {**surroundings, "LYKTA_DB_ROLE": "lykta_worker"}
        parts["worker"] = Part(WORKER, worker)
    return parts


def _make_fit(options: argparse.Namespace, data: Path, surroundings: Mapping[str, str]) -> str:
    """Nothing unsafe, and all that is to be shown; a door's own keys can't make that, only look. Gives the word."""
    _refuse_unsafe(surroundings, options.host if options.door != "worker" else "")
    if env.load(surroundings).own_door:
        return ""
    with locked(data / "furnish.lock"):
        return _furnish(options, data, surroundings)


def _renew(
    parts: Mapping[str, Renewable], options: argparse.Namespace, data: Path, surroundings: Mapping[str, str]
) -> None:
    """Put everything in its own place from the code as it is now. What can't take over leaves the old one serving."""
    _tell("Huset tänds om (renewing)")
    try:
        lay(surroundings)
        word = _make_fit(options, data, surroundings)
        for part in parts.values():
            part.renew()
    except (GroundError, ClusterError, RolesError, env.SettingsError, psycopg.Error) as why:
        _tell(f"Det gick inte, det gamla lyser vidare (the old one serves on): {why}")
    else:
        _tell("Omtänt (renewed)")
        _tell_word(options, word)


def _refuse_unsafe(surroundings: Mapping[str, str], host: str) -> None:
    """Serve nobody from a house in which somebody could be hurt. Raises GroundError with the worst, and what to do."""
    from lykta.config.doctor.examine import dangers  # here, since --help and a second start need none of it

    found = dangers(surroundings, listens=host)
    if found:
        more = f" ({len(found) - 1} more: run lykta doctor.)" if len(found) > 1 else ""
        raise GroundError(f"{found[0].said} {found[0].do}{more} Nothing is served.")


def _watch(parts: Mapping[str, Renewable], cluster: Cluster, wishes: Wishes, renew: Callable[[], None]) -> None:
    """Return never; what has ended is lit again, but a server that ends at once each time puts the house out.

    A database that somebody stopped on purpose stays stopped: the public pages do without it.
    """
    tried = 0.0
    while True:
        time.sleep(WATCH_SECONDS)
        if wishes.renewal:
            wishes.renewal = False
            renew()
        if cluster.crashed() and time.monotonic() - tried > REST_SECONDS:
            tried = time.monotonic()
            _tell("Databasen föll, den tänds igen (database restarts)")
            cluster.ensure()
        for name, part in parts.items():
            if (status := part.ended()) is None:
                continue
            if part.rested():
                _tell(f"{PARTS[name]} startas igen ({name} restarts)")
                part.start()
            elif name == "server":
                raise GroundError(f"The server ended by itself (status {status}); everything is stopped.")


def _furnish(options: argparse.Namespace, data: Path, surroundings: Mapping[str, str]) -> str:
    """The demo centre on the first start, and public pages of today's making. Gives an empty house's one-time word.

    A house once started empty, or on a database server, gets no invented people unless by `lykta demo`.
    """
    furnished, accounts, pages = data / "furnished", data / "demo-accounts.json", data / "published.mark"
    mark = mark_of_pages()
    if not furnished.exists():
        if not (options.empty or accounts.exists() or "LYKTA_DATABASE_URL" in surroundings):
            _tell("Democentrumet möbleras (demo centre)")
            run(surroundings, "lykta.config.cli", "demo")
            pages.write_text(mark)
        furnished.write_text("with the demo centre\n" if accounts.exists() else "without it\n")
    word = _prepare(options, surroundings)
    # Not open yet: asked anew at each start, so that an opening broken off half-way is carried through.
    there = pages.exists() and pages.read_text() == mark and (data / "published").is_dir()
    if not there or is_shut(data / "published"):
        _tell("Sidorna trycks (publishing)")
        run(surroundings, "lykta.config.cli", "publish")
        pages.write_text(mark)
    return word


def _prepare(options: argparse.Namespace, surroundings: Mapping[str, str]) -> str:
    """While the centre's signing seed lies on the machine something is left to do: see the command `prepare`."""
    if options.door not in ("all", "staff") or SEED not in env.load(surroundings).keys:
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


def _welcome(options: argparse.Namespace, data: Path, word: str) -> None:
    print("\nLykta är tänd (ready):")
    for door, (name, path) in ADDRESSES.items():
        if options.door in ("all", door):
            base = _named(options) if door == "staff" else _url(options)
            print(f"  {name:<22} {base}{path}")
    _tell_word(options, word)
    with suppress(FileNotFoundError):
        accounts = json.loads((data / "demo-accounts.json").read_text(encoding="utf-8"))
        print(f"\nDemokonton (demo accounts, {data / 'demo-accounts.json'}):")
        for account in accounts:
            print("  {role:<16} {email:<34} {password}   TOTP {totp_secret}".format(**account))
    print("\nCtrl-C släcker (stops).", flush=True)


def _tell_word(options: argparse.Namespace, word: str) -> None:
    if word:
        print("\nHuset är tomt. Installera centrumet i webbläsaren (empty house, install it here):")
        print(f"  {_named(options)}/personal/installation/")
        print(f"  Engångsord (one-time word): {word}", flush=True)


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
