"""Decisions from municipalities: the list, a file's decisions with the form for a new one, and one with its steps."""

from typing import Any
from uuid import UUID, uuid4

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.cases import decision_forms as forms
from lykta.cases.decision_actions import Order, receive, report_back, take_step
from lykta.cases.decision_enums import Stage, Step
from lykta.cases.decision_rules import may_take
from lykta.cases.decisions import decision_for, decisions, decisions_of, opened_decision
from lykta.cases.enums import Agency, ConsentState
from lykta.cases.errors import AlreadyWritten, CasesError, NothingThere, Unsound, WrongStep
from lykta.cases.grounds import all_grounds
from lykta.cases.models import Decision, File
from lykta.cases.pages import entered, is_anothers, once_of, to_file, uuid_of
from lykta.cases.queries import is_open
from lykta.cases.services import services_on
from lykta.cases.sharing import sharing
from lykta.cases.sharing_rules import grounds_for
from lykta.cases.sharing_views import BY_CONSENT
from lykta.cases.sheet_views import _readable
from lykta.cases.views import sentence
from lykta.catalogue.queries import live_catalogue
from lykta.core import clock
from lykta.people import drafts

DONE = {
    Step.ACCEPT: "Uppdraget är mottaget.",
    Step.DECLINE: "Det står att vi har tackat nej.",
    Step.START: "Stödet har börjat.",
    Step.REPORT: "Återrapporten står i beslutet, och bland det som har lämnat akten.",
    Step.END: "Beslutet är avslutat.",
}
QUICKER = "Beslutet står på ett annat sätt nu. Se hur det står innan du gör mer."


@door(Permission.FILE_LIST)
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every decision in files the actor may know of: days and services, no words."""
    done = request.GET.get("visa") == "avslutade"
    rows = decisions(actor, on=clock.today(), done=done)
    return render(request, "cases/decisions.html", {"here": "files", "rows": rows, "done": done})


@door(Permission.FILE_READ)
def of_file(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """A file's decisions, and the form for one that has come."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    on = clock.today()
    typed = request.POST if request.method == "POST" else drafts.take(request)
    places = sorted(place.name for place in live_catalogue().municipalities)
    begun = {"received_on": on, "service": found.service}
    form = forms.NewDecision(typed, initial=begun, municipalities=places, services=services_on(on))
    trouble = ""
    if request.method == "POST" and form.is_valid():
        once = once_of(request)
        try:
            receive(by=actor, file=found, decision=once, order=Order(**form.cleaned_data))
        except AlreadyWritten:
            return _to_decision(file, once)
        except Unsound as why:
            _tell(form, why.faults)
        except CasesError as why:
            trouble = sentence(why)
        else:
            request.session["toast"] = "Beslutet står i akten."
            return _to_decision(file, once)
    said = {"here": "files", "file": found, "rows": decisions_of(found, on=on), "form": form, "trouble": trouble}
    return render(request, "cases/file_decisions.html", said | {"once": once_of(request), "is_open": is_open(found)})


def _tell(form: django_forms.Form, faults: dict[str, str]) -> None:
    names = {"agency": "unit", "what": "words"}
    for name, fault in faults.items():
        form.add_error(names.get(name, name), forms.FAULTS[fault])


def _to_decision(file: UUID, decision: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("decision", args=[file, decision]), status=303)


@door(Permission.FILE_READ)
def one(request: HttpRequest, actor: Actor, file: UUID, decision: UUID) -> HttpResponse:
    """One decision: what it says, what has been done, and what can be done now."""
    found = _readable(actor, file)
    if found is None:
        drafts.keep(request)
        return to_file(file)
    if is_anothers(request):
        return HttpResponseRedirect(request.path, status=303)
    try:
        row = decision_for(found, decision)
    except NothingThere as nothing:
        raise Http404 from nothing
    if request.method == "POST" and not may(actor, Permission.FILE_WRITE):
        raise Http404
    typed = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    deed, trouble = typed.get("deed", ""), ""
    steps = _steps(actor, found, row, typed, deed)
    if request.method == "POST":
        if deed not in tuple(Step):
            raise Http404
        step = Step(deed)
        form = steps.get(step)
        try:
            done = _do(actor, found, row, step, form, typed)
        except CasesError as why:
            trouble = QUICKER if isinstance(why, WrongStep) else sentence(why)
            row = decision_for(found, decision)
        else:
            if done:
                request.session["toast"] = DONE[step]
                return HttpResponseRedirect(request.path, status=303)
    told = opened_decision(actor, found, row, on=clock.today())
    said = {
        "here": "files",
        "file": found,
        "told": told,
        "row": told.row,
        "service": dict(services_on(told.row.decided_on)).get(row.service, row.service),
        "deed": deed,
        "steps": [(step, form) for step, form in steps.items() if may_take(step, Stage(row.stage))],
        "trouble": trouble,
        "once": once_of(request),
    }
    return render(request, "cases/decision.html", said)


def _steps(actor: Actor, file: File, row: Decision, typed: QueryDict, deed: str) -> dict[Step, django_forms.Form]:
    """The forms of the steps that can be taken; the one that was sent with what was typed.

    Who may only read gets none. A closed file's decision can still be reported back, and nothing else.
    """
    if not may(actor, Permission.FILE_WRITE):
        return {}
    stage, writes = Stage(row.stage), is_open(file)
    open_ones = [step for step in Step if may_take(step, stage) and (writes or step == Step.REPORT)]
    found: dict[Step, django_forms.Form] = {}
    for step in open_ones:
        data, name = typed if deed == step else None, f"id_{step.value}_%s"
        if step == Step.REPORT:
            found[step] = forms.Report(data, grounds=_grounds(actor, file), auto_id=name)
        else:
            found[step] = forms.TakeStep(data, initial={"on": clock.today()}, auto_id=name)
    return found


def _grounds(actor: Actor, file: File) -> list[tuple[str, str]]:
    """Consents that cover the social services today, and the grounds that lead there."""
    live = [
        (f"{BY_CONSENT}{row.id}", f"Samtycke: {row.unit} ({row.what})")
        for row in sharing(actor, file).consents
        if row.state == ConsentState.HOLDS and row.terms.agency == Agency.SOCIAL
    ]
    told = grounds_for(all_grounds(), Agency.SOCIAL, on=clock.today())
    return live + [(g.code, f"{g.text} ({g.law})") for g in told]


def _do(actor: Actor, file: File, row: Decision, step: Step, form: django_forms.Form | None, typed: QueryDict) -> bool:
    """Take the step. Gives whether it is done; where not, the form says what is missing."""
    once = uuid_of(typed.get("once", ""))
    try:
        if form is None:  # no such step from where it stands; the same form sent twice is no trouble
            if once is not None and row.words.filter(pk=once).exists():
                return True
            raise WrongStep
        if not form.is_valid():
            return False
        values: dict[str, Any] = form.cleaned_data
        whose: dict[str, Any] = {"by": actor, "file": file, "decision": row.id, "once": once or uuid4()}
        if step == Step.REPORT:
            chosen = values["ground"]
            consent = uuid_of(chosen.removeprefix(BY_CONSENT)) if chosen.startswith(BY_CONSENT) else None
            report_back(
                **whose,
                text=values["words"],
                unit=values["unit"],
                ground="" if consent else chosen,
                consent=consent,
                weighing=values["weighing"],
            )
        else:
            take_step(**whose, step=step, **values)
    except AlreadyWritten:
        return True
    except Unsound as why:
        assert form is not None
        _tell(form, why.faults)
        return False
    return True
