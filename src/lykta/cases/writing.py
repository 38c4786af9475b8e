"""Sealing into a file: the key of its newest part, sheets, notes, and the index that finds it."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.cases.enums import Number, SheetKind
from lykta.cases.errors import Moved, NothingThere
from lykta.cases.models import File, Note, Sheet, Token
from lykta.cases.places import index_case, note_place, sheet_place, token
from lykta.cases.rules import name_tokens
from lykta.core import clock
from lykta.core.doors import become
from lykta.sealing.actions import new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.errors import NotHolder
from lykta.sealing.queries import case_keys
from lykta.sealing.words import seal


def key_of(actor: Actor, file: File) -> bytes:
    """The data key of the file's newest part. Raises NothingThere for an actor without keys, NotHolder."""
    if actor.holder is None:
        raise NothingThere
    key = case_keys(actor.holder, file.id).get(file.part)
    if key is None:
        raise NotHolder("the newest part is not hers")
    return key


def write_sheet(*, by: Actor, file: File, kind: SheetKind, words: dict[str, Any], seen: int, key: bytes) -> None:
    """Seal a new wording of a part of the file. seen: the version the page showed. Raises Moved where it is another."""
    sheet = uuid4()
    newest = Sheet.objects.filter(file=file, kind=kind).order_by("-version").values_list("version", flat=True).first()
    if (newest or 0) != seen:
        raise Moved
    row = Sheet(
        id=sheet,
        centre_id=by.centre,
        file=file,
        kind=kind,
        version=seen + 1,
        at=clock.now(),
        by=by.member,
        part=file.part,
        sealed=seal(key, sheet_place(file.id, sheet), _bytes(words)),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as why:  # two at the very same moment
        raise Moved from why


def write_note(
    *, by: Actor, file: File, note: UUID, words: dict[str, Any], replaces: UUID | None, key: bytes, part: UUID
) -> None:
    """Seal a note under a part of the file's key. The caller holds the file's row, so that numbers do not meet."""
    Note.objects.create(
        id=note,
        centre_id=by.centre,
        file=file,
        number=file.note_count + 1,
        at=clock.now(),
        by=by.member,
        replaces_id=replaces,
        part=part,
        sealed=seal_note(file.id, note, words, key),
    )


def seal_note(file: UUID, note: UUID, words: dict[str, Any], key: bytes) -> bytes:
    """A note's words, sealed for their place."""
    return seal(key, note_place(file, note), _bytes(words))


def _bytes(words: dict[str, Any]) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode()


def index_key(actor: Actor, wall: Wall) -> bytes:
    """The key of a wall's index, made by the first who needs it. Leaves the transaction let into no case."""
    if actor.holder is None:
        raise NothingThere
    case = index_case(actor.centre, wall)
    become(case=case)
    try:
        try:
            return case_keys(actor.holder, case)[case]
        except NotHolder:
            return _new_index(actor, wall, case)
    finally:
        become(case=None)


def _new_index(actor: Actor, wall: Wall, case: UUID) -> bytes:
    assert actor.holder is not None
    try:
        with transaction.atomic():
            return new_case_key(centre=actor.centre, case=case, part=case, ring_name=RingName(wall.value))
    except IntegrityError:  # a colleague was quicker
        return case_keys(actor.holder, case)[case]


def index(*, by: Actor, file: File, identity: dict[str, Any], key: bytes) -> None:
    """Put the file's names and number in its wall's index; a named file in one of its own, under its own key."""
    wall = Wall(file.wall)
    under = key if file.named else index_key(by, wall)
    become(case=file.id)
    Token.objects.filter(file=file).delete()
    Token.objects.bulk_create(
        Token(centre_id=by.centre, file=file, wall=file.wall, field=field, token=token(under, field, word))
        for field, word in sorted(searchable(identity))
    )


def searchable(identity: dict[str, Any]) -> set[tuple[str, str]]:
    """What a file can be found by: its names, a pseudonym among them, and its number. Nothing else (SoLPuF 15)."""
    names: Iterable[str] = (identity.get(n, "") for n in ("given_names", "family_name", "earlier_names", "pseudonym"))
    found = {("name", word) for name in names for word in name_tokens(name)}
    number = identity.get("number", "")
    if number and identity.get("number_kind") != Number.NONE:
        found.add(("number", number.casefold()))
    return found
