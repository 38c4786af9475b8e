"""Tables of what a copy of a file gives to whom."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from lykta.access.enums import Wall
from lykta.cases.concern_enums import GuardiansKnow
from lykta.cases.enums import Agency, Guard, Mode
from lykta.cases.extract_enums import Held, Part, Receiver
from lykta.cases.extract_rules import (
    Chosen,
    Piece,
    chosen_faults,
    concern_held,
    disclosure_held,
    grounds_told,
    mark_of,
    note_held,
    others_held,
    receivers,
    settled,
    wordings_held,
)

HER, GUARDIAN = Receiver.PERSON, Receiver.GUARDIAN
A, B, C = (UUID(int=n) for n in (1, 2, 3))


def piece(id: UUID, held: Held | None = None, less: Held | None = None) -> Piece:
    return Piece(id, Part.NOTE, date(2026, 11, 24), "Maja", (("", "ord"),), held=held, less=less)


@pytest.mark.parametrize(
    ("wall", "service", "mode", "age", "both"),
    [
        (Wall.CHILD, "TRAPPAN", Mode.FULL, None, True),
        (Wall.CHILD, "TRAPPAN", Mode.FULL, 17, True),
        (Wall.CHILD, "TRAPPAN", Mode.FULL, 18, False),
        (Wall.EXPOSED, "ENSK", Mode.FULL, None, False),
        (Wall.EXPOSED, "ENSK", Mode.FULL, 17, True),
        (Wall.EXPOSED, "ENSK", Mode.FULL, 18, False),
        (Wall.EXPOSED, "HEDER", Mode.FULL, 14, False),
        (Wall.CHILD, "HEDER", Mode.FULL, None, False),
        (Wall.CHILD, "TRAPPAN", Mode.NO_IDENTITY, None, False),
    ],
)
def test_a_guardian_is_given_a_copy_only_of_a_childs_file_that_is_not_kept_from_guardians(
    wall, service, mode, age, both
):
    assert receivers(wall=wall, service=service, mode=mode, age=age) == ((HER, GUARDIAN) if both else (HER,))


@pytest.mark.parametrize(
    ("guards", "to_her", "to_guardian"),
    [
        ((), None, None),
        ((Guard.GUARDIAN,), None, Held.GUARDIAN),
        ((Guard.SOURCE,), Held.SOURCE, Held.GUARDIAN),
        ((Guard.PARTY,), Held.PARTY, Held.GUARDIAN),
        ((Guard.PARTY, Guard.SOURCE), Held.SOURCE, Held.GUARDIAN),
    ],
    ids=range(5),
)
def test_marks_of_a_note_keep_it_back(guards, to_her, to_guardian):
    assert (note_held(guards, HER), note_held(guards, GUARDIAN)) == (to_her, to_guardian)


@pytest.mark.parametrize(
    ("newest_first", "held"),
    [
        (((), ()), [None, None]),
        (((Guard.SOURCE,), ()), [Held.SOURCE, Held.SOURCE]),
        (((), (Guard.SOURCE,)), [None, Held.SOURCE]),
        (((), (Guard.PARTY,), ()), [None, Held.PARTY, Held.PARTY]),
    ],
    ids=range(4),
)
def test_a_mark_covers_its_wording_and_those_before_it(newest_first, held):
    assert wordings_held(newest_first, HER) == held


@pytest.mark.parametrize(
    ("agency", "by_consent", "to_her", "to_guardian"),
    [
        (Agency.POLICE, True, None, None),
        (Agency.POLICE, False, Held.PARTY, Held.GUARDIAN),
        (Agency.PROSECUTOR, False, Held.PARTY, Held.GUARDIAN),
        (Agency.COURT, False, None, Held.GUARDIAN),
        (Agency.SOCIAL, False, None, Held.GUARDIAN),
        (Agency.SOCIAL, True, None, None),
    ],
    ids=range(6),
)
def test_what_left_to_who_investigates_is_kept_back(agency, by_consent, to_her, to_guardian):
    assert disclosure_held(agency, HER, by_consent=by_consent) == to_her
    assert disclosure_held(agency, GUARDIAN, by_consent=by_consent) == to_guardian


@pytest.mark.parametrize(
    ("reported", "know", "to_her"),
    [
        (True, GuardiansKnow.YES, None),
        (True, GuardiansKnow.SOME, Held.PARTY),
        (True, GuardiansKnow.NO, Held.PARTY),
        (False, None, Held.PARTY),
    ],
    ids=range(4),
)
def test_a_concern_is_given_only_where_all_guardians_know_and_never_to_one(reported, know, to_her):
    assert concern_held(HER, reported=reported, guardians=know) == to_her
    assert concern_held(GUARDIAN, reported=reported, guardians=know) == Held.GUARDIAN


@pytest.mark.parametrize(
    ("wall", "to_her"), [(wall, Held.OTHERS if wall == Wall.USING_VIOLENCE else None) for wall in Wall], ids=str
)
def test_whom_a_file_tells_of_is_kept_back_on_the_side_of_who_uses_violence(wall, to_her):
    assert (others_held(wall, HER), others_held(wall, GUARDIAN)) == (to_her, Held.GUARDIAN)


PIECES = [piece(A), piece(B, Held.PARTY), piece(C, Held.SOURCE)]
WHY = {"reason": "Hon vet redan."}


@pytest.mark.parametrize(
    ("chosen", "faults"),
    [
        (Chosen(HER), {}),
        (Chosen(HER, keep=frozenset({A})), {"reason": "reason"}),
        (Chosen(HER, keep=frozenset({A}), **WHY), {}),
        (Chosen(HER, release=frozenset({B}), reason=" "), {"reason": "reason"}),
        (Chosen(HER, release=frozenset({B}), **WHY), {}),
        (Chosen(HER, release=frozenset({C}), **WHY), {"reason": "fixed"}),
        (Chosen(HER, release=frozenset({A}), **WHY), {"reason": "fixed"}),
        (Chosen(HER, keep=frozenset({UUID(int=9)}), **WHY), {"reason": "gone"}),
        (Chosen(GUARDIAN, who=" "), {"who": "who"}),
        (Chosen(GUARDIAN, who="Påhittad Mamma"), {}),
    ],
    ids=range(10),
)
def test_what_is_changed_by_hand_needs_a_reason_and_a_source_is_never_released(chosen, faults):
    assert chosen_faults(PIECES, chosen) == faults


def test_what_was_chosen_holds_and_what_was_kept_back_already_keeps_its_ground():
    chosen = Chosen(HER, keep=frozenset({A, C}), release=frozenset({B}), ground=Held.OTHERS, **WHY)
    assert [one.held for one in settled(PIECES, chosen)] == [Held.OTHERS, None, Held.SOURCE]
    kept = Chosen(GUARDIAN, keep=frozenset({A}), who="Påhittad Mamma", **WHY)
    assert settled([piece(A)], kept)[0].held == Held.GUARDIAN


def test_grounds_are_told_once_each_and_a_guardian_is_told_the_same_whatever_there_is():
    twice = [*PIECES, piece(UUID(int=4), Held.PARTY), piece(UUID(int=5), less=Held.OTHERS)]
    assert grounds_told(twice, [Held.ADDRESS], HER) == (Held.PARTY, Held.SOURCE, Held.OTHERS, Held.ADDRESS)
    assert grounds_told([piece(A)], [], HER) == ()
    hidden, nothing = [piece(A, Held.GUARDIAN)], [piece(A)]
    assert grounds_told(hidden, [Held.GUARDIAN], GUARDIAN) == grounds_told(nothing, [], GUARDIAN) == (Held.GUARDIAN,)


def test_the_mark_changes_with_each_piece_each_verdict_and_each_word():
    said = replace(piece(A), lines=(("Svar", "Mer."),))
    marks = {
        mark_of(some)
        for some in ([], [piece(A)], [piece(A, Held.PARTY)], [piece(A, less=Held.PARTY)], [piece(B)], [said])
    }
    assert len(marks) == 6
    assert mark_of([], [("Adress", "x")]) != mark_of([])
    assert mark_of(PIECES) == mark_of(reversed(PIECES))
    assert mark_of([replace(piece(A), why="annat")]) == mark_of([piece(A)])
