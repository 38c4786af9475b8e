"""`lykta verify-log` against a thief who is superuser in the database."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from journeys.house import House
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core.doors import door

Boss = psycopg.Connection[Any]
WHERE = "WHERE chain = 'staff' AND seq ="


def events(number: int) -> None:
    """That many rows in the staff's chain."""
    for _ in range(number):
        with door("staff"):
            record(Act.SIGN_IN_REFUSED, reason="password")


def verdict(*flags: str) -> tuple[int, str]:
    """Exit status and what was printed."""
    said = StringIO()
    try:
        call_command("verify_log", *flags, stdout=said)
    except CommandError as broken:
        return broken.returncode, said.getvalue()
    return 0, said.getvalue()


def change(boss: Boss) -> None:
    boss.execute(f"UPDATE audit_event SET reason = 'other' {WHERE} 3")


def change_and_rehash(boss: Boss) -> None:
    boss.execute(f"UPDATE audit_event SET reason = 'other', hash = sha256('other'::bytea) {WHERE} 3")


def delete(boss: Boss) -> None:
    boss.execute(f"DELETE FROM audit_event {WHERE} 3")


def swap(boss: Boss) -> None:
    boss.execute(f"UPDATE audit_event SET seq = 99 {WHERE} 3")
    boss.execute(f"UPDATE audit_event SET seq = 3 {WHERE} 4")
    boss.execute(f"UPDATE audit_event SET seq = 4 {WHERE} 99")


def delete_and_close_up(boss: Boss) -> None:
    delete(boss)
    boss.execute("UPDATE audit_event SET seq = seq - 1 WHERE chain = 'staff' AND seq > 3")


def cut(boss: Boss) -> None:
    boss.execute("DELETE FROM audit_event WHERE chain = 'staff' AND seq > 4")


def cut_with_its_head(boss: Boss) -> None:
    cut(boss)
    boss.execute(
        "UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit_event WHERE chain = 'staff' AND seq = 4) "
        "WHERE chain = 'staff'"
    )


def empty_with_its_head(boss: Boss) -> None:
    boss.execute("DELETE FROM audit_event WHERE chain = 'staff'")
    boss.execute("DELETE FROM audit_head WHERE chain = 'staff'")


@pytest.mark.parametrize(
    ("theft", "row", "what"),
    [
        (change, 3, "changed"),
        (change_and_rehash, 3, "changed"),
        (delete, 3, "missing"),
        (swap, 3, "out of order"),
        (delete_and_close_up, 3, "out of order"),
        (cut, 5, "cut"),
        (cut_with_its_head, 5, "cut"),
        (empty_with_its_head, 1, "cut"),
    ],
)
def test_the_first_broken_row_is_named(house: House, theft: Callable[[Boss], None], row: int, what: str) -> None:
    events(6)
    assert verdict()[0] == 0
    with house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")  # past the triggers
        theft(boss)
    status, said = verdict("--json")
    assert status == 1
    chains = {c["chain"]: c for c in json.loads(said)}
    assert chains["staff"]["broken"] == {"row": row, "what": what}
    assert [name for name, chain in chains.items() if not chain["whole"]] == ["staff"]


def test_a_chain_rewritten_as_a_whole_disagrees_with_the_anchor(house: House) -> None:
    """The new rows differ by who acted; only the file outside the database remembers the old end."""
    events(6)
    with house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")
        empty_with_its_head(boss)
        boss.execute("SET session_replication_role = origin")
        boss.execute("SELECT set_config('lykta.centre', (SELECT centre_id::text FROM people_centre), false)")
        boss.execute("SET ROLE lykta_staff")
        for _ in range(6):
            boss.execute("SELECT lykta_record('people:member:sign-in', NULL, '', 0)")
    status, said = verdict()
    assert status == 1
    assert "broken at row 6: rewritten" in said


def test_a_whole_log_is_said_to_be_whole(house: House) -> None:
    events(2)
    status, said = verdict()
    assert status == 0
    assert said.splitlines()[0].split() == ["staff", "2", "rows", "whole"]


def test_the_triggers_refuse_even_the_owner_to_change_a_row(house: House) -> None:
    events(1)
    with house.as_superuser() as boss, pytest.raises(psycopg.errors.RaiseException):
        boss.execute("UPDATE audit_event SET reason = 'other'")
