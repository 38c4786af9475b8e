"""In a file: how it came to be, taking it back, and how much it hurries. From the desk: taking what can't wait."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.cases.errors import CasesError
from lykta.cases.models import File
from lykta.cases.queries import is_open, may_read_now
from lykta.cases.views import found_file, sentence
from lykta.intake import actions, forms
from lykta.intake.enums import UndoReason, Urgency
from lykta.intake.errors import AlreadyDone, NothingThere, Unsound
from lykta.intake.queries import origin
from lykta.people import drafts


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """Where the file began, with the way back, and how much it hurries."""
    found = found_file(actor, file)
    if not may_read_now(actor, found):
        drafts.keep(request)
        return HttpResponseRedirect(reverse("file", args=[file]), status=303)
    if request.method == "POST" and not drafts.is_hers(request):
        request.session["toast"] = "Sidan hörde till någon annan. Ingenting har gjorts."
        return HttpResponseRedirect(request.path, status=303)
    if request.method == "POST" and not may(actor, Permission.FILE_WRITE):
        raise Http404
    typed = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    deed, trouble = typed.get("deed", ""), ""
    undo = forms.Undo(typed if deed == "undo" else None)
    judge = forms.Judge(typed if deed == "judge" else None)
    if request.method == "POST":
        try:
            toast = _do(actor, found, typed, undo, judge)
        except CasesError as why:
            trouble = sentence(why)
        else:
            if toast:
                request.session["toast"] = toast
                return HttpResponseRedirect(request.path, status=303)
    said = {
        "here": "files",
        "file": found,
        "told": origin(actor, found),
        "undo": undo,
        "judge": judge,
        "deed": deed,
        "undoing": typed.get("link", ""),
        "once": typed.get("once") or uuid4(),
        "is_open": is_open(found),
        "trouble": trouble,
    }
    return render(request, "intake/origin.html", said)


def _do(actor: Actor, file: File, typed: QueryDict, undo: forms.Undo, judge: forms.Judge) -> str:
    """Do what was asked for; gives what to tell, "" where a form says what is missing."""
    form = undo if typed.get("deed") == "undo" else judge
    try:
        match typed.get("deed"):
            case "undo" if undo.is_valid():
                told = undo.cleaned_data
                link, reason = UUID(typed.get("link", "")), UndoReason(told["reason"])
                actions.undo_link(by=actor, file=file, link=link, reason=reason, words=told["words"])
                return "Det som fördes hit är borttaget. Det som skrivits sedan finns kvar."
            case "judge" if judge.is_valid():
                told = judge.cleaned_data
                once = UUID(typed.get("once", ""))
                actions.judge(by=actor, file=file, triage=once, urgency=Urgency(told["urgency"]), why=told["why"])
                return "Bedömningen står i akten."
            case "undo" | "judge":
                return ""
    except AlreadyDone:
        return "Det är redan gjort."
    except Unsound as why:
        for name, fault in why.faults.items():
            form.add_error(name, forms.FAULTS[fault])
        return ""
    except (ValueError, NothingThere) as nothing:
        raise Http404 from nothing
    raise Http404


@door(Permission.FILE_WRITE)
def take(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """Take what can't wait, from the desk."""
    found = found_file(actor, file)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("file", args=[file]), status=303)
    if not drafts.is_hers(request):
        request.session["toast"] = "Sidan hörde till någon annan. Ingenting har gjorts."
        return HttpResponseRedirect(reverse("desk"), status=303)
    try:
        actions.take_acute(by=actor, file=found)
    except AlreadyDone:
        request.session["toast"] = "En kollega hann före och har tagit den."
        return HttpResponseRedirect(reverse("desk"), status=303)
    request.session["toast"] = "Den är din i dag."
    return HttpResponseRedirect(reverse("file", args=[file]), status=303)
