"""Everything an installation makes a centre of, once every page is said. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lykta.access.enums import Role, Wall
from lykta.people.facts import CentreWords, Hours, OwnPhone


@dataclass(frozen=True, kw_only=True)
class Person:
    """One of the first two members."""

    name: str
    email: str
    role: Role
    walls: frozenset[Wall]

    @property
    def given(self) -> str:
        """The first of the names."""
        return self.name.split()[0]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """recovery: the public half of the key on paper. people: the head first, since she acts in what is made."""

    words: CentreWords
    phones: Sequence[OwnPhone]
    hours: Hours
    languages: Sequence[str]
    recovery: bytes
    people: Sequence[Person]
    passwords: Sequence[str] = field(repr=False)
