"""Opening what stands in a file, and sealing into it: the one road for every part of a file that is a row of words."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lykta.access.rules import Actor
from lykta.audit.enums import Act
from lykta.cases.errors import NothingThere, ReasonNeeded
from lykta.cases.models import File, Words
from lykta.cases.queries import may_read_now, opening_of
from lykta.cases.writing import key_of
from lykta.core import clock
from lykta.sealing.queries import SealedWord, open_words
from lykta.sealing.words import Place, seal


def place_of(row: Words, file: UUID) -> Place:
    """Where the words of a row stand."""
    return Place(row._meta.db_table, row.pk, "words", file)


def open_sealed(actor: Actor, file: File, words: Sequence[SealedWord], *, reason: str = "") -> list[dict[str, Any]]:
    """Open sealed words of one file: one reading, one event. Raises ReasonNeeded, NothingThere, NotHolder.

    reason: what the log says of it; for who is in the file for an hour, why she opened it.
    """
    if actor.holder is None:
        raise NothingThere
    if not may_read_now(actor, file):
        raise ReasonNeeded
    why = opening_of(actor, file)
    said = open_words(actor.holder, file.pk, words, act=Act.FILE_READ, reason=why.reason if why else reason)
    return [json.loads(text) for text in said]


def opened(actor: Actor, file: File, rows: Sequence[Words], *, reason: str = "") -> list[dict[str, Any]]:
    """The same of rows that say where their words stand. Raises ReasonNeeded, NothingThere, NotHolder."""
    words = [SealedWord(place_of(row, file.pk), bytes(row.sealed), row.part) for row in rows]
    return open_sealed(actor, file, words, reason=reason)


def sealed_into[Row: Words](by: Actor, file: File, row: Row, words: dict[str, Any]) -> Row:
    """Give a new row its words, sealed under the newest part of the file's key, and save it.

    The caller holds the file's row (`actions.locked`). Raises NothingThere, NotHolder.
    """
    row.centre_id, row.at, row.by, row.part = by.centre, clock.now(), by.member, file.part
    plain = json.dumps(words, ensure_ascii=False).encode()
    row.sealed = seal(key_of(by, file), place_of(row, file.pk), plain)
    row.save(force_insert=True)
    return row
