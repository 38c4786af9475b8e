"""What each role may do, and the person a door lets in."""

from dataclasses import dataclass
from uuid import UUID

from lykta.access.enums import Permission, Role, Wall
from lykta.sealing.holder import Holder

P = Permission
_EVERYBODY = frozenset({P.DESK_SEE, P.OWN_ACCOUNT})
_TALKS = _EVERYBODY | {P.INBOX_SEE, P.DIALOGUE_READ, P.DIALOGUE_ANSWER, P.DIALOGUE_CLOSE}


@dataclass(frozen=True)
class RoleText:
    """A role as prose: the head of the centre can read and approve it."""

    name: str
    description: str
    permissions: frozenset[Permission]


ROLES = {
    Role.COUNSELLOR: RoleText("Samtalsstödjare", "Läser och svarar i kontaktrummet.", _TALKS),
    Role.CHILD_COUNSELLOR: RoleText("Barnsamtalsledare", "Läser och svarar i kontaktrummet.", _TALKS),
    Role.THERAPIST: RoleText("Behandlare", "Läser och svarar i kontaktrummet.", _TALKS),
    Role.COORDINATOR: RoleText("Samordnare", "Fördelar, läser och svarar i kontaktrummet.", _TALKS),
    Role.HEAD: RoleText(
        "Enhetschef",
        "Ser hur mycket som väntar och hur länge, men läser inga ord.",
        _EVERYBODY | {P.INBOX_SEE, P.LOG_VERIFY},
    ),
    Role.AUDITOR: RoleText("Granskare", "Kontrollerar att loggen är hel. Läser inga ord.", _EVERYBODY | {P.LOG_VERIFY}),
}


@dataclass(frozen=True)
class Actor:
    """Who acts, handed over by the door. Without one, no query and no action can be called.

    holder: the member's open keys; None for a member whose work needs none.
    """

    member: UUID
    centre: UUID
    name: str
    role: Role
    walls: frozenset[Wall]
    holder: Holder | None = None


def may(actor: Actor, permission: Permission) -> bool:
    """Whether the actor's role carries this permission."""
    return permission in ROLES[actor.role].permissions


def works_in(actor: Actor, wall: Wall) -> bool:
    """Whether the actor works inside this wall today."""
    return wall in actor.walls
