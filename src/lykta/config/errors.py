"""Answers to what went wrong, by door: staff keep their own house around them, the public side has its own words."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string

from lykta.core.bodies import drain
from lykta.core.languages import language_of_path
from lykta.core.policy import quiet_headers
from lykta.core.words import words
from lykta.people import drafts
from lykta.people.middleware import is_staff_path
from lykta.public import public_views


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Unknown and forbidden alike. Who was sending a text gets it back: a dialogue may be erased while she writes."""
    if is_staff_path(request):
        text = "\n\n".join(drafts.typed(request).get("text", []))
        return render(request, "lykta/staff_missing.html", {"text": text}, status=404)
    return public_views.not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page of another host tried to act in a member's name. On the public side it is the same as nothing there."""
    if is_staff_path(request):
        return render(request, "lykta/staff_refused.html", status=403)
    return public_views.not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no page of ours makes, as one under a name that is not ours. With numbers and a way on."""
    if is_staff_path(request):
        return _unread(request, exception)
    answer = public_views.not_found(request, exception)
    answer.status_code = 400
    return answer


UNREAD = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError)
"""A form of a page of ours that was too much, or came broken."""


def _unread(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page of the house with a way back. A host that is not ours gets a line: there is no page to lead to."""
    if not isinstance(exception, UNREAD):
        return _plain(request, "method", 400)
    drain(request)
    big = isinstance(exception, RequestDataTooBig)
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
    said = {"big": big, "megabytes": megabytes, "back": request.path}
    return render(request, "lykta/staff_unread.html", said, status=413 if big else 400)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed. Staff get back what they had typed; nothing here may need the database."""
    if not is_staff_path(request):
        return _plain(request, "fault", 500)
    dark = isinstance(sys.exception(), OperationalError)
    page = render_to_string(
        "lykta/staff_dark.html", {"again": drafts.again(request), "path": request.get_full_path(), "broken": not dark}
    )
    return HttpResponse(page, status=503 if dark else 500)


def _plain(request: HttpRequest, error: str, status: int) -> HttpResponse:
    said = words(language_of_path(request.path_info).code)["core"]["errors"][error]
    return HttpResponse(
        f"{said['title']}\n", status=status, content_type="text/plain; charset=utf-8", headers=quiet_headers()
    )
