"""Where each sealed value of a file stands, so that it opens nowhere else; and the key of a wall's index."""

import hmac
from uuid import UUID, uuid5

from lykta.access.enums import Wall
from lykta.sealing.words import Place

INDEX = UUID("6b1f6d2e-8a43-4b0f-9a5e-3d1c7f0e2a11")
TOKEN_BYTES = 5
"""Forty bits: too few to be a name's fingerprint elsewhere, enough to part a million files."""


def sheet_place(file: UUID, sheet: UUID) -> Place:
    """A sheet's words."""
    return Place("cases_sheet", sheet, "words", file)


def note_place(file: UUID, note: UUID) -> Place:
    """A note's words."""
    return Place("cases_note", note, "words", file)


def opening_place(file: UUID, opening: UUID) -> Place:
    """Why somebody opened a file, in her words."""
    return Place("cases_opening", opening, "reason", file)


def consent_place(file: UUID, consent: UUID) -> Place:
    """What a consent says."""
    return Place("cases_consent", consent, "words", file)


def disclosure_place(file: UUID, disclosure: UUID) -> Place:
    """What left the file, to whom and why."""
    return Place("cases_disclosure", disclosure, "words", file)


def entry_place(file: UUID, entry: UUID) -> Place:
    """One wording of a goal, a relation or a child."""
    return Place("cases_entry", entry, "words", file)


def task_place(file: UUID, task: UUID) -> Place:
    """What somebody of the team shall do."""
    return Place("cases_task", task, "words", file)


def decision_place(file: UUID, words: UUID) -> Place:
    """What is told of a municipality's decision."""
    return Place("cases_decisionwords", words, "words", file)


def merge_place(file: UUID, merge: UUID, field: str = "words") -> Place:
    """Why two files were merged, and as "undone" why they were taken apart. file: the one that leads."""
    return Place("cases_merge", merge, field, file)


def ask_place(ask: UUID) -> Place:
    """Why somebody asks for a named file: the question is a case of its own."""
    return Place("cases_ask", ask, "words", ask)


def answer_place(ask: UUID) -> Place:
    """Why she is told no."""
    return Place("cases_ask", ask, "answer", ask)


def review_place(opening: UUID) -> Place:
    """The same words as the reviewers have them: the opening is a case of its own."""
    return Place("cases_opening", opening, "review", opening)


def index_case(centre: UUID, wall: Wall) -> UUID:
    """The case whose data key is the index key of a wall: turned with its ring, gone with its ring."""
    return uuid5(INDEX, f"{centre} {wall.value}")


def token(key: bytes, field: str, word: str) -> bytes:
    """What a word becomes in the index of its field: HMAC-SHA256, truncated."""
    return hmac.digest(key, f"{field}\n{word}".encode(), "sha256")[:TOKEN_BYTES]
