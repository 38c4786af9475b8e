"""The database's roles: one per door, one that owns the tables, one the application signs in as.

Embedded: bootstrap runs at every start as the cluster's superuser.
A server (LYKTA_DATABASE_URL, PostgreSQL 15 or newer): the database named in the URL must exist. On the first
start the URL is of a login that may create roles and extensions there; bootstrap runs on it, and roles get
their passwords from keys.json. From then on it may also be the URL of lykta_app: no role is touched then, and
migrations sign in as lykta_owner with LYKTA_OWNER_DATABASE_URL, or with its password from keys.json.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import LiteralString

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from lykta.config.doctor.silence import QUIET

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
    # Said here, or a server of other letters answers in bytes.
    superuser_dsn = make_conninfo(superuser_dsn, client_encoding="UTF8")
    with psycopg.connect(superuser_dsn, autocommit=True) as server:
        _refuse_unfit(server, superuser_dsn, dbname)
        server.execute("SELECT pg_advisory_lock(%s)", [BOOTSTRAP_LOCK])
        try:
            for role in ROLES:
                _role(server, role, passwords[role])
            _membership(server)
            _refuse_strong(server)
            _database(server, dbname)
            with psycopg.connect(make_conninfo(superuser_dsn, dbname=dbname), autocommit=True) as database:
                _rights(database, dbname)
        except psycopg.errors.InsufficientPrivilege as why:
            raise RolesError(
                f"The login {server.info.user} may not do what the first start needs ({_first_line(why)})."
                " Let LYKTA_DATABASE_URL name a superuser once; later starts need none."
            ) from why


def _refuse_unfit(server: psycopg.Connection, dsn: str, dbname: str) -> None:
    """Before anything is touched: a server too old, letters that would be lost, a database that is somebody else's."""
    if server.info.server_version < OLDEST:
        raise RolesError("The database server is too old. Lykta needs PostgreSQL 15 or newer.")
    row = server.execute(
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s", [dbname]
    ).fetchone()
    if row is None:
        return
    if row[0] != "UTF8":
        raise RolesError(
            f"The database {dbname} keeps text as {row[0]}, in which letters would be lost."
            f" Make it anew: CREATE DATABASE {dbname} TEMPLATE template0 ENCODING 'UTF8'"
        )
    with psycopg.connect(make_conninfo(dsn, dbname=dbname), autocommit=True) as database:
        strange = [name for (name,) in database.execute(STRANGE, [OWNER])]
    if strange:
        raise RolesError(
            f"The database {dbname} holds tables that are not Lykta's ({', '.join(strange[:3])})."
            " Give Lykta a database of its own."
        )


STRANGE: LiteralString = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema'
  AND pg_get_userbyid(c.relowner) <> %s
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1 LIMIT 4
"""


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
    _as_ours(database, dbname)


def _as_ours(database: psycopg.Connection, dbname: str) -> None:
    """The owner owns the database too, it reckons in UTC, and nothing anybody wrote reaches the server's log.

    A login that may make roles but is no superuser can't do all of this; what is unsafe then stops the start.
    """
    names = {"db": Identifier(dbname), "owner": Identifier(OWNER)}
    to_say = [
        SQL("ALTER DATABASE {db} OWNER TO {owner}").format(**names),
        SQL("ALTER DATABASE {db} SET timezone = 'UTC'").format(**names),
    ]
    for name, quiet in QUIET.items():
        if _text(database, "SELECT current_setting(%s)", name) != quiet:
            said = {**names, "name": Identifier(name), "quiet": Literal(quiet)}
            to_say.append(SQL("ALTER DATABASE {db} SET {name} = {quiet}").format(**said))
    for statement in to_say:
        with suppress(psycopg.errors.InsufficientPrivilege):
            database.execute(statement)


def _text(connection: psycopg.Connection, query: LiteralString, *values: object) -> str:
    row = connection.execute(query, values).fetchone()
    return str(row[0]) if row else ""


def _first_line(why: psycopg.Error) -> str:
    return (str(why).strip().splitlines() or [type(why).__name__])[0]


def _one(connection: psycopg.Connection, query: LiteralString, *values: object) -> int:
    row = connection.execute(query, values).fetchone()
    return int(row[0]) if row else 0
