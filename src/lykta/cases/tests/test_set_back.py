"""A clock that is set back: nothing is lost, nothing stands in a wrong order, and no door stays open for it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from journeys.house import House
from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.audit.queries import verify
from lykta.cases import actions, queries
from lykta.cases.enums import CloseReason, Mode, OpenReason, SheetKind
from lykta.cases.errors import ReasonNeeded
from lykta.cases.models import Assignment, File
from lykta.core import clock
from lykta.core.doors import WORKER, door

BOTH = (Wall.CONTACT, Wall.EXPOSED)
NAME = {"given_names": "Påhittad Anna-Lisa", "family_name": "Exempelsson", "number_kind": "none"}
PLAIN = {"dissent": "", "guards": (), "why": ""}


@pytest.fixture
def cast(house: House) -> tuple[Actor, Actor, File]:
    """Maja, her colleague, and a file of today."""
    house.install()
    maja, tomas = (house.actor(house.member(n, walls=BOTH)) for n in ("Maja", "Tomas"))
    with as_(maja):
        file = actions.open_file(
            by=maja, file=uuid4(), wall=Wall.EXPOSED, service="ENSK", mode=Mode.FULL, identity=NAME, named=False
        )
    return maja, tomas, file


def as_(actor: Actor):
    return door("staff", actor=actor.member)


def yesterday():
    return time_machine.travel(clock.now() - timedelta(days=1), tick=False)


def test_what_is_written_after_it_stands_last_and_what_holds_is_the_last_wording(cast):
    maja, _, file = cast
    with as_(maja):
        actions.write(by=maja, file=file, note=uuid4(), text="Först skrivet.", **PLAIN)
    with yesterday(), as_(maja):
        row = queries.file_for(maja, file.pk)
        actions.write(by=maja, file=row, note=uuid4(), text="Sedan skrivet.", **PLAIN)
        identity = queries.read(maja, row).sheets[SheetKind.IDENTITY]
        renamed = NAME | {"family_name": "Nyttnamn"}
        actions.change_sheet(by=maja, file=row, kind=SheetKind.IDENTITY, words=renamed, seen=identity.version)
    with as_(maja):
        told = queries.read(maja, queries.file_for(maja, file.pk))
        assert [note.text for note in told.notes] == ["Sedan skrivet.", "Först skrivet."]
        assert told.sheets[SheetKind.IDENTITY].words["family_name"] == "Nyttnamn"


def test_who_came_today_can_be_taken_from_the_team_at_once(cast):
    maja, tomas, file = cast
    with as_(maja):
        actions.add_to_team(by=maja, file=file, member=tomas.member, leads=False)
    with yesterday(), as_(maja):
        actions.take_from_team(by=maja, file=queries.file_for(maja, file.pk), member=tomas.member)
        gone = Assignment.objects.get(file=file, member_id=tomas.member)
        assert gone.until_on == gone.from_on
    with as_(tomas), pytest.raises(ReasonNeeded):
        queries.read(tomas, queries.file_for(tomas, file.pk))


def test_a_file_of_today_closes_and_opens_again(cast):
    maja, _, file = cast
    with yesterday(), as_(maja):
        actions.close(by=maja, file=queries.file_for(maja, file.pk), reason=CloseReason.COMPLETED)
        actions.reopen(by=maja, file=queries.file_for(maja, file.pk))
        assert queries.file_for(maja, file.pk).closed_on is None


def test_an_hour_that_was_given_is_over_and_the_log_is_whole(cast):
    maja, tomas, file = cast
    with as_(tomas):
        row = queries.file_for(tomas, file.pk)
        actions.open_for_an_hour(by=tomas, file=row, reason=OpenReason.URGENT, words="Nu")
        assert queries.read(tomas, row).notes == ()
    with yesterday(), as_(tomas), pytest.raises(ReasonNeeded):
        queries.read(tomas, queries.file_for(tomas, file.pk))
    with door("worker", actor=WORKER):
        assert [report.broken for report in verify(maja.centre)] == [None] * len(verify(maja.centre))
