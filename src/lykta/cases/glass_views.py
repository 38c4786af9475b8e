"""The pages of two keys: asking for a named file, seeing how it went, and answering (ADR 17)."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.cases import glass, glass_actions
from lykta.cases.errors import AlreadyWritten, CasesError, NothingThere
from lykta.cases.glass_enums import AskState
from lykta.cases.glass_forms import AskFor, Decline
from lykta.cases.glass_rules import LENT_MINUTES, WAITS_HOURS
from lykta.cases.models import Ask
from lykta.cases.pages import is_anothers, once_of
from lykta.cases.search import WALLS
from lykta.cases.views import sentence
from lykta.people import drafts
from lykta.people.strong import strong


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Ask for a named file; what the actor has asked, and what she is asked."""
    if is_anothers(request):
        return _to("glass")
    typed = request.POST if request.method == "POST" else drafts.take(request)
    form, trouble = AskFor(typed), ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            glass_actions.ask_for_file(
                by=actor, ask=once_of(request), typed=given["ref"], reason=given["reason"], words=given["words"]
            )
        except AlreadyWritten:
            return _to("glass")
        except CasesError as why:
            trouble = sentence(why)
        else:
            request.session["toast"] = "Frågan är skickad."
            return _to("glass")
    said = {
        "here": "files",
        "form": form,
        "trouble": trouble,
        "once": typed.get("once") if typed else uuid4(),
        "mine": glass.mine(actor),
        "to_me": glass.to_me(actor),
        "inside": any(wall in actor.walls for wall in WALLS),
        "hours": WAITS_HOURS,
        "minutes": LENT_MINUTES,
    }
    return render(request, "cases/glass.html", said)


@door(Permission.FILE_READ)
def ask(request: HttpRequest, actor: Actor, ask: UUID) -> HttpResponse:
    """One's own question: take it back, open the file, shut it. Who lent the file shuts it here too."""
    found = _found(actor, ask)
    if is_anothers(request):
        return _to("glass")
    if request.method == "POST":
        return _do(request, actor, found)
    if found.member_id != actor.member:
        return _to("glass_answer", ask)
    said = {
        "here": "files",
        "ask": glass.row_of(actor, found),
        "said": glass.said(actor, found),
        "hours": WAITS_HOURS,
    }
    return render(request, "cases/glass_ask.html", said)


def _do(request: HttpRequest, actor: Actor, found: Ask) -> HttpResponse:
    deed = request.POST.get("deed", "")
    try:
        if deed == "open":
            file = glass_actions.open_lent(by=actor, ask=found)
            request.session["toast"] = "Akten är öppen för dig. Öppningen granskas."
            return _to("file", file)
        if deed != "end":
            raise Http404
        glass_actions.end(by=actor, ask=found)
        request.session["toast"] = "Frågan är tillbakatagen." if found.granted is None else "Akten är stängd."
    except CasesError as why:
        request.session["toast"] = sentence(why)
    if found.file_id and found.member_id != actor.member:
        return _to("file", found.file_id)
    return _to("glass_ask", found.pk)


@door(Permission.FILE_READ)
@strong
def answer(request: HttpRequest, actor: Actor, ask: UUID) -> HttpResponse:
    """Somebody asks for a file one is on the team of: say yes, for an hour, or no, and why."""
    found = _found(actor, ask)
    if found.member_id == actor.member:
        raise Http404
    if is_anothers(request):
        return _to("glass")
    typed = request.POST if request.method == "POST" else drafts.take(request)
    deed, trouble = (typed.get("deed", "") if typed else ""), ""
    form = Decline(typed if deed == "decline" else None)
    if request.method == "POST":
        try:
            request.session["toast"] = _answer(actor, found, deed, form)
            return _to("glass")
        except CasesError as why:
            trouble = sentence(why)
            found = _found(actor, ask)
    row = glass.row_of(actor, found)
    said = {
        "here": "files",
        "ask": row,
        "said": glass.said(actor, found) if row.state == AskState.WAITING else None,
        "form": form,
        "trouble": trouble,
        "minutes": LENT_MINUTES,
    }
    return render(request, "cases/glass_answer.html", said)


def _answer(actor: Actor, found: Ask, deed: str, form: Decline) -> str:
    if deed == "grant":
        glass_actions.grant(by=actor, ask=found)
        return "Kollegan kan öppna akten i en timme från nu."
    if deed != "decline":
        raise Http404
    glass_actions.decline(by=actor, ask=found, words=form.cleaned_data["words"] if form.is_valid() else "")
    return "Kollegan får ditt nej och läser varför."


def _found(actor: Actor, ask: UUID) -> Ask:
    try:
        return glass.ask_for(actor, ask)
    except NothingThere as nothing:
        raise Http404 from nothing


def _to(name: str, *args: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=args), status=303)
