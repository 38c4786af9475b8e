"""What a member was sending when her session had ended: kept in the sealed session until she is back."""

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

MOST_SIGNS = 1_000_000


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed in the form that came, without tokens."""
    if request.method != "POST":
        return {}
    return {k: v for k, v in request.POST.lists() if k != "csrfmiddlewaretoken"}


def keep(request: HttpRequest) -> None:
    """Put what was typed in the session for its page, if it came from a page of ours and has a human size."""
    fields = typed(request)
    if fields and _ours(request) and sum(len(v) for values in fields.values() for v in values) <= MOST_SIGNS:
        request.session["draft"] = {"path": request.path, "fields": fields}


def take(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once."""
    draft = request.session.get("draft")
    if request.method != "GET" or not draft or draft["path"] != request.path:
        return None
    del request.session["draft"]
    fields = QueryDict(mutable=True)
    for name, values in draft["fields"].items():
        fields.setlist(name, values)
    return fields


def _ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.get_host()
