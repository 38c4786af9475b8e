"""A note that was carried into a file from elsewhere: under a key of its own, so that it can be taken back whole.

What was written in the file since, also a correction of that note, is its own and stays.
"""

from uuid import UUID

from django.db import connection

from lykta.access.enums import Wall
from lykta.access.rules import Actor
from lykta.cases.actions import add_note, locked, note_words, part_key
from lykta.cases.errors import NotAble
from lykta.cases.models import Assignment, File
from lykta.cases.writing import key_of, seal_note
from lykta.intake.errors import NothingThere
from lykta.sealing.actions import destroy_case_keys
from lykta.sealing.named import destroy_named_keys
from lykta.sealing.queries import signed_members


def carry_note(*, by: Actor, file: File, note: UUID, text: str) -> None:
    """Write a note whose key is its own. note: also the part of the key. The deed that carries it stands in the log.

    Raises ReasonNeeded, Closed, AlreadyWritten, Unsound, NotAble.
    """
    fresh = locked(by, file)
    holders = _holders(by, fresh)
    words = note_words(text, "", (), "")
    key = part_key(by, fresh.id, note, Wall(fresh.wall), members=holders)
    add_note(by, fresh, note, words, replaces=None, part=note, key=key)


def _holders(by: Actor, fresh: File) -> set[UUID]:
    """Whose the key of a carried note is in a named file: its team's. Raises NotAble for who has the file lent."""
    if not fresh.named:
        return set()
    team = set(Assignment.objects.filter(file=fresh, until_on=None).values_list("member_id", flat=True))
    if by.member not in team:
        raise NotAble("not_team")
    return team & signed_members()


def take_back_note(*, by: Actor, file: File, note: UUID, text: str) -> None:
    """Destroy a carried note's key, and let `text` say in its place what stood there and why it is gone.

    Once, by whoever has just undone its link: a function of the database sees to that, since notes are never changed.
    Raises NothingThere where the note is not such a one, ReasonNeeded and NotAble of cases.
    """
    fresh = locked(by, file, closed_too=True)
    _holders(by, fresh)
    sealed = seal_note(fresh.id, note, note_words(text, "", (), ""), key_of(by, fresh))
    with connection.cursor() as cursor:
        cursor.execute("SELECT lykta_take_back_note(%s, %s, %s)", [note, fresh.part, sealed])
        if not cursor.fetchone()[0]:
            raise NothingThere
    destroy_case_keys(case=fresh.id, part=note)
    destroy_named_keys(case=fresh.id, part=note)
