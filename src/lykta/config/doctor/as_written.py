"""Our migrations' conditions in PostgreSQL's own words, so that they can be compared with what stands in the database.

The database keeps a condition as a tree and tells it in its own way. So each one is written on a table of the same
columns, within a transaction that is rolled back, and asked for again. No table of ours is locked or changed.
"""

import re

from psycopg.sql import SQL, Identifier

from lykta.config.doctor.database import Database
from lykta.config.doctor.expected import Expected, Policy

STAND_IN = "lykta_looks"


def as_database_says(database: Database, wanted: Expected, tables: set[str]) -> Expected:
    """The same, with policies and views told as the database tells them; those of tables not there are left out.

    The login must be allowed to make tables. Raises psycopg.Error where it is not, or where a column is missing.
    """
    policies: dict[tuple[str, str], Policy] = {}
    views: dict[str, str] = {}
    with database.transaction(force_rollback=True):
        for table in sorted({table for table, _ in wanted.policies} & tables):
            ours = {name: policy for (of, name), policy in wanted.policies.items() if of == table}
            policies |= {(table, name): policy for name, policy in _policies(database, table, ours).items()}
        for view, written in wanted.views.items():
            views[view] = _view(database, view, written)
    return Expected(
        wanted.forced, policies, wanted.rights, wanted.functions, views, wanted.triggers, wanted.constraints
    )


def _policies(database: Database, table: str, written: dict[str, Policy]) -> dict[str, Policy]:
    stand_in, itself = Identifier(STAND_IN), re.compile(rf"\b{table}\.")
    database.execute(SQL("CREATE TABLE {} (LIKE {})").format(stand_in, Identifier(table)))
    for name, policy in written.items():
        using = f" USING ({itself.sub(f'{STAND_IN}.', policy.using)})" if policy.using else ""
        check = f" WITH CHECK ({itself.sub(f'{STAND_IN}.', policy.check)})" if policy.check else ""
        database.execute(
            f"CREATE POLICY {name} ON {STAND_IN} FOR {policy.command} TO {policy.role}{using}{check}"
        )  # our own migrations' text
    told = database.execute(
        "SELECT policyname, cmd, array_to_string(roles, ','), coalesce(qual, ''), coalesce(with_check, '')"
        " FROM pg_policies WHERE tablename = %s",
        [STAND_IN],
    ).fetchall()
    database.execute(SQL("DROP TABLE {}").format(stand_in))
    return {name: Policy(*(text.replace(STAND_IN, table) for text in rest)) for name, *rest in told}


def _view(database: Database, name: str, written: str) -> str:
    database.execute(f"CREATE VIEW {STAND_IN} {written}")
    row = database.execute(
        "SELECT pg_get_viewdef(oid) || coalesce(reloptions::text, '') FROM pg_class WHERE relname = %s", [STAND_IN]
    ).fetchone()
    database.execute(SQL("DROP VIEW {}").format(Identifier(STAND_IN)))
    return str(row[0]).replace(STAND_IN, name) if row else ""
