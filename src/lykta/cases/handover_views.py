"""The page on which a file is handed over: the letter, and those there have been."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission, Wall
from lykta.access.rules import Actor
from lykta.cases import handover_forms as forms
from lykta.cases.errors import AlreadyWritten, CasesError, Unsound
from lykta.cases.handover import handovers_of
from lykta.cases.handover_actions import hand_over, take_note
from lykta.cases.models import File
from lykta.cases.pages import entered, to_file, uuid_of
from lykta.cases.queries import able, is_open, team_of
from lykta.cases.views import sentence
from lykta.people import drafts


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """Write to who goes on with the file; take note of what was written."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    team = team_of(actor, found)
    leads = any(one.leads and one.member == actor.member for one in team)
    others = [one for one in able(actor, Wall(found.wall)) if one.pk != actor.member] if leads else []
    typed = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    form = forms.LetterForm(typed if typed.get("deed") == "letter" else None, others=others)
    trouble = ""
    if request.method == "POST":
        try:
            toast = _do(actor, found, typed, form)
        except CasesError as why:
            trouble = sentence(why)
        else:
            if toast:
                request.session["toast"] = toast
                return to_file(file)
    said = {
        "here": "files",
        "file": found,
        "form": form,
        "rows": handovers_of(actor, found),
        "lead": next((one.name for one in team if one.leads), ""),
        "leads": leads,
        "alone": leads and not others,
        "on_team": any(one.member == actor.member for one in team),
        "is_open": is_open(found),
        "once": typed.get("once") or uuid4(),
        "trouble": trouble,
    }
    return render(request, "cases/handover.html", said)


def _do(actor: Actor, file: File, typed: QueryDict, form: forms.LetterForm) -> str:
    """Do what was asked for; gives what to tell, "" where the form says what is missing."""
    try:
        match typed.get("deed"):
            case "seen":
                take_note(by=actor, file=file, handover=uuid_of(typed.get("handover", "")) or uuid4())
                return "Överlämningen är läst. Brevet står kvar bland anteckningarna."
            case "letter" if form.is_valid():
                once = uuid_of(typed.get("once", "")) or uuid4()
                hand_over(by=actor, file=file, letter=once, to=form.cleaned_data.get("to"), told=form.told)
                return "Brevet står i akten, och den som går vidare ser det först."
            case "letter":
                return ""
    except AlreadyWritten:
        return "Det är redan gjort."
    except Unsound as why:
        for name, fault in why.faults.items():
            form.add_error(name if name in form.fields else None, forms.FAULTS[fault])
        return ""
    raise Http404
