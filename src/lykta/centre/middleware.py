"""While nothing is installed, every staff page leads to the installation."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lykta.centre import word
from lykta.people.middleware import is_staff_path


class Vacant:
    """Asks the file of the one-time word, not the database: also an empty house may be dark for a while."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lead there, or let through."""
        if is_staff_path(request) and word.is_waiting():  # where another door is served there is no such address
            begin = reverse("install")
            if not request.path.startswith(begin):
                return HttpResponseRedirect(begin, status=303)
        return self.get_response(request)
