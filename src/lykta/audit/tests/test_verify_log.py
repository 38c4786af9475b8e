"""`lykta verify-log` against a thief who is superuser in the database."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from journeys.house import House
from lykta.audit import anchor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core.doors import door

Boss = psycopg.Connection[Any]
MEMBER = UUID(int=7)
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


def change_the_seconds(boss: Boss) -> None:
    """Past the table's own bound, which is put back so that nobody misses it."""
    bound = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'audit_event_coarse'"
    said = str((boss.execute(bound).fetchone() or ("",))[0]).removesuffix(" NOT VALID")
    boss.execute("ALTER TABLE audit_event DROP CONSTRAINT audit_event_coarse")
    boss.execute(f"UPDATE audit_event SET at = at + interval '37 seconds' {WHERE} 3")
    boss.execute(f"ALTER TABLE audit_event ADD CONSTRAINT audit_event_coarse {said} NOT VALID")  # type: ignore[arg-type]


MEND = """
DO $$
DECLARE row record; last bytea := decode(repeat('00', 32), 'hex'); fresh bytea;
BEGIN
    FOR row IN SELECT * FROM audit_event WHERE chain = 'staff' ORDER BY seq LOOP
        fresh := sha256(last || convert_to(concat_ws('|', row.centre_id, row.chain, row.seq,
            to_char(row.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI'), coalesce(row.actor::text, ''), row.act,
            coalesce(row.object::text, ''), row.reason, row.count), 'UTF8'));
        UPDATE audit_event SET previous = last, hash = fresh WHERE chain = 'staff' AND seq = row.seq;
        UPDATE audit_head SET seq = row.seq, hash = fresh WHERE chain = 'staff';
        last := fresh;
    END LOOP;
END $$
"""


def change_and_mend(boss: Boss) -> None:
    """Change a row and every hash after it, and the head: inside the database nothing tells any more."""
    change(boss)
    boss.execute(MEND)


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
        (change_the_seconds, 3, "changed"),
        (change_and_mend, 3, "rewritten"),
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
    """The new rows differ by who acted; only the file outside the database remembers the old rows."""
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
    assert "broken at row 1: rewritten" in said


@pytest.mark.parametrize(("theft", "row"), [(change_and_mend, 3), (cut_with_its_head, 5), (empty_with_its_head, 1)])
@pytest.mark.parametrize("after", [1, 4])
def test_ordinary_events_after_a_forgery_do_not_bless_it(
    house: House, theft: Callable[[Boss], None], row: int, after: int
) -> None:
    events(6)
    with house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")
        theft(boss)
    with door("staff", actor=MEMBER):  # by another, as the same within the same minute would be the same row
        record(Act.SIGNED_OUT, object=MEMBER)
    events(after - 1)
    status, said = verdict("--json")
    assert status == 1
    staff = next(chain for chain in json.loads(said) if chain["chain"] == "staff")
    assert staff["broken"]["row"] == row
    assert staff["broken"]["what"] in ("rewritten", "cut")


def test_a_log_whose_anchors_were_moved_away_is_not_whole(house: House) -> None:
    """Nor when events begin new ones."""
    events(10)
    anchors = Path(settings.LYKTA_DATA) / "anchors"
    shutil.rmtree(anchors)
    status, said = verdict()
    assert status == 1
    assert "broken at row 10: anchor missing" in said
    events(1)
    status, said = verdict()
    assert status == 1
    assert "broken at row 1: anchor missing" in said


def test_a_line_torn_by_a_full_disk_harms_no_other(house: House) -> None:
    events(3)
    path = Path(settings.LYKTA_DATA) / "anchors" / f"{settings.LYKTA_CENTRE}-staff.anchor"
    with path.open("ab") as file:
        file.write(b"half a line")
    assert verdict()[0] == 0
    events(2)
    assert verdict()[0] == 0
    assert list(anchor.read(settings.LYKTA_CENTRE, "staff")) == [1, 2, 3, 4, 5]


def test_lines_of_the_anchor_may_be_out_of_order_and_the_first_of_two_stands(house: House) -> None:
    for seq, digest in ((2, b"b"), (1, b"a"), (3, b"c"), (2, b"x")):
        anchor.drop(MEMBER, "staff", seq, digest * 32)
    held = anchor.read(MEMBER, "staff")
    assert (held[1], held[2], held[3], held.get(4)) == (b"a" * 32, b"b" * 32, b"c" * 32, None)


def test_a_whole_log_is_said_to_be_whole(house: House) -> None:
    events(2)
    status, said = verdict()
    assert status == 0
    assert said.splitlines()[0].split() == ["staff", "2", "rows", "whole"]


def test_the_triggers_refuse_even_the_owner_to_change_a_row(house: House) -> None:
    events(1)
    with house.as_superuser() as boss, pytest.raises(psycopg.errors.RaiseException):
        boss.execute("UPDATE audit_event SET reason = 'other'")
