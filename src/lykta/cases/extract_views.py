"""The page on which the copy for the person a file is about is looked through and made."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission, Wall
from lykta.access.rules import Actor
from lykta.cases import extract_forms as forms
from lykta.cases.errors import CasesError, Moved, Unsound
from lykta.cases.extract import Whole, whole
from lykta.cases.extract_actions import make_extract
from lykta.cases.extract_enums import Receiver
from lykta.cases.extract_rules import grounds_told
from lykta.cases.merging import standing
from lykta.cases.models import File
from lykta.cases.pages import entered, once_of
from lykta.cases.queries import opening_of
from lykta.cases.views import sentence
from lykta.core.paper import NotSet
from lykta.people import drafts
from lykta.people.strong import strong


@door(Permission.FILE_WRITE)
@strong
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """What is given and what is kept back; sent, the copy."""
    found = entered(request, actor, file)
    if isinstance(found, HttpResponse):
        return found
    if opening_of(actor, found) is not None:
        return render(request, "cases/extract.html", {"here": "files", "file": found, "told": None})
    typed = request.POST if request.method == "POST" else drafts.take(request)
    asked = (typed or request.GET).get("till", "")
    receiver = Receiver(asked) if asked in tuple(Receiver) else Receiver.PERSON
    form, trouble = forms.Copy(typed, receiver=receiver), ""
    if request.method == "POST" and form.is_valid():
        try:
            return _paper(_made(request, actor, found, form))
        except (CasesError, NotSet) as why:
            trouble = _told(why, form)
    told = whole(actor, found, receiver)
    if told.receiver != receiver and request.method != "POST":
        form = forms.Copy(receiver=told.receiver)
    return render(request, "cases/extract.html", _shown(found, told, form, typed) | {"trouble": trouble})


def _made(request: HttpRequest, actor: Actor, file: File, form: forms.Copy) -> bytes:
    seen = request.POST.get("seen", "")
    return make_extract(by=actor, file=file, once=once_of(request), chosen=form.chosen, seen=seen)


def _told(why: Exception, form: forms.Copy) -> str:
    """What kept the copy from being made: in the form, or as a sentence."""
    match why:
        case Unsound(faults=faults):
            for name, fault in faults.items():
                form.add_error(name if name in form.fields else None, forms.FAULTS[fault])
            return ""
        case Moved():
            return "Det har skrivits i akten sedan sidan visades. Gå igenom den igen."
        case NotSet():
            return "Utdraget kunde inte göras: något i akten går inte att sätta på papper."
        case _:
            return sentence(why)


def _paper(pdf: bytes) -> HttpResponse:
    """To be saved or printed; its name tells nothing."""
    told = {"Content-Disposition": 'attachment; filename="utdrag.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=told)


def _shown(file: File, told: Whole, form: forms.Copy, typed: QueryDict | None) -> dict[str, Any]:
    """Everything the page shows."""
    ticked = set(typed.getlist("keep") + typed.getlist("release")) if typed else set()
    rows = [(piece, str(piece.id) in ticked) for piece in told.pieces]
    return {
        "here": "files",
        "file": file,
        "told": told,
        "form": form,
        "given": [row for row in rows if row[0].held is None],
        "held": [row for row in rows if row[0].held is not None],
        "grounds": grounds_told(told.pieces, told.more, told.receiver),
        "is_guardian": told.receiver == Receiver.GUARDIAN,
        "guardian": Receiver.GUARDIAN if Receiver.GUARDIAN in told.may_receive else None,
        "beside": [one.other if one.file_id == file.pk else one.file for one in standing(file)],
        "uses_violence": file.wall == Wall.USING_VIOLENCE,
        "once": typed.get("once") if typed else uuid4(),
    }
