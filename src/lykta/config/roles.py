"""The database's roles: one per door, one that owns the tables, one the application signs in as.

Embedded: bootstrap runs at every start as the cluster's superuser.
A server (LYKTA_DATABASE_URL, PostgreSQL 15 or newer): the database named in the URL must exist. On the first
start the URL is of a login that may create roles and extensions there; bootstrap runs on it, and roles get
their passwords from keys.json. From then on it may also be the URL of lykta_app: no role is touched then, and
migrations sign in as lykta_owner with LYKTA_OWNER_DATABASE_URL, or with its password from keys.json.
"""

from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier, Literal

OWNER = "lykta_owner"
APP = "lykta_app"
DOORS = ("lykta_public", "lykta_agency", "lykta_staff", "lykta_worker")
ROLES = (OWNER, APP, *DOORS)
HURRIED = (APP, "lykta_public", "lykta_agency", "lykta_staff")
"""Roles that serve waiting people: their questions end after 15 s, a forgotten transaction after 60 s."""

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
OLDEST = 150000
BOOTSTRAP_LOCK = 0x4C796B7461  # "Lykta"


class RolesError(Exception):
    """The roles can't be as they must. The text says why and what to do."""


def bootstrap(superuser_dsn: str, keys: Mapping[str, object], *, dbname: str = "lykta") -> None:
    """Make database and roles, or bring them up to date. May run at any time, and twice at once.

    superuser_dsn: any database of the server, as superuser or (if `dbname` exists) as one who may make roles.
    keys: of keys.json; keys["database"] holds a password per role.
    Raises RolesError when a role could pass the walls, psycopg.Error when the login may not do all this.
    """
    passwords = keys["database"]
    if not isinstance(passwords, Mapping):
        raise RolesError("keys.json holds no passwords of the database. Restore it from your copy.")
    with psycopg.connect(superuser_dsn, autocommit=True) as server:
        if server.info.server_version < OLDEST:
            raise RolesError("The database server is too old. Lykta needs PostgreSQL 15 or newer.")
        server.execute("SELECT pg_advisory_lock(%s)", [BOOTSTRAP_LOCK])
        for role in ROLES:
            _role(server, role, passwords[role])
        _membership(server)
        _refuse_strong(server)
        _database(server, dbname)
        inside = make_conninfo(superuser_dsn, dbname=dbname)
        with psycopg.connect(inside, autocommit=True) as database:
            _rights(database, dbname)


def _role(server: psycopg.Connection, role: str, password: str) -> None:
    name = Identifier(role)
    if not _one(server, "SELECT count(*) FROM pg_roles WHERE rolname = %s", role):
        # No attribute but LOGIN: PostgreSQL's defaults are no superuser, no bypass of row-level security.
        server.execute(SQL("CREATE ROLE {} LOGIN NOINHERIT").format(name))
    # Sent as a verifier, so that a server that logs its statements does not log the password.
    verifier = server.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    server.execute(SQL("ALTER ROLE {} PASSWORD {}").format(name, Literal(verifier)))
    if role in HURRIED:
        server.execute(SQL("ALTER ROLE {} SET statement_timeout = '15s'").format(name))
        server.execute(SQL("ALTER ROLE {} SET idle_in_transaction_session_timeout = '60s'").format(name))


def _membership(server: psycopg.Connection) -> None:
    """The application may become a door's role, and has none of its rights before it does."""
    # Before version 16 the same comes from lykta_app being NOINHERIT.
    how: LiteralString = " WITH INHERIT FALSE, SET TRUE" if server.info.server_version >= 160000 else ""
    for door in DOORS:
        server.execute(SQL("GRANT {} TO {}" + how).format(Identifier(door), Identifier(APP)))


def _refuse_strong(server: psycopg.Connection) -> None:
    strong = server.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolinherit)",
        [list(ROLES)],
    ).fetchall()
    for (role,) in strong:
        raise RolesError(
            f"The role {role} could pass the walls. As superuser: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS"
            " NOCREATEROLE NOINHERIT"
        )


def _database(server: psycopg.Connection, dbname: str) -> None:
    if _one(server, "SELECT count(*) FROM pg_database WHERE datname = %s", dbname):
        return
    server.execute(
        SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
            Identifier(dbname), Identifier(OWNER)
        )
    )


def _rights(database: psycopg.Connection, dbname: str) -> None:
    """Nobody comes in or creates anything but those named here. Extensions here, for the owner may not."""
    roles = SQL(", ").join(map(Identifier, ROLES))
    names = {"db": Identifier(dbname), "owner": Identifier(OWNER), "roles": roles}
    for extension in EXTENSIONS:
        database.execute(SQL("CREATE EXTENSION IF NOT EXISTS {}").format(Identifier(extension)))
    for statement in (
        "REVOKE ALL ON DATABASE {db} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {db} TO {roles}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {roles}",
        "GRANT CREATE ON SCHEMA public TO {owner}",
    ):
        database.execute(SQL(statement).format(**names))


def _one(connection: psycopg.Connection, query: LiteralString, *values: object) -> int:
    row = connection.execute(query, values).fetchone()
    return int(row[0]) if row else 0
