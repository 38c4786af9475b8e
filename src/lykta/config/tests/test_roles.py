from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from lykta.config.cluster import ClusterAddress
from lykta.config.roles import DOORS, HURRIED, ROLES, RolesError, bootstrap
from lykta.config.tests.conftest import Connect

DATABASE = "lykta_trial"


@pytest.fixture
def house(address: ClusterAddress, keys: dict[str, Any], connect: Connect) -> str:
    """A database with its roles, and one table that belongs to the staff door."""
    bootstrap(superuser(address, keys), keys, dbname=DATABASE)
    owner = connect("lykta_owner", DATABASE)
    owner.execute("CREATE TABLE IF NOT EXISTS inner_room (word text)")
    owner.execute("GRANT SELECT ON inner_room TO lykta_staff")
    return DATABASE


def superuser(address: ClusterAddress, keys: dict[str, Any]) -> str:
    return address.dsn("postgres", keys["database"]["postgres"], "postgres")


def test_it_may_run_again_and_changes_nothing_but_passwords(
    house: str, address: ClusterAddress, keys: dict[str, Any], connect: Connect
) -> None:
    renewed = {**keys["database"], "lykta_staff": "renewed"}
    bootstrap(superuser(address, keys), {"database": renewed}, dbname=house)
    psycopg.connect(address.dsn("lykta_staff", "renewed", house)).close()

    bootstrap(superuser(address, keys), keys, dbname=house)

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address.dsn("lykta_staff", "renewed", house))
    assert connect("lykta_staff", house).execute("SELECT count(*) FROM inner_room").fetchone() == (0,)


def test_no_role_can_pass_the_walls(house: str, connect: Connect) -> None:
    rows = connect("postgres").execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit,"
        " rolcanlogin"
        " FROM pg_roles WHERE rolname = ANY(%s) ORDER BY rolname",
        [list(ROLES)],
    )
    assert rows.fetchall() == [(role, *[False] * 6, True) for role in sorted(ROLES)]


@pytest.mark.parametrize("power", ["SUPERUSER", "BYPASSRLS", "CREATEROLE", "INHERIT"])
def test_a_role_made_too_strong_stops_the_start(
    house: str, address: ClusterAddress, keys: dict[str, Any], connect: Connect, power: str
) -> None:
    server = connect("postgres")
    server.execute(f"ALTER ROLE lykta_public {power}")
    try:
        with pytest.raises(RolesError, match="lykta_public could pass the walls"):
            bootstrap(superuser(address, keys), keys, dbname=house)
    finally:
        server.execute(f"ALTER ROLE lykta_public NO{power}")


def test_the_application_has_no_right_before_it_takes_a_doors_role(house: str, connect: Connect) -> None:
    app = connect("lykta_app", house)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("SELECT * FROM inner_room")

    app.execute("SET ROLE lykta_staff")

    assert app.execute("SELECT * FROM inner_room").fetchall() == []


@pytest.mark.parametrize(("role", "may_become"), [("lykta_app", set(DOORS)), *((door, set()) for door in DOORS)])
def test_each_login_becomes_the_doors_it_is_meant_for(
    house: str, connect: Connect, role: str, may_become: set[str]
) -> None:
    became = set()
    for other in (*ROLES, "postgres"):
        session = connect(role, house)
        try:
            session.execute(SQL("SET ROLE {}").format(Identifier(other)))
        except psycopg.errors.InsufficientPrivilege:
            continue
        became.add(other)
    assert became == may_become | {role}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "lykta_owner"])
def test_only_the_owner_creates(house: str, connect: Connect, role: str) -> None:
    session = connect(role, house)
    for statement in (
        "CREATE TABLE mine (word text)",
        "CREATE SCHEMA mine",
        "CREATE TEMP TABLE mine (word text)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute(statement)


def test_a_role_not_named_does_not_come_in(house: str, address: ClusterAddress, connect: Connect) -> None:
    server = connect("postgres")
    server.execute("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(address.dsn("stranger", "stranger", house))
    finally:
        server.execute("DROP ROLE stranger")


@pytest.mark.parametrize("role", ROLES)
def test_roles_that_serve_waiting_people_do_not_hang(house: str, connect: Connect, role: str) -> None:
    session = connect(role, house)
    row = session.execute(
        "SELECT current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')"
    ).fetchone()

    assert row == (("15s", "1min") if role in HURRIED else ("0", "0"))


def test_extensions_for_the_migrations_are_there_and_letters_are_swedish(house: str, connect: Connect) -> None:
    owner = connect("lykta_owner", house)

    assert owner.execute("SELECT extname FROM pg_extension ORDER BY 1").fetchall() == [
        ("btree_gist",),
        ("pg_trgm",),
        ("plpgsql",),
        ("unaccent",),
    ]
    assert owner.execute("SELECT lower('ÅÄÖ'), unaccent('åäö')").fetchone() == ("åäö", "aao")
