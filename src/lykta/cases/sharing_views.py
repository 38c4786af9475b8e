"""The page of a file's secrecy: who has lifted it for whom, and what has left."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission, Wall
from lykta.access.rules import Actor
from lykta.cases import sharing_forms as forms
from lykta.cases.enums import Agency, ConsentState, GivenBy, How, Route
from lykta.cases.errors import AlreadyWritten, CasesError, Unsound
from lykta.cases.grounds import all_grounds
from lykta.cases.models import File
from lykta.cases.pages import entered, uuid_of
from lykta.cases.queries import is_open, opened_identity
from lykta.cases.sharing import Sharing, age_of, sharing
from lykta.cases.sharing_actions import Giving, Lifting, disclose, give_consent, withdraw_consent
from lykta.cases.sharing_rules import grounds_for, route_for
from lykta.cases.views import sentence
from lykta.core import clock
from lykta.people import drafts
from lykta.people.queries import centre_of

BY_CONSENT = "samtycke:"


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """Consents, disclosures, and their forms."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    told = sharing(actor, found)
    typed = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    deed = typed.get("deed", "")
    consent, giving = _consent_form(typed, deed, found), _giving_form(typed, deed, told)
    trouble = ""
    if request.method == "POST":
        try:
            toast = _do(actor, found, typed, consent, giving)
        except CasesError as why:
            trouble = sentence(why)
        else:
            if toast:
                request.session["toast"] = toast
                return HttpResponseRedirect(request.path, status=303)
    said = {
        "here": "files",
        "file": found,
        "told": told,
        "consent": consent,
        "giving": giving,
        "deed": deed,
        "trouble": trouble,
        "once": typed.get("once") or uuid4(),
        "is_open": is_open(found),
        "holds": ConsentState.HOLDS,
        "advice": _advice(actor, found),
    }
    return render(request, "cases/sharing.html", said)


def _consent_form(typed: QueryDict, deed: str, file: File) -> forms.NewConsent:
    data = typed if deed == "consent" else None
    return forms.NewConsent(data, initial={"begins": clock.today()}, child=file.wall == Wall.CHILD)


def _giving_form(typed: QueryDict, deed: str, told: Sharing) -> forms.NewDisclosure:
    live = [
        (f"{BY_CONSENT}{row.id}", f"Samtycke: {row.terms.agency.label}, {row.unit} ({row.what})")
        for row in told.consents
        if row.state == ConsentState.HOLDS
    ]
    grounds = grounds_for(all_grounds(), None, on=clock.today())
    data = typed if deed == "giving" else None
    return forms.NewDisclosure(data, initial={"on": clock.today()}, grounds=grounds, consents=live)


def _route(actor: Actor, file: File) -> Route | None:
    """Whose consent it takes, where the file is a child's and tells an age."""
    if file.wall != Wall.CHILD:
        return None
    age = age_of(opened_identity(actor, file), on=clock.today())
    return route_for(age, by_decision=False) if age is not None else None


def _advice(actor: Actor, file: File) -> str:
    """What the law says about this child's consent; "" for a grown person."""
    route = _route(actor, file)
    if route is None or route == Route.OWN:
        return ""
    return f"Utan beslut: {route.label} Fråga alltid barnet och skriv vad barnet vill."


def _do(actor: Actor, file: File, typed: QueryDict, consent: forms.NewConsent, giving: forms.NewDisclosure) -> str:
    """Do what was asked for; gives what to tell, "" where the form says what is missing."""
    once = uuid_of(typed.get("once", "")) or uuid4()
    try:
        match typed.get("deed"):
            case "consent" if consent.is_valid():
                give_consent(
                    by=actor,
                    file=file,
                    consent=once,
                    lifting=_lifting(consent.cleaned_data, centre_of(actor).name),
                    route=_route(actor, file),
                )
                return "Samtycket står i akten."
            case "giving" if giving.is_valid():
                disclose(by=actor, file=file, disclosure=once, giving=_giving(giving.cleaned_data))
                return "Det som lämnades ut står i akten."
            case "withdraw":
                withdraw_consent(by=actor, file=file, consent=uuid_of(typed.get("consent", "")) or uuid4())
                return "Samtycket är tillbakataget. Inget mer får lämnas med stöd av det."
            case "consent" | "giving":
                return ""
    except AlreadyWritten:
        return "Det står redan i akten."
    except Unsound as why:
        form = consent if typed.get("deed") == "consent" else giving
        for name, fault in why.faults.items():
            form.add_error(name, forms.FAULTS[fault])
        return ""
    raise Http404


def _lifting(values: dict[str, Any], centre: str) -> Lifting:
    return Lifting(
        agency=Agency(values["agency"]),
        given_by=GivenBy(values["given_by"]),
        how=How(values["how"]),
        text=forms.consent_text(values, centre=centre),
        **{name: values[name] for name in ("begins", "ends", "unit", "what", "purpose", "view", "reason")},
    )


def _giving(values: dict[str, Any]) -> Giving:
    chosen = values["ground"]
    consent = uuid_of(chosen.removeprefix(BY_CONSENT)) if chosen.startswith(BY_CONSENT) else None
    return Giving(
        agency=Agency(values["agency"]),
        ground="" if consent else chosen,
        consent=consent,
        **{name: values[name] for name in ("on", "unit", "what", "weighing")},
    )
