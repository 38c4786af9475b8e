"""Row-level security as a migration operation: who may do what with which rows of a table.

Every table of ours calls `walled(...)` in the migration that makes it. The table is forced under its policies (also
its owner), and a door role gets exactly the rights named here, so that code and grants cannot drift apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import migrations

DOOR_ROLES = ("lykta_public", "lykta_agency", "lykta_staff", "lykta_worker")
COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")

# Conditions used again and again. lykta_centre() and lykta_actor() are null when nobody set them, and null is not true:
# without a centre and an actor there are no rows.
OF_CENTRE = "centre_id = lykta_centre()"
BY_STAFF = f"{OF_CENTRE} AND lykta_actor() IS NOT NULL"


@dataclass(frozen=True)
class Gate:
    """One right: `role` may run `command` on rows where `rows` holds (for INSERT: on the new row).

    columns: limits the grant to these columns (SELECT, INSERT and UPDATE only); empty means the whole row.
    new_rows: for UPDATE, what the changed row must fulfil; the same as `rows` when empty.
    """

    role: str
    command: str
    rows: str
    columns: tuple[str, ...] = ()
    new_rows: str = ""

    def __post_init__(self) -> None:
        if self.command not in COMMANDS:
            raise ValueError(f"{self.command} is not one of {COMMANDS}")

    def sql(self, table: str, number: int | str) -> list[str]:
        """The GRANT and the CREATE POLICY that make this gate."""
        columns = " (" + ", ".join(f'"{column}"' for column in self.columns) + ")" if self.columns else ""
        using = "" if self.command == "INSERT" else f" USING ({self.rows})"
        check = ""
        if self.command in ("INSERT", "UPDATE"):
            check = f" WITH CHECK ({self.new_rows or self.rows})"
        name = f"{self.role.removeprefix('lykta_')}_{self.command.lower()}_{number}"
        return [
            f"GRANT {self.command}{columns} ON {table} TO {self.role}",
            f"CREATE POLICY {name} ON {table} FOR {self.command} TO {self.role}{using}{check}",
        ]


def walled(table: str, gates: Iterable[Gate] = ()) -> migrations.RunSQL:
    """Migration operation: force row-level security on `table` and open only the gates named."""
    statements: list[Any] = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    ]
    statements.append(f"REVOKE ALL ON {table} FROM PUBLIC, {', '.join(DOOR_ROLES)}")
    for number, gate in enumerate(gates):
        statements += gate.sql(table, number)
    return migrations.RunSQL(statements, reverse_sql=migrations.RunSQL.noop)


def gated(table: str, why: str, gates: Iterable[Gate]) -> migrations.RunSQL:
    """Migration operation: open more gates of a table that stands behind its wall already.

    why: one word that tells these gates from the earlier ones in their names, as "turning".
    """
    return migrations.RunSQL(
        [statement for number, gate in enumerate(gates) for statement in gate.sql(table, f"{why}_{number}")],
        reverse_sql=migrations.RunSQL.noop,
    )


def staff_gates(*commands: str, rows: str = BY_STAFF) -> list[Gate]:
    """Gates of the staff door, the same condition for each command."""
    return [Gate("lykta_staff", command, rows) for command in commands]
