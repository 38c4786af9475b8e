"""A PostgreSQL as the system's own package has it: an ordinary server, nothing of ours in its settings.

Where the system has no package of it, the programs we bring along are started just so: apart from the house, on TCP,
with PostgreSQL's own defaults. `Packaged.whose` says which it was.
"""

import os
import secrets
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from journeys.served import free_port
from lykta.config.place import Account, account_of, programs_for, run_as, wheel

PACKAGED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
OLDEST_PACKAGE = 15


@dataclass(frozen=True)
class Packaged:
    """A running server. Its superuser is postgres, as in every package. whose: "the system's" or "ours"."""

    port: int
    password: str
    files: Path
    whose: str
    programs: Path

    def url(self, user: str = "", password: str = "", dbname: str = "lykta") -> str:
        """An address for LYKTA_DATABASE_URL; without a user it names none."""
        who = f"{user}:{password}@" if user else ""
        return f"postgresql://{who}127.0.0.1:{self.port}/{dbname}"

    def tool(self, name: str, *words: str) -> None:
        """Run a program of PostgreSQL's as the superuser: pg_dump, pg_restore."""
        line = ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres"]
        surroundings = {**os.environ, "PGPASSWORD": self.password}
        done = subprocess.run(
            [self.programs / name, *line, *words], env=surroundings, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def boss(self, dbname: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """A connection past every wall."""
        return psycopg.connect(self.url("postgres", self.password, dbname), autocommit=True)

    def database(self, name: str, how: str = "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'") -> str:
        """An empty database, made anew; gives the superuser's address of it."""
        with self.boss() as boss:
            boss.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            boss.execute(f"CREATE DATABASE {name} {how}")
        return self.url("postgres", self.password, name)


def start(stack: ExitStack) -> Packaged:
    """A new server of the newest packaged version, stopped and removed with the stack."""
    account = account_of(Path("/nonexistent")) if os.geteuid() == 0 else None
    whose, programs = _programs(account)
    port, password = free_port(), secrets.token_urlsafe(16)
    home = Path(tempfile.mkdtemp(prefix="lykta-packaged-"))
    stack.callback(shutil.rmtree, home, ignore_errors=True)
    secret = home / "secret"
    secret.write_text(password)
    for path in (home, secret):
        shutil.chown(path, account.uid if account else None, account.gid if account else os.getegid())
    files = home / "data"
    flags = ["--username=postgres", f"--pwfile={secret}", "--auth=scram-sha-256", "--locale=C.UTF-8", "--no-sync"]
    _run(account, programs / "initdb", "-D", files, *flags)
    options = f"-p {port} -h 127.0.0.1 -k {home}"
    _run(account, programs / "pg_ctl", "-D", files, "-l", home / "server.log", "-w", "-o", options, "start")
    stack.callback(_run, account, programs / "pg_ctl", "-D", files, "-m", "immediate", "-w", "stop")
    return Packaged(port, password, files, whose, programs)


def _programs(account: Account | None) -> tuple[str, Path]:
    """The system's newest, unless that is older than what Lykta asks for."""
    if PACKAGED and int(PACKAGED[-1].parts[4]) >= OLDEST_PACKAGE:
        return "the system's", PACKAGED[-1].parent
    return "ours", programs_for(account) if account else wheel()


def _run(account: Account | None, *command: object) -> None:
    done = run_as(account, [str(word) for word in command], cwd=Path("/"))
    assert done.returncode == 0, done.stdout
