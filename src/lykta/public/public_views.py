"""The few public answers that memory does not give: the way out, and "nothing here"."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from lykta.contact.public_views import COOKIE, end_visit
from lykta.core.languages import language_of_path, languages
from lykta.core.places import dialogue, places
from lykta.core.policy import leaving_headers, quiet_headers
from lykta.core.words import words
from lykta.public.memory import Memory


def leads_to(path: str) -> HttpResponse:
    """303: whatever was asked, the browser goes there with a plain GET."""
    return HttpResponse(status=303, headers={"Location": path, **quiet_headers()})


# No token: whoever is made to leave by someone else's page has lost nothing.
@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly, also without script, and by GET when the browser reloads. Every cookie of ours goes."""
    end_visit(request.COOKIES.get(COOKIE, ""))
    response = HttpResponse(status=303, headers=leaving_headers(settings.LYKTA_EXIT_URL))
    for name in request.COOKIES:
        for row in languages():
            response.delete_cookie(name, path=dialogue(row.code))
        response.delete_cookie(name)
    return response


def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies' own door opens with its rooms; until then it leads to the page on how to reach us."""
    return leads_to(places("sv")["professionals"])


@cache
def published() -> Memory:
    """The published pages, for the moments when Django must answer itself."""
    return Memory(settings.LYKTA_DATA / "published")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer to everything unknown and everything forbidden on the public side (handler404)."""
    answer = published().missing({**request.META, "PATH_INFO": request.path_info})
    if answer is None:
        said = words(language_of_path(request.path_info).code)["core"]["errors"]["not_found"]
        return HttpResponse(said["title"], status=404, content_type="text/plain; charset=utf-8")
    _, headers, body = answer
    return HttpResponse(body, status=404, headers=dict(headers))
