"""Two keys for a named file: one asks for it by its number, another of its team lends it for an hour (ADR 17)."""

import json
from typing import Any
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, connection, transaction
from nacl.utils import random
from psycopg.errors import InsufficientPrivilege

from lykta.access.rules import Actor
from lykta.audit.actions import anchored
from lykta.cases.actions import locked, open_for_an_hour
from lykta.cases.enums import OpenReason
from lykta.cases.errors import AlreadyWritten, NotAble, NothingThere, TooOften, Unsound, WrongStep
from lykta.cases.glass import key_of_ask, lent_now, said
from lykta.cases.glass_rules import ref_of
from lykta.cases.models import Ask, Asked
from lykta.cases.places import answer_place, ask_place
from lykta.cases.queries import able, file_for
from lykta.cases.rules import fault_of_text
from lykta.cases.search import WALLS
from lykta.cases.writing import key_of
from lykta.sealing.actions import KEY_BYTES
from lykta.sealing.errors import NotHolder, UnsignedKey
from lykta.sealing.named import box_for, give_case
from lykta.sealing.queries import signed_members
from lykta.sealing.words import Place, seal


def ask_for_file(*, by: Actor, ask: UUID, typed: str, reason: OpenReason, words: str) -> None:
    """Ask whoever is on the team of a named file for an hour in it. typed: its number. ask: the form's own id.

    Says nothing of whether there is such a file, whether she could open it otherwise, or whether she is forbidden it.
    Raises Unsound ("ref", "words"), AlreadyWritten, TooOften, NothingThere and NotHolder for who has no signed keys.
    """
    faults = {"ref": "" if ref_of(typed) else "form", "words": fault_of_text(words)}
    if found := {name: fault for name, fault in faults.items() if fault}:
        raise Unsound(found)
    if by.holder is None:
        raise NothingThere
    if Ask.objects.filter(pk=ask).exists():
        raise AlreadyWritten
    key, signed = random(KEY_BYTES), signed_members()
    if by.member not in signed:
        raise NotHolder("her own key is not signed")
    inside = {member.pk for wall in WALLS if wall in by.walls for member in able(by, wall)}
    members = sorted(signed & (inside | {by.member}))
    boxes = [box_for(member, ask, key) for member in members]
    sealed = _sealed(key, ask_place(ask), words)
    try:
        _do(
            "lykta_ask(%s, %s, %s, %s, %s::uuid[], %s::bytea[])",
            ask,
            ref_of(typed),
            reason.value,
            sealed,
            members,
            boxes,
        )
    except IntegrityError as why:
        raise TooOften from why


def grant(*, by: Actor, ask: Ask) -> None:
    """Lend the file to who asks, for an hour from now: a strong deed. Closed or open, she may read it and write in it.

    Raises WrongStep where it has been answered or has lapsed, NotAble ("lent" while another has it, "outside" where she
    can't be let in any more, "unsigned"), NothingThere, NotHolder.
    """
    file = file_for(by, _about(ask))
    fresh = locked(by, file, closed_too=True)  # and with it a new part of the key, where it was lent before
    key_of(by, fresh)
    assert by.holder is not None
    if lent_now(by, fresh):
        raise NotAble("lent", ask.member_id)
    try:
        with transaction.atomic():
            _do("lykta_answer_ask(%s, true, NULL)", ask.pk)
            give_case(holder=by.holder, centre=by.centre, case=fresh.pk, member=ask.member_id)
    except IntegrityError as why:
        raise NotAble("outside", ask.member_id) from why
    except UnsignedKey as why:
        raise NotAble("unsigned", ask.member_id) from why


def decline(*, by: Actor, ask: Ask, words: str) -> None:
    """Say no, and why. She who asked learns by it that there is such a file. Raises Unsound, WrongStep, NotHolder."""
    if fault := fault_of_text(words):
        raise Unsound({"words": fault})
    sealed = _sealed(key_of_ask(by, ask), answer_place(ask.pk), words)
    _do("lykta_answer_ask(%s, false, %s)", ask.pk, sealed)


def end(*, by: Actor, ask: Ask) -> None:
    """Take one's own question back; or, of a file that is lent, shut it now. Raises WrongStep."""
    _do("lykta_end_ask(%s)", ask.pk)


def open_lent(*, by: Actor, ask: Ask) -> UUID:
    """Open the file that was lent: from now on she reads it, and a reviewer has it before her. Gives which it is.

    Raises NothingThere where it is not lent to her, or not any more.
    """
    if ask.file_id is None or ask.member_id != by.member:
        raise NothingThere
    file = file_for(by, ask.file_id)
    open_for_an_hour(by=by, file=file, reason=OpenReason(ask.reason), words=said(by, ask).words)
    return file.pk


def _about(ask: Ask) -> UUID:
    about = Asked.objects.filter(ask=ask).exclude(file=None).first()
    if about is None or about.file_id is None:
        raise NothingThere
    return about.file_id


def _sealed(key: bytes, place: Place, text: str) -> bytes:
    return seal(key, place, json.dumps({"text": text.strip()}, ensure_ascii=False).encode())


def _do(call: str, *values: Any) -> None:
    """A function that writes its own event. Raises WrongStep where it refuses; then nothing is done."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT centre, chain, seq, hash FROM {call}", values)
            centre, chain, seq, digest = cursor.fetchone()
    except ProgrammingError as why:
        if isinstance(why.__cause__, InsufficientPrivilege):
            raise WrongStep from why
        raise
    anchored(centre, chain, seq, bytes(digest))
