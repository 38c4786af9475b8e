"""A named file whose key nobody of its team holds any more, given to others with the recovery key on paper (ADR 17).

Within the worker's door, by the command on the server. Nobody reads a word by it; those who are given the key do.
"""

import json
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from lykta.access.enums import Permission, Role
from lykta.access.rules import rights_of
from lykta.audit.actions import anchored
from lykta.cases.errors import NotAble, NothingThere, Unsound
from lykta.cases.places import opening_place, review_place
from lykta.cases.rules import fault_of_text
from lykta.people.models import Member
from lykta.sealing import boxes
from lykta.sealing.actions import new_case_key
from lykta.sealing.enums import RingName
from lykta.sealing.errors import UnsignedKey
from lykta.sealing.models import Ring
from lykta.sealing.queries import own_context, public_key, wrap_context
from lykta.sealing.words import seal


def orphans() -> list[str]:
    """The numbers of all named files that nobody can open any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_orphans()")
        return [ref for (ref,) in cursor.fetchall()]


@transaction.atomic
def take_over(*, ref: str, members: Sequence[UUID], private: bytes, why: str) -> None:
    """Give these members every part of an orphaned file's key, and put them on its team; the first of them leads.

    private: the recovery pair's. why: sealed to the reviewers, who have it before them at once.
    Raises NothingThere for a file that somebody still holds, that is no named one, or that is not; NotAble ("outside"
    where one is outside its wall, excluded or on the other side; "unsigned"), Unsound ("words"), CannotOpen.
    """
    if fault := fault_of_text(why):
        raise Unsound({"words": fault})
    with connection.cursor() as cursor:
        cursor.execute("SELECT file, newest, part, ring, box FROM lykta_orphan_wraps(%s)", [ref])
        rows = cursor.fetchall()
    if not rows or not members:
        raise NothingThere
    rings = {ring.pk: ring for ring in Ring.objects.filter(name=RingName.RECOVERY)}
    file, newest = rows[0][:2]
    keys = {
        part: boxes.take(private, wrap_context(rings[ring], file, part), bytes(box)) for *_, part, ring, box in rows
    }
    given = [(to, part, _box(to, file, part, key)) for to in members for part, key in keys.items()]
    opening = uuid4()
    plain = json.dumps({"text": why.strip()}, ensure_ascii=False).encode()
    _do(
        file,
        list(members),
        *(list(column) for column in zip(*given, strict=True)),
        opening,
        newest,
        seal(keys[newest], opening_place(file, opening), plain),
        _for_review(opening, plain),
    )


def _box(member: UUID, file: UUID, part: UUID, key: bytes) -> bytes:
    """The key for a member who reads files. Raises NotAble."""
    role, also = Member.objects.values_list("role", "also").get(pk=member)
    if Permission.FILE_READ not in rights_of(map(Role, [role, *also])):
        raise NotAble("outside", member)
    try:
        return boxes.give(public_key(member), own_context(member, file, part), key)
    except UnsignedKey as why:
        raise NotAble("unsigned", member) from why


def _for_review(opening: UUID, plain: bytes) -> bytes | None:
    """Why, for the reviewers. A house without their ring has nobody to tell."""
    try:
        key = new_case_key(centre=settings.LYKTA_CENTRE, case=opening, part=opening, ring_name=RingName.REVIEW)
    except Ring.DoesNotExist:
        return None
    return seal(key, review_place(opening), plain)


def _do(*values: object) -> None:
    call = "lykta_take_over(%s, %s::uuid[], %s::uuid[], %s::uuid[], %s::bytea[], %s, %s, %s, %s)"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT centre, chain, seq, hash FROM {call}", values)  # type: ignore[arg-type]
            centre, chain, seq, digest = cursor.fetchone()
    except IntegrityError as why:
        raise NotAble("outside") from why
    except ProgrammingError as why:
        if isinstance(why.__cause__, InsufficientPrivilege):
            raise NothingThere from why
        raise
    anchored(centre, chain, seq, bytes(digest))
