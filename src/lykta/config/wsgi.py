"""The door itself: published pages from memory first, everything else to Django.

/healthz answers as long as the process lives; /readyz only when the database does.
"""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from lykta.core.assets import assets
from lykta.public.memory import Answer, Memory

django = get_wsgi_application()
memory = Memory(settings.LYKTA_DATA / "published")
public = settings.LYKTA_DOOR in ("all", "public")
LEAVING = "/lamna"  # ends a visit, so it is asked of the living house; exported files can only lead on
ALWAYS_OPEN = ("/personal", "/readyz", LEAVING)  # also while the centre is not open to the public yet
_PLAIN = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"), ("Content-Length", "3")]
FIXED: dict[str, Answer] = {"/healthz": ("200 OK", _PLAIN, b"ok\n")} | assets()


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request."""
    path = environ["PATH_INFO"]
    answer = (memory.answer(environ) if public and path != LEAVING else None) or FIXED.get(path)
    if answer is None and public and memory.is_shut() and not path.startswith(ALWAYS_OPEN):
        answer = memory.missing(environ)
    if answer is None:
        return django(environ, start_response)
    status, headers, body = answer
    start_response(status, headers)
    return (body,)
