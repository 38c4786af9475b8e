"""Finding a file by name or number, inside the walls one works in: exact, blind, and logged (SoLPuF, section 15)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.cases.listing import FileRow, listed
from lykta.cases.models import Assignment, File, Token
from lykta.cases.numbers import NotANumber, read_number
from lykta.cases.places import token
from lykta.cases.rules import name_tokens
from lykta.cases.writing import index_key, key_of
from lykta.core.doors import become
from lykta.sealing.errors import NotHolder

WALLS = tuple(wall for wall in Wall if wall != Wall.CONTACT)
"""The walls personal files stand behind."""
MOST = 100
"""Files a search shows at most from one wall: who sees so many types more of the name."""


@dataclass(frozen=True)
class Sought:
    """What was typed, as it is looked for: a file's reference, or a number, or the words of a name."""

    ref: str = ""
    number: str = ""
    names: frozenset[str] = frozenset()

    @property
    def words(self) -> list[tuple[str, str]]:
        """Field and word of each token looked for."""
        return [("number", self.number)] if self.number else [("name", word) for word in sorted(self.names)]


def sought(typed: str, *, on: date) -> Sought:
    """What somebody looks for: "L-7K2M4Q", a number in any notation, or names. Empty where there is nothing to find."""
    text = typed.strip()
    if text[:2].upper() == "L-":
        return Sought(ref=text.upper())
    try:
        return Sought(number=read_number(text, on=on).digits)
    except NotANumber:
        pass
    if any(sign.isdecimal() for sign in text):
        return Sought(number="".join(text.split()).casefold())
    return Sought(names=name_tokens(text))


def find(actor: Actor, what: Sought) -> list[FileRow]:
    """Files that fit in all words, inside the actor's walls and open to her knowledge; newest work first.

    At most MOST of each wall. One search, one event.
    """
    if what.ref:
        found = list(File.objects.filter(centre_id=actor.centre, ref=what.ref))
    else:
        found = _found(actor, what, WALLS) if what.words else []
    become(case=None)
    rows = sorted(listed(actor, found), key=lambda row: (-row.last_on.toordinal(), row.ref))
    record(Act.FILE_SEARCHED, reason="ref" if what.ref else "number" if what.number else "name", count=len(rows))
    return rows


def same_number(actor: Actor, file: File, number: str) -> list[File]:
    """The other files behind the same wall that the actor may know of and that have this number. Writes no event.

    The transaction stays in the file.
    """
    found = _found(actor, Sought(number=number.casefold()), (Wall(file.wall),))
    become(case=file.id)
    return sorted((one for one in found if one.pk != file.pk), key=lambda one: one.ref)


def _found(actor: Actor, what: Sought, walls: Sequence[Wall]) -> list[File]:
    return [*_by_index(actor, what, walls), *_by_own_keys(actor, what, walls)]


def _by_index(actor: Actor, what: Sought, walls: Sequence[Wall]) -> Iterable[File]:
    """Through the index of each wall she works in."""
    for wall in walls:
        if wall not in actor.walls:
            continue
        try:
            key = index_key(actor, wall)
        except NotHolder:  # inside the wall since today, and nobody has let her into its ring yet
            continue
        rows = File.objects.filter(centre_id=actor.centre, wall=wall, named=False)
        for field, word in what.words:
            hits = Token.objects.filter(centre_id=actor.centre, wall=wall, field=field, token=token(key, field, word))
            rows = rows.filter(pk__in=hits.values("file_id"))
        yield from rows[:MOST]


def _by_own_keys(actor: Actor, what: Sought, walls: Sequence[Wall]) -> Iterable[File]:
    """Among the named files she herself holds: each has an index of its own, under its own key."""
    own = Assignment.objects.filter(member_id=actor.member, until_on=None)
    for file in File.objects.filter(centre_id=actor.centre, named=True, wall__in=walls, pk__in=own.values("file_id")):
        become(case=file.id)
        key = key_of(actor, file)
        kept = {(t.field, bytes(t.token)) for t in Token.objects.filter(file=file)}
        if all((field, token(key, field, word)) in kept for field, word in what.words):
            yield file
