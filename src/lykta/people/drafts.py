"""What a member was sending when her session had ended: kept in the sealed session until she is back."""

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, QueryDict

MOST_SIGNS = 1_000_000
MOST_SIGNS_OUTSIDE = 60_000
"""For who is not signed in: three messages of the longest kind, since anybody can post to us."""

NEVER_KEPT = ("csrfmiddlewaretoken", "password", "again", "code", "credential", "by", "path", "next", "login")
SECRET = "secret_"
"""How the name of a field begins that opens something: shown to nobody again, not even to who typed it."""


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed in the form that came, without tokens and without anything that opens."""
    if request.method != "POST":
        return {}
    fields = {k: v for k, v in request.POST.lists() if k not in NEVER_KEPT and not k.startswith(SECRET)}
    return {k: [text.replace("\x00", "\ufffd") for text in texts] for k, texts in fields.items()}


def is_hers(request: HttpRequest) -> bool:
    """Whether the form that came names the member whose session this is: another's may stand open in the same browser.

    Where nobody is signed in it need only name somebody; it is given back to nobody else.
    """
    owner = request.POST.get("by", "")
    present = request.session.get("_auth_user_id") or request.session.get("locked_for") or owner
    return bool(owner) and owner == present


def keep(request: HttpRequest, *, path: str = "") -> bool:
    """Put what was typed in the session for its page, if it came from a page of ours and has a human size.

    path: the page, where the form was sent elsewhere (the lock button carries what stands on its page).

    Every form of ours names its member (`by`), so that the words can be given back to her and to nobody else.
    Gives whether it was kept.
    """
    fields = typed(request)
    signs = sum(len(v) for values in fields.values() for v in values)
    most = MOST_SIGNS if getattr(request, "actor", None) else MOST_SIGNS_OUTSIDE
    if not (is_hers(request) and is_ours(request) and 0 < signs <= most):
        return False
    request.session["draft"] = {"path": path or request.path, "fields": fields, "by": request.POST["by"]}
    return True


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


def take(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once, for the member who wrote it."""
    if request.method != "GET" or not waits(request):
        return None
    draft = request.session.pop("draft")
    fields = QueryDict(mutable=True)
    for name, values in draft["fields"].items():
        fields.setlist(name, values)
    return fields


def is_ours(request: HttpRequest) -> bool:
    """Whether the form came from a page of this host. Browsers send Origin with every form that posts."""
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.get_host()
