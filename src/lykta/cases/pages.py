"""The threshold of every page inside a file: who may not read is first asked why, who may not write finds nothing."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.cases.models import File
from lykta.cases.queries import may_read_now
from lykta.cases.views import found_file
from lykta.people import drafts


def to_file(file: UUID) -> HttpResponse:
    """On to the file's own page, which asks why where that is needed."""
    return HttpResponseRedirect(reverse("file", args=[file]), status=303)


def is_anothers(request: HttpRequest) -> bool:
    """Whether the form that came stood open for another member in the same browser: nothing is done then."""
    if request.method != "POST" or drafts.is_hers(request):
        return False
    request.session["toast"] = "Sidan hörde till någon annan. Ingenting har gjorts."
    return True


def entered(request: HttpRequest, actor: Actor, file: UUID) -> File | HttpResponse:
    """The file, for who may read in it now; or the answer to give instead. What was typed is kept.

    Raises Http404 for a file that is not there for her, and for a form from who may not write.
    """
    found = found_file(actor, file)
    if not may_read_now(actor, found):
        drafts.keep(request)
        return to_file(file)
    if is_anothers(request):
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


def once_of(request: HttpRequest) -> UUID:
    """The form's own id, so that the same form sent twice is one thing."""
    return uuid_of(request.POST.get("once", "")) or uuid4()
