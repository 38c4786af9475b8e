"""What the database says of itself, read from its catalogue. Changes nothing."""

import time
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg

from lykta.config.doctor import catalogue
from lykta.config.doctor.expected import Policy, Right
from lykta.config.roles import ROLES

type Database = psycopg.Connection[Any]

SETTINGS = (
    "server_encoding",
    "TimeZone",
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "data_checksums",
    "archive_mode",
    "log_statement",
    "log_min_duration_statement",
    "log_min_duration_sample",
    "log_transaction_sample_rate",
    "log_parameter_max_length",
    "log_parameter_max_length_on_error",
    "log_min_error_statement",
    "log_error_verbosity",
    "log_connections",
    "log_disconnections",
    "debug_print_parse",
    "debug_print_rewritten",
    "debug_print_plan",
    "auto_explain.log_min_duration",
    "pg_stat_statements.track",
)


@dataclass(frozen=True)
class Server:
    """The server and the way to it.

    settings: as a session of ours has them; a name is missing where the server knows no such setting.
    ahead_seconds: how far the database's clock is before the machine's. address: "" when reached by a socket.
    sslmode: what the address asks for, as "verify-full".
    """

    version: int
    settings: dict[str, str]
    ahead_seconds: float
    address: str
    encrypted: bool
    sslmode: str
    slots: int


@dataclass(frozen=True)
class Role:
    """One role of ours as it is."""

    name: str
    superuser: bool
    bypasses: bool
    makes_roles: bool
    inherits: bool


@dataclass(frozen=True)
class Member:
    """A membership that one of our roles is part of. sets: `who` may become `role`. inherits: has its rights anyway.

    With neither, `who` may still give herself either: she made the role.
    """

    who: str
    role: str
    sets: bool
    inherits: bool


@dataclass
class Rights:
    """Who may what. Owners' own rights are left out."""

    roles: list[Role] = field(default_factory=list)
    members: set[Member] = field(default_factory=set)
    above: set[str] = field(default_factory=set)  # logins not ours that no wall stops
    settings: dict[tuple[str, str], str] = field(default_factory=dict)  # by role ("" for all) and name
    on_relations: set[Right] = field(default_factory=set)
    on_functions: dict[str, frozenset[str]] = field(default_factory=dict)  # who may call it
    may_create: set[str] = field(default_factory=set)
    may_connect: set[str] = field(default_factory=set)


@dataclass
class Shape:
    """Tables and what guards them."""

    tables: dict[str, tuple[bool, bool]] = field(default_factory=dict)  # under policies; its owner too
    views: dict[str, str] = field(default_factory=dict)  # definition and options
    others: set[str] = field(default_factory=set)  # foreign tables
    owners: dict[str, str] = field(default_factory=dict)  # of relations, and of functions as name()
    policies: dict[tuple[str, str], Policy] = field(default_factory=dict)
    functions: dict[str, tuple[str, bool, bool]] = field(default_factory=dict)  # body, as owner, fixed search_path
    triggers: dict[tuple[str, str], bool] = field(default_factory=dict)  # awake?
    checks: set[tuple[str, str]] = field(default_factory=set)  # constraints


def server_of(database: Database) -> Server:
    """Facts of the server, seen by this connection."""
    before = time.time()
    theirs = float(_one(database, "SELECT extract(epoch FROM clock_timestamp())"))
    told = {name: _one(database, "SELECT current_setting(%s, true)", name) for name in SETTINGS}
    info, given = database.info, database.info.get_parameters()
    return Server(
        version=info.server_version,
        settings={name: value for name, value in told.items() if value is not None},
        ahead_seconds=theirs - before,
        address="" if info.host.startswith("/") else info.host,
        encrypted=bool(database.pgconn.ssl_in_use),
        sslmode=given.get("sslmode", "prefer"),
        slots=int(_one(database, "SELECT count(*) FROM pg_replication_slots")),
    )


def rights_of(database: Database) -> Rights:
    """Roles, memberships, settings of roles, and every right on what is ours."""
    ours = [list(ROLES)]
    looks: LiteralString = "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolinherit FROM pg_roles"
    return Rights(
        roles=[Role(*row) for row in database.execute(looks + " WHERE rolname = ANY(%s)", ours)],
        members={Member(*row) for row in database.execute(catalogue.MEMBERS, {"ours": list(ROLES)})},
        above={name for (name,) in database.execute(catalogue.ABOVE, ours)},
        settings={(role, name): value for role, name, value in database.execute(catalogue.ROLE_SETTINGS, ours)},
        on_relations=set(database.execute(catalogue.RELATION_RIGHTS).fetchall()),
        on_functions={name: frozenset(who) for name, who in database.execute(catalogue.FUNCTION_RIGHTS)},
        may_create={name for (name,) in database.execute(catalogue.SCHEMA_RIGHTS)},
        may_connect={name for (name,) in database.execute(catalogue.DATABASE_RIGHTS)},
    )


def shape_of(database: Database) -> Shape:
    """Tables, policies, functions, views, triggers and checks of the schema public, without those of extensions."""
    shape = Shape()
    for name, kind, walled, forced, owner, definition in database.execute(catalogue.RELATIONS):
        shape.owners[name] = owner
        if kind in ("r", "p"):
            shape.tables[name] = (walled, forced)
        elif kind in ("v", "m"):
            shape.views[name] = definition
        elif kind == "f":
            shape.others.add(name)
    for name, owner, body, as_owner, fixed in database.execute(catalogue.FUNCTIONS):
        shape.owners[f"{name}()"] = owner
        shape.functions[name] = (body, as_owner, fixed)
    for table, name, command, role, using, check in database.execute(catalogue.POLICIES):
        shape.policies[table, name] = Policy(command, role, using, check)
    for table, name, internal, awake in database.execute(catalogue.TRIGGERS):
        if not internal or not awake:
            shape.triggers[table, name] = awake
    shape.checks = set(database.execute(catalogue.CHECKS).fetchall())
    return shape


def _one(database: Database, query: LiteralString, *values: object) -> Any:
    row = database.execute(query, values or None).fetchone()
    return row[0] if row else None
