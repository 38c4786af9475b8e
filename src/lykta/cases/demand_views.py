"""The page of what authorities have asked of a file, with the form of each answer."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.cases import demand_forms as forms
from lykta.cases.demand import DemandRow, demands_of
from lykta.cases.demand_actions import answer_demand, receive_demand
from lykta.cases.demand_enums import Came, Outcome
from lykta.cases.demand_rules import Answer, Asked
from lykta.cases.enums import Agency, ConsentState
from lykta.cases.errors import AlreadyWritten, CasesError, NothingThere, Unsound
from lykta.cases.grounds import all_grounds
from lykta.cases.models import File
from lykta.cases.pages import entered, once_of, uuid_of
from lykta.cases.sharing import Sharing, sharing
from lykta.cases.sharing_rules import grounds_for
from lykta.cases.sharing_views import BY_CONSENT
from lykta.cases.views import sentence
from lykta.core import clock
from lykta.people import drafts

BUTTONS = {
    Outcome.FULL: "Vi lämnar allt",
    Outcome.PART: "Vi lämnar en del",
    Outcome.NONE: "Vi lämnar inget",
    Outcome.TAKEN_BACK: "Myndigheten tog tillbaka sin begäran",
}


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """What was asked and answered, and the forms."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    typed = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    rows, told = demands_of(actor, found), sharing(actor, found)
    new = forms.NewDemand(typed if typed.get("deed") == "demand" else None, initial={"came_on": clock.today()})
    sent = _sent(typed, rows, told)
    trouble = ""
    if request.method == "POST":
        try:
            toast = _do(actor, found, request, new, sent)
        except CasesError as why:
            trouble = sentence(why)
        else:
            if toast:
                request.session["toast"] = toast
                return HttpResponseRedirect(request.path, status=303)
    shown = {
        "here": "files",
        "file": found,
        "rows": [(row, _answers(row, told, typed, sent)) for row in rows],
        "new": new,
        "deed": typed.get("deed", ""),
        "once": typed.get("once") or uuid4(),
        "trouble": trouble,
        "duties": [ground for ground in grounds_for(all_grounds(), None, on=clock.today()) if ground.duty],
    }
    return render(request, "cases/demand.html", shown)


def _form(row: DemandRow, told: Sharing, outcome: Outcome, typed: QueryDict | None) -> forms.NewAnswer:
    """The form of an answer, with the consents and grounds that lead to who asks."""
    live = [
        (f"{BY_CONSENT}{one.id}", f"Samtycke: {one.unit} ({one.what})")
        for one in told.consents
        if one.state == ConsentState.HOLDS and one.terms.agency == row.agency
    ]
    grounds = [
        (g.code, f"{g.text} ({g.law}){', måste lämnas' if g.duty else ''}")
        for g in grounds_for(all_grounds(), row.agency, on=clock.today())
    ]
    return forms.NewAnswer(typed, outcome=outcome, choices=[*live, *grounds], auto_id=f"{row.id}_{outcome.value}_%s")


def _sent(typed: QueryDict, rows: list[DemandRow], told: Sharing) -> forms.NewAnswer | None:
    """The answer that came. Raises Http404 for one to a request that isn't in the file, or that there is not."""
    if typed.get("deed") != "answer":
        return None
    row = next((row for row in rows if str(row.id) == typed.get("demand")), None)
    outcome = next((one for one in Outcome if one == typed.get("outcome")), None)
    if row is None or outcome is None:
        raise Http404
    return _form(row, told, outcome, typed)


def _answers(row: DemandRow, told: Sharing, typed: QueryDict, sent: forms.NewAnswer | None) -> list[dict[str, Any]]:
    """The form of each answer that can be given; the one that came, with what is missing in it."""
    shown = []
    for outcome in () if row.answer else Outcome:
        is_it = sent is not None and typed.get("demand") == str(row.id) and sent.outcome == outcome
        form = sent if is_it else _form(row, told, outcome, None)
        shown.append({"outcome": outcome, "form": form, "open": is_it, "button": BUTTONS[outcome]})
    return shown


def _do(actor: Actor, file: File, request: HttpRequest, new: forms.NewDemand, sent: forms.NewAnswer | None) -> str:
    """Do what was asked for; gives what to tell, "" where a form says what is missing."""
    form = sent or (new if request.POST.get("deed") == "demand" else None)
    if form is None:
        raise Http404
    if not form.is_valid():
        return ""
    try:
        if sent:
            _answer(actor, file, request.POST.get("demand", ""), sent)
            return "Svaret står i akten."
        receive_demand(by=actor, file=file, demand=once_of(request), asked=_asked(new.cleaned_data))
        return "Begäran står i akten. Den syns också under Att bevaka."
    except AlreadyWritten:
        return "Det står redan i akten."
    except NothingThere as nothing:
        raise Http404 from nothing
    except Unsound as why:
        for name, fault in why.faults.items():
            form.add_error(name if name in form.fields else None, forms.FAULTS[fault])
        return ""


def _asked(values: dict[str, Any]) -> Asked:
    return Asked(**values | {"agency": Agency(values["agency"]), "came": Came(values["came"])})


def _answer(actor: Actor, file: File, demand: str, form: forms.NewAnswer) -> None:
    said, chosen = form.cleaned_data, form.cleaned_data.get("ground", "")
    consent = uuid_of(chosen.removeprefix(BY_CONSENT)) if chosen.startswith(BY_CONSENT) else None
    answer = Answer(
        outcome=form.outcome,
        on=said["on"],
        what=said.get("what", ""),
        weighing=said.get("weighing", ""),
        kept=said.get("kept", ""),
        told=said.get("told", False),
    )
    answer_demand(
        by=actor,
        file=file,
        demand=uuid_of(demand) or uuid4(),
        answer=answer,
        ground="" if consent else chosen,
        consent=consent,
    )
