"""What a command needs under its feet: keys, a database that answers, roles, and tables of today's shape."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier, Literal

from lykta.config.cluster import Cluster, ClusterAddress
from lykta.config.keys import make_keys
from lykta.config.roles import APP, OWNER, bootstrap
from lykta.config.stamps import mark_of_tables
from lykta.core.keyfile import locked

SETTINGS = "lykta.config.settings"


class GroundError(Exception):
    """The ground can't be laid. The text says why and what to do."""


@contextmanager
def ground(data: Path) -> Iterator[dict[str, str]]:
    """A database that is up and has its roles and tables; gives the environment a program of ours then needs.

    data: the data directory, made if it is missing. The embedded database is stopped by its last user.
    Raises GroundError, ClusterError, RolesError or psycopg.Error.
    """
    surroundings = {**os.environ, "LYKTA_DATA": str(data), "DJANGO_SETTINGS_MODULE": SETTINGS}
    if url := os.environ.get("LYKTA_DATABASE_URL"):
        Cluster(data).prepare()
        _lay(data, url, conninfo_to_dict(url), surroundings)
        yield surroundings
        return
    with Cluster(data).using() as address:
        surroundings["LYKTA_SOCKET"] = address.host
        keys = make_keys(data / "keys.json")
        _lay(data, _superuser(address, keys), {"dbname": address.dbname}, surroundings)
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


def _superuser(address: ClusterAddress, keys: Mapping[str, Any]) -> str:
    return address.dsn(address.superuser, keys["database"][address.superuser], "postgres")


def _lay(data: Path, dsn: str, target: Mapping[str, Any], surroundings: Mapping[str, str]) -> None:
    """Roles and tables; one process at a time, since three doors of one house may start together."""
    keys = make_keys(data / "keys.json")
    with locked(data / "ground.lock"):
        if target.get("user") != APP:
            bootstrap(dsn, keys, dbname=target["dbname"])
        within = {**conninfo_to_dict(dsn), "dbname": target["dbname"]}
        mark = mark_of_tables()
        if _mark_in(within) != mark:
            run({**surroundings, "LYKTA_DB_ROLE": OWNER}, "django", "migrate", "--no-input", "--verbosity=0")
            _set_mark(within, mark)


def _mark_in(target: Mapping[str, Any]) -> str | None:
    """The mark of the migrations the database has had; kept there, since the two are restored together."""
    with psycopg.connect(**target) as database:
        row = database.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return row[0] if row else None


def _set_mark(target: Mapping[str, Any], mark: str) -> None:
    """Only the database's owner may; where we are not, the migrations are looked through at every start."""
    with (
        suppress(psycopg.errors.InsufficientPrivilege),
        psycopg.connect(**target, autocommit=True) as database,
    ):
        database.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(target["dbname"]), Literal(mark)))
