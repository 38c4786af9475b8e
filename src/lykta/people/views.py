"""Pages about the member herself: locking the screen, and a form that had grown old."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from lykta.people import drafts


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Sign out: the sealed session is destroyed and the browser told to forget. Leads to the sign-in."""
    logout(request)
    response = HttpResponseRedirect("/personal/logga-in/", status=303)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits: keep what was typed and show its page again, to be sent anew."""
    drafts.keep(request)
    return HttpResponseRedirect(f"{request.path}", status=303)
