"""Our migrations' conditions in PostgreSQL's own words, so that they can be compared with what stands in the database.

The database keeps a condition as a tree and tells it in its own way. So each one is written on a table of the same
columns, within a transaction that is rolled back, and asked for again. No table of ours is locked or changed.

What it tells is written and asked for once more: that is how a database stands that was restored from a copy, which
holds the conditions as they were told. Both are ours.
"""

import re
from dataclasses import replace

from psycopg.sql import SQL, Identifier

from lykta.config.doctor.database import Database, Shape
from lykta.config.doctor.expected import Expected, Policy

STAND_IN = "lykta_looks"


def as_database_says(database: Database, wanted: Expected, shape: Shape) -> Expected:
    """The same, with policies and views told as the database tells them; those of tables not there are left out.

    shape: what stands there. Raises psycopg.Error where the login may not make tables, or a column is missing.
    """
    policies: dict[tuple[str, str], Policy] = {}
    restored: dict[tuple[str, str], Policy] = {}
    views: dict[str, str] = {}
    restored_views: dict[str, str] = {}
    with database.transaction(force_rollback=True):
        for table in sorted({table for table, _ in wanted.policies} & set(shape.tables)):
            ours = {name: policy for (of, name), policy in wanted.policies.items() if of == table}
            told = _policies(database, table, ours)
            policies |= {(table, name): policy for name, policy in told.items()}
            if any(shape.policies.get((table, name)) != policy for name, policy in told.items()):
                again = _policies(database, table, told)
                restored |= {(table, name): policy for name, policy in again.items()}
        for view, written in wanted.views.items():
            views[view], restored_views[view] = _view(database, view, written)
    return replace(wanted, policies=policies, restored=restored, views=views, restored_views=restored_views)


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


def _view(database: Database, name: str, written: str) -> tuple[str, str]:
    first, options = _told(database, written)
    kept = f"WITH ({options.strip('{}')}) AS " if options else "AS "
    again, _ = _told(database, kept + first)
    return first.replace(STAND_IN, name) + options, again.replace(STAND_IN, name) + options


def _told(database: Database, written: str) -> tuple[str, str]:
    """A view's query and its options as the database tells them, after it was made from what is written."""
    database.execute(f"CREATE VIEW {STAND_IN} {written}")
    row = database.execute(
        "SELECT pg_get_viewdef(oid), coalesce(reloptions::text, '') FROM pg_class WHERE relname = %s", [STAND_IN]
    ).fetchone()
    database.execute(SQL("DROP VIEW {}").format(Identifier(STAND_IN)))
    return (str(row[0]), str(row[1])) if row else ("", "")
