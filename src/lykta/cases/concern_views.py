"""The page of a file's concern for children, the report as a paper, and the list of what is due."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.cases import concern_actions as actions
from lykta.cases import concern_forms as forms
from lykta.cases.concern import ConcernRow, concerns_of, paper_of
from lykta.cases.concern_enums import Feedback, Step
from lykta.cases.concern_paper import GROUND
from lykta.cases.concern_rules import INQUIRY_DAYS, report_of
from lykta.cases.errors import AlreadyWritten, CasesError, NothingThere, Unsound
from lykta.cases.grounds import ground_of
from lykta.cases.models import File
from lykta.cases.pages import entered, uuid_of
from lykta.cases.views import sentence
from lykta.cases.waiting import all_due
from lykta.core import clock
from lykta.people import drafts

BUTTONS = {
    Step.SENT: "Skriv att den är skickad",
    Step.RECEIPT: "Skriv att den har kommit fram",
    Step.ASKED: "Skriv att du har frågat",
    Step.FEEDBACK: "Skriv vad nämnden sade",
    Step.DROPPED: "Skriv att den inte skickades",
}


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """What was decided, what is due, and the forms."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    typed = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    deed = typed.get("deed", "")
    step = _step_form(typed) if deed == "step" else None
    said: dict[str, Any] = {
        "report": forms.NewReport(typed if deed == "report" else None),
        "no_report": forms.NoReport(typed if deed == "not" else None),
        "step": step,
    }
    trouble = ""
    if request.method == "POST":
        try:
            toast = _do(actor, found, typed, said)
        except CasesError as why:
            trouble = sentence(why)
        else:
            if toast:
                request.session["toast"] = toast
                return HttpResponseRedirect(request.path, status=303)
    rows = concerns_of(actor, found)
    shown = {
        "here": "files",
        "file": found,
        "rows": [(row, _steps(row, typed, step)) for row in rows],
        "ground": ground_of(GROUND),
        "inquiry": INQUIRY_DAYS,
        "deed": deed,
        "once": typed.get("once") or uuid4(),
        "trouble": trouble,
    }
    return render(request, "cases/concern.html", said | shown)


def _step_form(typed: QueryDict) -> forms.TakenStep:
    step = next((step for step in Step if step == typed.get("step")), None)
    if step is None:
        raise Http404
    return forms.TakenStep(typed, step=step, auto_id=f"{typed.get('concern')}_{step.value}_%s")


def _steps(row: ConcernRow, typed: QueryDict, sent: forms.TakenStep | None) -> list[dict[str, Any]]:
    """The form of each step that may follow; the one that was sent, with what is missing in it."""
    forms_of = []
    for step in row.next:
        is_it = sent is not None and (typed.get("concern"), typed.get("step")) == (str(row.id), step.value)
        form = sent if is_it else forms.TakenStep(step=step, auto_id=f"{row.id}_{step.value}_%s")
        forms_of.append({"step": step, "form": form, "open": is_it, "button": BUTTONS[step]})
    return forms_of


def _do(actor: Actor, file: File, typed: QueryDict, said: dict[str, Any]) -> str:
    """Do what was asked for; gives what to tell, "" where a form says what is missing."""
    once, deed = uuid_of(typed.get("once", "")) or uuid4(), typed.get("deed")
    form = {"report": said["report"], "not": said["no_report"], "step": said["step"]}.get(deed or "")
    if form is None:
        raise Http404
    if not form.is_valid():
        return ""
    try:
        match deed:
            case "report":
                actions.report(by=actor, file=file, concern=once, told=report_of(form.cleaned_data))
                return "Anmälan är skriven. Hämta den och skicka den nu."
            case "not":
                actions.do_not_report(by=actor, file=file, concern=once, why=form.cleaned_data["why"])
                return "Det står i akten. Får du veta mer avgör du på nytt."
            case _:
                concern = uuid_of(typed.get("concern", "")) or uuid4()
                actions.take_step(by=actor, file=file, concern=concern, taken=_taken(form.step, form.cleaned_data))
                return "Det står i akten."
    except AlreadyWritten:
        return "Det står redan i akten."
    except NothingThere as nothing:
        raise Http404 from nothing
    except Unsound as why:
        for name, fault in why.faults.items():
            form.add_error(name, forms.FAULTS[fault])
        return ""


def _taken(step: Step, values: dict[str, Any]) -> actions.Taken:
    answer = values.get("answer")
    return actions.Taken(
        step=step,
        on=values["on"],
        told=values.get("told", ""),
        whom=values.get("whom", ""),
        answer=Feedback(answer) if answer else None,
    )


@require_safe
@door(Permission.FILE_READ)
def paper(request: HttpRequest, actor: Actor, file: UUID, concern: UUID) -> HttpResponse:
    """The report as it was set, to download; each time is one reading."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    try:
        pdf = paper_of(actor, found, concern)
    except NothingThere as nothing:
        raise Http404 from nothing
    name = {"Content-Disposition": 'attachment; filename="anmalan.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=name)


@require_safe
@door(Permission.FILE_LIST)
def due(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is due in the files the actor works with."""
    return render(request, "cases/due.html", {"here": "files", "rows": all_due(actor, on=clock.today())})
