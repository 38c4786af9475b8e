"""What each role may do, and the person a door lets in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from lykta.access.enums import Permission, Role, Wall
from lykta.sealing.enums import RingName
from lykta.sealing.holder import Holder

P = Permission
_EVERYBODY = frozenset({P.DESK_SEE, P.OWN_ACCOUNT, P.HANDBOOK_READ, P.MEMBERS_SEE, P.CATALOGUE_SEE})
_TALKS = _EVERYBODY | {
    P.INBOX_SEE,
    P.DIALOGUE_READ,
    P.DIALOGUE_ANSWER,
    P.DIALOGUE_CLOSE,
    P.CALL_LOG,
    P.RING_GIVE,
}
_EDITS = _EVERYBODY | {P.CATALOGUE_EDIT, P.PAGES_EDIT, P.PUBLISH}
_LOG = {P.LOG_VERIFY, P.LOG_READ, P.LOG_REVIEW, P.LOG_EXPORT}


@dataclass(frozen=True)
class RoleText:
    """A role as prose: the head of the centre can read and approve it."""

    name: str
    description: str
    permissions: frozenset[Permission]


ROLES = {
    Role.HEAD: RoleText(
        "Enhetschef",
        "Släpper in och ut medarbetare, ändrar centrumets uppgifter, tjänster och sidor och läser loggen. "
        "Ser hur mycket som väntar och hur länge, men läser inga ord från den som söker hjälp.",
        _EDITS | _LOG | {P.INBOX_SEE, P.CENTRE_EDIT, P.MEMBERS_ADMIT, P.RING_GIVE},
    ),
    Role.COUNSELLOR: RoleText(
        "Samtalsstödjare",
        "Läser och svarar i kontaktrummet, för samtalslogg och släpper in kollegor i de rum hon själv har nyckel till.",
        _TALKS,
    ),
    Role.CHILD_COUNSELLOR: RoleText(
        "Barnsamtalsledare", "Som samtalsstödjare, med samtal för barn och deras vuxna.", _TALKS
    ),
    Role.THERAPIST: RoleText("Behandlare", "Som samtalsstödjare, med behandling för den som utövar våld.", _TALKS),
    Role.PARTNER_CONTACT: RoleText(
        "Partnerkontakt",
        "Som samtalsstödjare, med kontakt till partner medan den andra är i behandling. Aldrig båda sidor.",
        _TALKS,
    ),
    Role.KAST_COUNSELLOR: RoleText(
        "KAST-samtalsledare", "Som samtalsstödjare, med samtal på KAST-mottagningen.", _TALKS
    ),
    Role.RECEPTION: RoleText(
        "Reception",
        "För samtals- och besökslogg och ser att något väntar, men läser inga ord.",
        _EVERYBODY | {P.INBOX_SEE, P.CALL_LOG},
    ),
    Role.COORDINATOR: RoleText(
        "Samordnare", "Fördelar, läser och svarar i kontaktrummet, och håller i samrådet.", _TALKS
    ),
    Role.COURSE_ADMIN: RoleText(
        "Utbildningsansvarig", "Håller i utbildningar och nätverk. Läser inga ord från den som söker hjälp.", _EVERYBODY
    ),
    Role.EDITOR: RoleText("Redaktör", "Ändrar och publicerar tjänster, sidor och nyheter. Ser inget annat.", _EDITS),
    Role.STATISTICS: RoleText("Statistik", "Tar fram siffror. Läser inga ord och ser inga enskilda.", _EVERYBODY),
    Role.AUDITOR: RoleText(
        "Granskare",
        "Läser loggen, granskar det som sticker ut och kontrollerar att loggen är hel. Läser inga ord.",
        _EVERYBODY | _LOG,
    ),
    Role.TECHNICIAN: RoleText(
        "Tekniker",
        "Sköter driften och kontrollerar att loggen är hel. Ser inga ord, inga medlemmars nycklar och ingen kö.",
        _EVERYBODY | {P.LOG_VERIFY},
    ),
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


_RINGS_BY_RIGHT = {
    P.MEMBERS_ADMIT: RingName.HOUSE,
    P.LOG_REVIEW: RingName.REVIEW,
}


def rings_of(role: Role, walls: Iterable[Wall]) -> frozenset[RingName]:
    """The rings a member's work needs a share of: her walls' where her role reads words, and those of her rights.

    The statistics' ring comes with its role alone.
    """
    rights = ROLES[role].permissions
    found = {ring for right, ring in _RINGS_BY_RIGHT.items() if right in rights}
    if P.DIALOGUE_READ in rights:
        found |= {RingName(wall.value) for wall in walls}
    if role == Role.STATISTICS:
        found.add(RingName.STATISTICS)
    return frozenset(found)


SIDES = (frozenset({Wall.USING_VIOLENCE}), frozenset({Wall.EXPOSED, Wall.PARTNER}))
"""The two sides of one treatment (design, section 4; domain.md, PARTN). Nobody stands on both on the same day."""


def on_both_sides(walls: frozenset[Wall]) -> bool:
    """Whether these walls would put one person on both sides of a treatment."""
    return all(walls & side for side in SIDES)
