"""The threshold of every page inside a file: who may not read is first asked why, who may not write finds nothing."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.cases.models import File
from lykta.cases.queries import may_read_now
from lykta.cases.views import found_file
from lykta.people import drafts


def entered(request: HttpRequest, actor: Actor, file: UUID) -> File | HttpResponse:
    """The file, for who may read in it now; or the answer to give instead. What was typed is kept.

    Raises Http404 for a file that is not there for her, and for a form from who may not write.
    """
    found = found_file(actor, file)
    if not may_read_now(actor, found):
        drafts.keep(request)
        return HttpResponseRedirect(reverse("file", args=[file]), status=303)
    if request.method == "POST" and not drafts.is_hers(request):
        request.session["toast"] = "Sidan hörde till någon annan. Ingenting har gjorts."
        return HttpResponseRedirect(request.path, status=303)
    if request.method == "POST" and not may(actor, Permission.FILE_WRITE):
        raise Http404
    return found


def uuid_of(text: str) -> UUID | None:
    """An id as it came in a form; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
