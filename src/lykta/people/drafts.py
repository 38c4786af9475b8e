"""What a member was sending when her session had ended: kept in the sealed session until she is back.

A page may hold several forms. What stands unsent in the others comes along with the one that is sent, or with the lock,
each field with its form's number before its name (`0.text`; see staff.js).
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, QueryDict

MOST_SIGNS = 1_000_000
MOST_SIGNS_OUTSIDE = 60_000
"""For who is not signed in: three messages of the longest kind, since anybody can post to us."""

MARK = re.compile(r"[a-z0-9_:.-]*|[A-Z]{2,6}")
"""What a choice, a day or an id of ours looks like. Anything else somebody has written."""
CARRIED = re.compile(r"(\d{1,2})\.(.+)")

NEVER_KEPT = ("csrfmiddlewaretoken", "password", "again", "code", "credential", "by", "path", "next", "login")
OF_THE_FORM = ("csrfmiddlewaretoken", "by")
"""Whose form it is: needed to send it, kept nowhere."""
SECRET = "secret_"
"""How the name of a field begins that opens something: shown to nobody again, not even to who typed it."""


type Fields = dict[str, list[str]]


def forms(request: HttpRequest) -> list[Fields]:
    """The form that came and those that came along with it, without tokens and without anything that opens.

    The form itself is always the first, and may be empty.
    """
    found: dict[str, Fields] = {"": {}}
    for name, texts in request.POST.lists() if request.method == "POST" else ():
        number, field = _parted(name)
        if _may_be_kept(field):
            found.setdefault(number, {})[field] = [text.replace("\x00", "\ufffd") for text in texts]
    return list(found.values())


def _parted(name: str) -> tuple[str, str]:
    """The form's number, "" for the form itself, and the field's own name."""
    carried = CARRIED.fullmatch(name)
    return (carried[1], carried[2]) if carried else ("", name)


def _may_be_kept(field: str) -> bool:
    return field not in NEVER_KEPT and not field.startswith(SECRET)


@dataclass(frozen=True)
class Sendable:
    """One field of a form that can be sent once more. shown: somebody's words, not a choice or a mark of ours."""

    name: str
    text: str
    shown: bool


def again(request: HttpRequest) -> list[Sendable]:
    """The form that came, as it must be to be sent once more: what opens something is left out and asked for anew."""
    kept = [
        Sendable(name, text, not MARK.fullmatch(text.strip()))
        for name, texts in (request.POST.lists() if request.method == "POST" else ())
        if _may_be_kept(_parted(name)[1])
        for text in texts
    ]
    marks = [Sendable(name, request.POST[name], False) for name in OF_THE_FORM if name in request.POST]
    return [*kept, *marks] if kept else []


def typed(request: HttpRequest) -> Fields:
    """Everything that came, by the name of its field, in whichever form it stood."""
    merged: Fields = {}
    for fields in forms(request):
        for name, texts in fields.items():
            merged.setdefault(name, []).extend(texts)
    return merged


def is_hers(request: HttpRequest) -> bool:
    """Whether the form that came names the member whose session this is: another's may stand open in the same browser.

    Where nobody is signed in it need only name somebody; it is given back to nobody else.
    """
    owner = request.POST.get("by", "")
    present = request.session.get("_auth_user_id") or request.session.get("locked_for") or owner
    return bool(owner) and owner == present


def keep(request: HttpRequest, *, path: str = "", done: bool = False) -> bool:
    """Put what was typed in the session for its page, if it came from a page of ours and has a human size.

    path: the page, where the form was sent elsewhere (the lock button carries what stands on its page).
    done: the form itself has done its work; only what came along with it is kept.

    Every form of ours names its member (`by`), so that the words can be given back to her and to nobody else.
    Gives whether it was kept.
    """
    kept = [fields for fields in forms(request)[done:] if fields]
    signs = sum(len(v) for fields in kept for values in fields.values() for v in values)
    most = MOST_SIGNS if getattr(request, "actor", None) else MOST_SIGNS_OUTSIDE
    if not (is_hers(request) and is_ours(request) and 0 < signs <= most):
        return False
    request.session["draft"] = {"path": path or request.path, "forms": kept, "by": request.POST["by"]}
    return True


def lock_for(request: HttpRequest, member: str, waiting: dict[str, Any] | None) -> None:
    """Remember, in the fresh session, whose screen was locked and what already waited for her there."""
    request.session["locked_for"] = member
    if waiting and waiting["by"] == member:
        request.session["draft"] = waiting


def settle(request: HttpRequest, member: UUID) -> None:
    """Somebody has signed in: another member's text goes, and reasons given before this sign-in."""
    for name in ("locked_for", "reasons"):
        request.session.pop(name, None)
    if request.session.get("draft", {}).get("by") != str(member):
        request.session.pop("draft", None)


def waits(request: HttpRequest) -> bool:
    """Whether something is kept for this page and for the member who is signed in. Another member's text goes."""
    draft = request.session.get("draft")
    if not draft:
        return False
    if draft["by"] != request.session.get("_auth_user_id"):
        del request.session["draft"]
        return False
    kept: bool = draft["path"] == request.path
    return kept


def take_all(request: HttpRequest) -> list[QueryDict]:
    """What was kept for this page, form by form, once, for the member who wrote it; what she sent comes first."""
    if request.method != "GET" or not waits(request):
        return []
    request.draft_taken = True  # type: ignore[attr-defined]  # so that the page says it holds something unsent
    return [_fields(one) for one in request.session.pop("draft")["forms"]]


def take(request: HttpRequest) -> QueryDict | None:
    """What was kept for a page with one form, or the form that was sent; None where nothing was."""
    return next(iter(take_all(request)), None)


def _fields(kept: Fields) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, values in kept.items():
        fields.setlist(name, values)
    return fields


def is_ours(request: HttpRequest) -> bool:
    """Whether the form came from a page of this host. Browsers send Origin with every form that posts."""
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.get_host()
