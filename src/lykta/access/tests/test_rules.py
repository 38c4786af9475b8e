"""Each role's rights, as the head of the centre approved them."""

from uuid import UUID

import pytest

from lykta.access.enums import Permission, Role, Wall
from lykta.access.rules import ROLES, Actor, may, works_in

P = Permission
EVERYBODY = {P.DESK_SEE, P.OWN_ACCOUNT}
TALKS = EVERYBODY | {P.INBOX_SEE, P.DIALOGUE_READ, P.DIALOGUE_ANSWER, P.DIALOGUE_CLOSE}
APPROVED = {
    Role.COUNSELLOR: TALKS,
    Role.CHILD_COUNSELLOR: TALKS,
    Role.THERAPIST: TALKS,
    Role.COORDINATOR: TALKS,
    Role.HEAD: EVERYBODY | {P.INBOX_SEE, P.LOG_VERIFY},
    Role.AUDITOR: EVERYBODY | {P.LOG_VERIFY},
}


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


@pytest.mark.parametrize(("walls", "inside"), [((), False), ((Wall.CONTACT,), True)])
def test_a_wall_lets_in_those_who_have_a_place_there(walls, inside):
    assert works_in(actor(Role.COUNSELLOR, *walls), Wall.CONTACT) == inside
