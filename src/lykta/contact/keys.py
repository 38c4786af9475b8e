"""What follows from a visitor's code: where her dialogue is, and the key to her own pair. Slow on purpose."""

import hmac
import os
import re
import unicodedata
from dataclasses import dataclass, field
from hashlib import sha256
from threading import BoundedSemaphore
from uuid import UUID

from django.conf import settings

from lykta.sealing.codes import DIGITS, fault_of, new_code
from lykta.sealing.passwords import code_secret, derive
from lykta.sealing.words import Place

PAIR_TABLE = "contact_dialogue"
MOST_CANDIDATES = 8
"""Rows of twenty digits in one message that are tried as a code: each costs a slow hash."""

_RUN = re.compile(rf"\d(?:[\s.,:/_-]{{0,9}}\d){{{DIGITS - 1},}}")
# Each hash takes 19 MiB: more of them at once than there are processors is slower for all, and fills the memory.
_HASHING = BoundedSemaphore(os.cpu_count() or 2)


@dataclass(frozen=True)
class CodeKeys:
    """Look-up value and key that follow from a code. `lookup` is worth nothing without the pepper."""

    lookup: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class FreshCode:
    """A code nobody has had before, and what follows from it."""

    digits: str = field(repr=False)
    keys: CodeKeys = field(repr=False)


def code_keys(digits: str) -> CodeKeys:
    """Argon2id over code and site salt, then two one-way branches. Call it outside any transaction: about 20 ms."""
    with _HASHING:
        secret = code_secret(digits, settings.LYKTA_SITE_SALT)
    lookup = hmac.new(settings.LYKTA_PEPPER, derive(secret, "lookup"), sha256).digest()
    return CodeKeys(lookup, derive(secret, "key"))


def fresh_code() -> FreshCode:
    """A new code with its keys. As slow as code_keys, and for the same reason outside any transaction."""
    digits = new_code()
    return FreshCode(digits, code_keys(digits))


def codes_in(text: str) -> list[str]:
    """Rows of twenty digits in a text that could be codes, whatever space or sign stands between their digits."""
    found: dict[str, None] = {}
    for run in _RUN.finditer(text):
        digits = "".join(str(unicodedata.decimal(sign)) for sign in run[0] if sign.isdecimal())
        for at in range(len(digits) - DIGITS + 1):
            if fault_of(row := digits[at : at + DIGITS]) is None:
                found[row] = None
                if len(found) == MOST_CANDIDATES:
                    return list(found)
    return list(found)


def pair_place(case: UUID) -> Place:
    """Where the visitor's sealed private half stands."""
    return Place(PAIR_TABLE, case, "visitor_private", case)


def message_place(case: UUID, message: UUID) -> Place:
    """Where a sealed message stands."""
    return Place("contact_message", message, "text", case)


def told_place(call: UUID, version: UUID) -> Place:
    """Where the sealed choices of a logged call stand."""
    return Place("contact_callversion", version, "told", call)


def note_place(call: UUID, note: UUID) -> Place:
    """Where the sealed note to a logged call stands."""
    return Place("contact_callnote", note, "note", call)


def copy_place(case: UUID, message: UUID) -> Place:
    """Where the visitor's own copy of a reply stands."""
    return Place("contact_replycopy", message, "text", case)


def copy_context(case: UUID, message: UUID) -> str:
    """What the key of a reply's copy is bound to."""
    return f"reply {message} case {case}"


def note_mark(call: UUID, note: str) -> str:
    """What a form carries of a note it shows, so that one left as it was is not written anew. Says nothing of it."""
    return _ours(f"note {call} {note}").hex()


def once_token(form_token: str) -> str:
    """The cookie token of the visit that a form begins: the same form sent twice begins the same visit.

    Follows from the form's random token under a secret of ours, so that nobody who reads a page can name the cookie.
    """
    return _ours(f"once {form_token}").hex()


def once_id(form_token: str, purpose: str) -> UUID:
    """The id of what a form makes: the same form sent twice makes the same row, and the second is refused."""
    return UUID(bytes=_ours(f"{purpose} {form_token}")[:16])


def _ours(text: str) -> bytes:
    """Under a secret that every door has one of its own of: what a form brings back comes back to the same door."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"form {text}".encode(), "sha256")
