"""What a command needs under its feet: keys, a database that answers, roles, and tables of today's shape."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier, Literal

from lykta.config import env
from lykta.config.cluster import Cluster, prepare
from lykta.config.keys import make_keys
from lykta.config.roles import OWNER, ROLES, bootstrap
from lykta.config.stamps import mark_of_tables
from lykta.core.keyfile import locked

SETTINGS = "lykta.config.settings"


class GroundError(Exception):
    """The ground can't be laid. The text says why and what to do."""


@contextmanager
def ground(data: Path) -> Iterator[dict[str, str]]:
    """A database that is up and has its roles and tables; gives the environment a program of ours then needs.

    data: the data directory, made if it is missing. The embedded database is stopped by its last user.
    Raises GroundError, ClusterError, RolesError, SettingsError or psycopg.Error.
    """
    surroundings = {**os.environ, "LYKTA_DATA": str(data), "DJANGO_SETTINGS_MODULE": SETTINGS}
    if os.environ.get("LYKTA_DATABASE_URL"):
        lay(surroundings)
        yield surroundings
        return
    with Cluster(data).using() as address:
        surroundings["LYKTA_SOCKET"] = address.host
        lay(surroundings)
        yield surroundings


def run(surroundings: Mapping[str, str], *command: str) -> None:
    """Run one of our own commands to its end. Raises GroundError when it fails; it has told why by itself."""
    done = subprocess.run([sys.executable, "-P", "-m", *command], env=surroundings, check=False)
    if done.returncode:
        raise GroundError(f"{' '.join(command[1:])} did not succeed (see above); nothing is served.")


def ask(surroundings: Mapping[str, str], *command: str) -> str:
    """What one of our own commands prints. Raises GroundError when it fails; it has told why by itself."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", *command], env=surroundings, check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise GroundError(f"{' '.join(command[1:])} did not succeed (see above); nothing is served.")
    return done.stdout


def lay(surroundings: Mapping[str, str]) -> None:
    """Roles and tables, where we hold the keys of the whole house; a door that serves by itself only looks at them.

    One process at a time, since several doors of one house may start together. May be run again while the house is
    lit: migrations are such that yesterday's program survives them.
    """
    told = env.load(surroundings)
    if told.own_door:
        told.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_older_tables(told)
        return
    prepare(told.data, told.key_file)
    with locked(told.data / "ground.lock"):
        keys = make_keys(told.key_file)
        if maker := _maker(surroundings, told):
            bootstrap(maker, keys, dbname=told.database.name)
        owner = env.load({**surroundings, "LYKTA_DB_ROLE": OWNER}).database
        mark = mark_of_tables()
        if _mark_in(owner.dsn()) != mark:
            run({**surroundings, "LYKTA_DB_ROLE": OWNER}, "django", "migrate", "--no-input", "--verbosity=0")
            _set_mark(owner, mark)


def _maker(surroundings: Mapping[str, str], told: env.Env) -> str:
    """The login that may make roles: the embedded superuser, or whom the URL names; "" where it names one of ours."""
    url = surroundings.get("LYKTA_DATABASE_URL")
    if not url:
        address = Cluster(told.data).address()
        return address.dsn(address.superuser, make_keys(told.key_file)["database"][address.superuser], "postgres")
    return url if conninfo_to_dict(url).get("user", ROLES[0]) not in ROLES else ""


def _mark_in(dsn: str) -> str | None:
    """The mark of the migrations the database has had; kept there, since the two are restored together."""
    with psycopg.connect(dsn) as database:
        row = database.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return row[0] if row else None


def _set_mark(owner: env.Database, mark: str) -> None:
    """Only the database's owner may; where we are not, the migrations are looked through at every start."""
    with (
        suppress(psycopg.errors.InsufficientPrivilege),
        psycopg.connect(owner.dsn(), autocommit=True) as database,
    ):
        database.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(owner.name), Literal(mark)))


def _refuse_older_tables(told: env.Env) -> None:
    """A door has no right to change tables, and must not serve from those of an earlier release."""
    from lykta.config.doctor.statements import steps_of_code

    with psycopg.connect(told.database.dsn(), connect_timeout=5) as database:
        try:
            done = set(database.execute("SELECT app, name FROM django_migrations").fetchall())
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
            done = set()
    if missing := steps_of_code() - done:
        raise GroundError(
            f"The tables are older than this program ({len(missing)} steps behind)."
            " Run lykta migrate with the house's own keys first."
        )
