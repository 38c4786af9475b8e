"""What each role may do, and the person a door lets in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
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
    P.FILE_LIST,
    P.FILE_READ,
    P.FILE_WRITE,
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
    Role.STATISTICS: RoleText(
        "Statistik",
        "Tar fram siffror, och släpper in kollegor i statistiken. Läser inga ord och ser inga enskilda.",
        _EVERYBODY | {P.RING_GIVE},
    ),
    Role.AUDITOR: RoleText(
        "Granskare",
        "Läser loggen, granskar det som sticker ut, kontrollerar att loggen är hel och släpper in andra granskare. "
        "Läser inga ord.",
        _EVERYBODY | _LOG | {P.RING_GIVE},
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

    role: her main one; also: what more she does at a small centre. holder: the member's open keys; None for a member
    whose work needs none.
    """

    member: UUID
    centre: UUID
    name: str
    role: Role
    walls: frozenset[Wall]
    holder: Holder | None = None
    also: frozenset[Role] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        """Everything she does."""
        return self.also | {self.role}


def rights_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """What several roles may together."""
    return frozenset().union(*(ROLES[role].permissions for role in roles))


def may(actor: Actor, permission: Permission) -> bool:
    """Whether one of the actor's roles carries this permission."""
    return any(permission in ROLES[role].permissions for role in actor.roles)


def texts_of(role: Role, also: Iterable[Role]) -> list[RoleText]:
    """A member's roles in prose, her main one first."""
    return [ROLES[role], *(ROLES[other] for other in sorted(set(also) - {role}))]


def reads_words(role: Role) -> bool:
    """Whether the role reads what people who seek help have written."""
    return P.DIALOGUE_READ in ROLES[role].permissions


APART = frozenset({Role.AUDITOR, Role.TECHNICIAN})
"""Roles that see no words. Together with one that reads words they would no longer be what they are for."""


def roles_clash(roles: Iterable[Role]) -> bool:
    """Whether one person may not have these roles together. The same stands as a check in the table of members."""
    roles = set(roles)
    return bool(roles & APART) and any(map(reads_words, roles))


def works_in(actor: Actor, wall: Wall) -> bool:
    """Whether the actor works inside this wall today."""
    return wall in actor.walls


_RINGS_BY_RIGHT = {
    P.MEMBERS_ADMIT: RingName.HOUSE,
    P.LOG_REVIEW: RingName.REVIEW,
}


def rings_of(role: Role, walls: Iterable[Wall], *, also: Iterable[Role] = ()) -> frozenset[RingName]:
    """The rings a member's work needs a share of: her walls' where she reads words, and those of her rights.

    The statistics' ring comes with its role alone.
    """
    roles = {role, *also}
    rights = rights_of(roles)
    found = {ring for right, ring in _RINGS_BY_RIGHT.items() if right in rights}
    if P.DIALOGUE_READ in rights:
        found |= {RingName(wall.value) for wall in walls}
    if Role.STATISTICS in roles:
        found.add(RingName.STATISTICS)
    return frozenset(found)


SIDES = (frozenset({Wall.USING_VIOLENCE}), frozenset({Wall.EXPOSED, Wall.PARTNER}))
"""The two sides of one treatment (design, section 4; domain.md, PARTN). Nobody stands on both on the same day."""


def on_both_sides(walls: frozenset[Wall]) -> bool:
    """Whether these walls would put one person on both sides of a treatment."""
    return all(walls & side for side in SIDES)


@dataclass(frozen=True)
class Term:
    """A time inside a wall. Half-open: `until_on` is the first day without it; None for no end."""

    wall: Wall
    from_on: date
    until_on: date | None = None

    @property
    def last_on(self) -> date | None:
        """The last day inside, as people say it."""
        return self.until_on - timedelta(days=1) if self.until_on else None

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def meets(self, other: "Term") -> bool:
        """Whether the two have a day in common."""
        return (other.until_on is None or self.from_on < other.until_on) and (
            self.until_on is None or other.from_on < self.until_on
        )


def walls_on(terms: Iterable[Term], day: date) -> frozenset[Wall]:
    """The walls these terms open on a day."""
    return frozenset(term.wall for term in terms if term.holds(day))


def clash_of(terms: Iterable[Term]) -> tuple[Term, Term] | None:
    """Two terms one person may not have: both sides of a treatment on one day. None where there are none.

    The same stands as a constraint in the table of places.
    """
    for one, other in combinations(terms, 2):
        if on_both_sides(frozenset({one.wall, other.wall})) and one.meets(other):
            return one, other
    return None


def covers(hers: Iterable[Term], others: Iterable[Term], *, from_on: date, until_on: date) -> bool:
    """Whether `others` are inside every wall that `hers` are, on each day of a half-open time."""
    hers, others = list(hers), list(others)
    edges = {edge for t in (*hers, *others) for edge in (t.from_on, t.until_on) if edge and from_on < edge < until_on}
    return all(walls_on(hers, day) <= walls_on(others, day) for day in {from_on, *edges})
