"""The page on which two files of one person are merged and taken apart."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.cases import merging_forms as forms
from lykta.cases.errors import AlreadyWritten, CasesError, NotAble, NothingThere, ReasonNeeded, Unsound, WrongStep
from lykta.cases.merging import merges_of, merging_of, other_for
from lykta.cases.merging_actions import merge, part_again
from lykta.cases.models import File
from lykta.cases.pages import entered, uuid_of
from lykta.cases.queries import opened_identity
from lykta.cases.views import sentence
from lykta.core import clock
from lykta.people import drafts
from lykta.people.strong import strong

NONE = (
    "Det finns ingen sådan akt att lägga ihop med. Du ska vara med i båda, de ska ligga innanför samma mur, "
    "och ingen av dem får ha skyddade uppgifter."
)
NOT_ABLE = {
    "standing": "En av akterna hör redan ihop med en annan. Ta isär dem först.",
    "closed": "Akten som ni ska fortsätta skriva i är avslutad. Öppna den först.",
    "named": "Den ena akten är namngiven. Då är det i den ni fortsätter skriva.",
    "excluded": "Olika kollegor är utestängda ur de två akterna. Stäng ute samma kollegor i båda först.",
    "team": "Någon är med i den ena akten men inte i den ni fortsätter skriva i. Låt kollegan vara med där först.",
    "contact": "Säker kontakt är strängare i den andra akten. Skriv in det i den ni fortsätter skriva i först.",
    "both": "Bara den som är med i båda akterna kan ta isär dem.",
}
QUICKER = "En kollega hann före. Se hur akterna står nu."


@door(Permission.FILE_READ)
@strong
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """What has been merged with a file, and the form for merging it with another."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    typed = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    deed, trouble = typed.get("deed", ""), ""
    form = forms.MergeForm(typed if deed == "merge" else None)
    apart = forms.PartForm(typed if deed == "part" else None, auto_id="id_part_%s")
    if request.method == "POST":
        try:
            toast = _do(actor, found, typed, form, apart)
        except CasesError as why:
            trouble = _told(why)
        else:
            if toast:
                request.session["toast"] = toast
                return HttpResponseRedirect(request.path, status=303)
    told = merging_of(actor, found, opened_identity(actor, found))
    if not form.is_bound and len(told.hints) == 1:
        form.initial["other"] = told.hints[0].ref
    said = {
        "here": "files",
        "file": found,
        "rows": merges_of(actor, found),
        "merging": told,
        "form": form,
        "apart": apart,
        "deed": deed,
        "aim": typed.get("merge", ""),
        "once": typed.get("once") or uuid4(),
        "trouble": trouble,
    }
    return render(request, "cases/merging.html", said)


def _do(actor: Actor, file: File, typed: QueryDict, form: forms.MergeForm, apart: forms.PartForm) -> str:
    """Do what was asked for; gives what to tell, "" where the form says what is missing."""
    sent = {"merge": form, "part": apart}.get(typed.get("deed", ""))
    if sent is None:
        raise Http404
    if not sent.is_valid():
        return ""
    why = sent.cleaned_data["why"]
    try:
        if sent is apart:
            part_again(by=actor, file=file, merge=uuid_of(typed.get("merge", "")) or uuid4(), why=why)
            return "Akterna är isär, och var och en som den var."
        other = other_for(actor, file, form.cleaned_data["other"], on=clock.today())
        lead, part = (file, other) if form.cleaned_data["leads"] == "this" else (other, file)
        merge(by=actor, lead=lead, part=part, merge=uuid_of(typed.get("once", "")) or uuid4(), why=why)
    except AlreadyWritten:
        return "Det är redan gjort."
    except Unsound as fault:
        sent.add_error("why", forms.FAULTS[fault.faults["why"]])
        return ""
    return f"Akterna hör ihop. Ni skriver vidare i {lead.ref}."


def _told(why: CasesError) -> str:
    match why:
        case NothingThere() | ReasonNeeded():
            return NONE
        case NotAble(code=code) if code in NOT_ABLE:
            return NOT_ABLE[code]
        case WrongStep():
            return QUICKER
        case _:
            return sentence(why)
