"""Each role's rights, as the head of the centre approved them."""

from datetime import date
from itertools import product
from uuid import UUID

import pytest

from lykta.access.enums import Permission, Role, Wall
from lykta.access.rules import (
    ROLES,
    Actor,
    Term,
    clash_of,
    covers,
    may,
    on_both_sides,
    reads_words,
    rights_of,
    rings_of,
    roles_clash,
    walls_on,
    works_in,
)
from lykta.sealing.enums import RingName as N

P = Permission
EVERYBODY = {P.DESK_SEE, P.OWN_ACCOUNT, P.HANDBOOK_READ, P.MEMBERS_SEE, P.CATALOGUE_SEE}
TALKS = EVERYBODY | {
    P.INBOX_SEE, P.DIALOGUE_READ, P.DIALOGUE_ANSWER, P.DIALOGUE_CLOSE, P.CALL_LOG, P.RING_GIVE, P.FILE_LIST,
    P.FILE_READ, P.FILE_WRITE,
}  # fmt: skip
EDITS = EVERYBODY | {P.CATALOGUE_EDIT, P.PAGES_EDIT, P.PUBLISH}
LOG = {P.LOG_VERIFY, P.LOG_READ, P.LOG_REVIEW, P.LOG_EXPORT}
APPROVED = {
    Role.HEAD: EDITS | LOG | {P.INBOX_SEE, P.CENTRE_EDIT, P.MEMBERS_ADMIT, P.RING_GIVE},
    Role.COUNSELLOR: TALKS,
    Role.CHILD_COUNSELLOR: TALKS,
    Role.THERAPIST: TALKS,
    Role.PARTNER_CONTACT: TALKS,
    Role.KAST_COUNSELLOR: TALKS,
    Role.COORDINATOR: TALKS,
    Role.RECEPTION: EVERYBODY | {P.INBOX_SEE, P.CALL_LOG},
    Role.COURSE_ADMIN: EVERYBODY,
    Role.EDITOR: EDITS,
    Role.STATISTICS: EVERYBODY | {P.RING_GIVE},
    Role.AUDITOR: EVERYBODY | LOG | {P.RING_GIVE},
    Role.TECHNICIAN: EVERYBODY | {P.LOG_VERIFY},
}


PAIRS = list(product(Role, Role))


def actor(role: Role, *walls: Wall) -> Actor:
    return Actor(UUID(int=1), UUID(int=2), "Maja", role, frozenset(walls))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_what_was_approved_and_nothing_more(role, permission):
    assert may(actor(role), permission) == (permission in APPROVED[role])


@pytest.mark.parametrize("role", Role)
def test_every_role_is_told_in_words(role):
    assert ROLES[role].name
    assert ROLES[role].description.endswith(".")


@pytest.mark.parametrize("permission", Permission)
def test_every_right_is_told_in_words(permission):
    assert permission.words


@pytest.mark.parametrize(("walls", "inside"), [((), False), ((Wall.CONTACT,), True)])
def test_a_wall_lets_in_those_who_have_a_place_there(walls, inside):
    assert works_in(actor(Role.COUNSELLOR, *walls), Wall.CONTACT) == inside


@pytest.mark.parametrize(("main", "other"), PAIRS)
def test_with_two_roles_one_may_what_either_may(main, other):
    both = Actor(UUID(int=1), UUID(int=2), "Maja", main, frozenset(), also=frozenset({other}))
    assert {p for p in P if may(both, p)} == APPROVED[main] | APPROVED[other] == rights_of({main, other})


READS = {
    Role.COUNSELLOR, Role.CHILD_COUNSELLOR, Role.THERAPIST, Role.PARTNER_CONTACT, Role.KAST_COUNSELLOR,
    Role.COORDINATOR,
}  # fmt: skip


def test_six_roles_read_words():
    assert {role for role in Role if reads_words(role)} == READS


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_who_sees_no_words_by_office_never_reads_them_by_another(one, other):
    apart = {Role.AUDITOR, Role.TECHNICIAN}
    assert roles_clash({one, other}) == bool({one, other} & apart and {one, other} & READS)


def test_three_roles_clash_where_two_of_them_do():
    assert roles_clash({Role.HEAD, Role.AUDITOR, Role.COUNSELLOR})
    assert not roles_clash({Role.HEAD, Role.COUNSELLOR, Role.EDITOR})


W = Wall


@pytest.mark.parametrize(
    ("walls", "both"),
    [
        (set(), False),
        ({W.USING_VIOLENCE}, False),
        ({W.USING_VIOLENCE, W.CONTACT, W.CHILD, W.RELATIVE, W.KAST}, False),
        ({W.EXPOSED, W.PARTNER}, False),
        ({W.USING_VIOLENCE, W.EXPOSED}, True),
        ({W.USING_VIOLENCE, W.PARTNER}, True),
        (set(Wall), True),
    ],
)
def test_nobody_stands_on_both_sides_of_a_treatment(walls, both):
    assert on_both_sides(frozenset(walls)) == both


@pytest.mark.parametrize("wall", Wall)
def test_every_wall_is_told_in_words(wall):
    assert wall.label


@pytest.mark.parametrize(
    ("role", "walls", "rings"),
    [
        (Role.COUNSELLOR, (), set()),
        (Role.COUNSELLOR, (W.CONTACT, W.EXPOSED), {N.CONTACT, N.EXPOSED}),
        (Role.HEAD, (W.CONTACT,), {N.HOUSE, N.REVIEW}),  # sees how much waits, reads nothing
        (Role.AUDITOR, (), {N.REVIEW}),
        (Role.STATISTICS, (W.CONTACT,), {N.STATISTICS}),
        (Role.RECEPTION, (W.CONTACT,), set()),
        (Role.TECHNICIAN, tuple(Wall), set()),
    ],
)
def test_a_member_holds_the_rings_her_work_needs_and_no_other(role, walls, rings):
    assert rings_of(role, walls) == rings


def test_the_rings_of_a_second_role_come_too():
    assert rings_of(Role.HEAD, (W.CONTACT,), also=(Role.COUNSELLOR,)) == {N.HOUSE, N.REVIEW, N.CONTACT}
    assert rings_of(Role.EDITOR, (), also=(Role.STATISTICS,)) == {N.STATISTICS}


def on(number):
    return date(2026, 11, number)


@pytest.mark.parametrize(
    ("day", "inside"), [(on(9), False), (on(10), True), (on(19), True), (on(20), False)]
)  # from the 10th until the 20th
def test_a_term_is_half_open(day, inside):
    assert (walls_on([Term(W.CHILD, on(10), on(20))], day) == {W.CHILD}) is inside


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (Term(W.USING_VIOLENCE, on(1)), Term(W.EXPOSED, on(1)), True),
        (Term(W.USING_VIOLENCE, on(1), on(10)), Term(W.EXPOSED, on(10)), False),
        (Term(W.USING_VIOLENCE, on(1), on(11)), Term(W.EXPOSED, on(10)), True),
        (Term(W.PARTNER, on(10), on(20)), Term(W.USING_VIOLENCE, on(1), on(10)), False),
        (Term(W.PARTNER, on(9), on(20)), Term(W.USING_VIOLENCE, on(1), on(10)), True),
        (Term(W.PARTNER, on(1)), Term(W.EXPOSED, on(1)), False),
        (Term(W.USING_VIOLENCE, on(1)), Term(W.KAST, on(1)), False),
    ],
)
def test_the_two_sides_never_share_a_day(one, other, clash):
    assert (clash_of([one, other]) is not None) == (clash_of([other, one]) is not None) == clash


@pytest.mark.parametrize(
    ("others", "enough"),
    [
        ([], False),
        ([Term(W.CHILD, on(1))], True),
        ([Term(W.CHILD, on(1)), Term(W.KAST, on(1))], True),
        ([Term(W.KAST, on(1))], False),
        ([Term(W.CHILD, on(11))], False),
        ([Term(W.CHILD, on(10), on(15)), Term(W.CHILD, on(15), on(20))], True),
        ([Term(W.CHILD, on(10), on(15)), Term(W.CHILD, on(16), on(20))], False),
        ([Term(W.CHILD, on(1), on(19))], False),
    ],
)
def test_who_stands_in_is_inside_the_same_walls_on_every_day(others, enough):
    assert covers([Term(W.CHILD, on(1))], others, from_on=on(10), until_on=on(20)) is enough


def test_walls_she_is_not_inside_on_those_days_ask_for_nobody():
    assert covers([Term(W.CHILD, on(1), on(10)), Term(W.KAST, on(20))], [], from_on=on(10), until_on=on(20))


def test_every_wall_has_a_ring():
    assert {wall.value: wall.label for wall in Wall}.items() <= {ring.value: ring.label for ring in N}.items()
