"""The list for the person concerned: who has read in her file and why; and what a touched row does to it."""

import html
import re
from uuid import UUID, uuid4

import pytest

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.rules import Actor
from lykta.audit.enums import Chain
from lykta.audit.queries import verify
from lykta.cases import actions, queries
from lykta.cases.enums import Mode, OpenReason
from lykta.core.doors import door
from lykta.people.models import Member

READ = "'cases:file:read'"


@pytest.fixture
def read_by_three(house: House) -> tuple[House, Member, UUID]:
    """A file that Maja leads and has read, that Tomas works with, and that Sara opened for an hour."""
    house.install()
    walls = (Wall.CONTACT, Wall.EXPOSED)
    maja, tomas, sara = (house.actor(house.member(name, walls=walls)) for name in ("Maja", "Tomas", "Sara"))
    who = {"given_names": "Påhittad", "family_name": "Exempel", "number_kind": "none"}
    values = {"wall": Wall.EXPOSED, "service": "ENSK", "mode": Mode.FULL, "identity": who, "named": False}
    with door("staff", actor=maja.member):
        file = actions.open_file(by=maja, file=uuid4(), **values)
    with door("staff", actor=maja.member):
        actions.add_to_team(by=maja, file=queries.file_for(maja, file.pk), member=tomas.member, leads=False)
    with door("staff", actor=sara.member):
        at, why = queries.file_for(sara, file.pk), OpenReason.URGENT
        actions.open_for_an_hour(by=sara, file=at, reason=why, words="Hon ringer nu")
    for reader in (maja, tomas, sara):
        read(reader, file.pk)
    return house, house.member("Per", Role.AUDITOR, walls=()), file.pk


def read(reader: Actor, file: UUID) -> None:
    with door("staff", actor=reader.member):
        queries.read(reader, queries.file_for(reader, file))


def listed(house: House, auditor: Member, file: UUID) -> list[list[str]]:
    """The rows of the printed list that tell of a reading: who, what and why."""
    client = house.signed_in(auditor)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    page = html.unescape(client.get(f"/personal/logg/objekt/{file}/lista/?namn").content.decode())
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.S)
    cells = [re.findall(r"<td>(.*?)</td>", row, re.S) for row in rows]
    return [row for row in cells if row and "läste" in row[1]]


def broken(auditor: Member) -> list[tuple[int, str]]:
    with door("staff", actor=auditor.pk):
        return [(r.broken.seq, r.broken.what) for r in verify(auditor.centre_id) if r.broken and r.chain == Chain.STAFF]


def test_three_who_have_read_are_three_lines_each_with_its_purpose(read_by_three) -> None:
    rows = listed(*read_by_three)
    assert [(who, why) for who, _, why in rows] == [
        ("Maja", "är med i akten"),
        ("Tomas", "är med i akten"),
        ("Sara", "det brådskade"),
    ]


@pytest.mark.parametrize(
    ("touch", "what"),
    [
        (f"UPDATE audit_event SET actor = gen_random_uuid() WHERE act = {READ} AND seq = %s", "changed"),
        (f"UPDATE audit_event SET reason = 'stand_in' WHERE act = {READ} AND seq = %s", "changed"),
        (f"DELETE FROM audit_event WHERE act = {READ} AND seq = %s", "missing"),
    ],
)
def test_a_row_that_was_touched_is_named_by_its_place(read_by_three, touch: str, what: str) -> None:
    house, auditor, _ = read_by_three
    assert broken(auditor) == []
    with house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")
        (seq,) = boss.execute(
            f"SELECT seq FROM audit_event WHERE act = {READ} ORDER BY seq OFFSET 1 LIMIT 1"
        ).fetchone()
        boss.execute(touch, [seq])
    assert broken(auditor) == [(seq, what)]
