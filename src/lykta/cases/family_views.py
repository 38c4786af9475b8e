"""The page of whom a file tells of: relations, and children one by one."""

from typing import Any
from uuid import UUID, uuid4

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.cases import family_forms as forms
from lykta.cases.entries import EntryRow, entry_of
from lykta.cases.errors import AlreadyWritten, CasesError, Moved, Unsound
from lykta.cases.family import family, seen_file
from lykta.cases.family_actions import open_child_file, write_child, write_relation
from lykta.cases.models import File
from lykta.cases.pages import is_anothers, once_of, to_file, uuid_of
from lykta.cases.plan_enums import Entered
from lykta.cases.plan_views import _seen
from lykta.cases.queries import is_open
from lykta.cases.sheet_views import _differing, _readable
from lykta.cases.views import sentence
from lykta.people import drafts

KINDS = {"relation": Entered.RELATION, "barn": Entered.CHILD}
NO_SUCH = "Ingen akt som du är med i, innanför den här muren, har den beteckningen."


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """Relations and children; and a child's own file opened."""
    found = _readable(actor, file)
    if found is None:
        return to_file(file)
    trouble = ""
    if request.method == "POST":
        if is_anothers(request):
            return HttpResponseRedirect(request.path, status=303)
        child = uuid_of(request.POST.get("child", ""))
        if not may(actor, Permission.FILE_WRITE) or child is None or request.POST.get("deed") != "open_child":
            raise Http404
        try:
            own = open_child_file(by=actor, file=found, child=child, made=once_of(request))
        except AlreadyWritten:
            return HttpResponseRedirect(request.path, status=303)
        except CasesError as why:
            trouble = sentence(why)
        else:
            request.session["toast"] = "Barnets akt är öppnad, innanför muren för barn."
            return to_file(own.pk)
    said = {"here": "files", "file": found, "family": family(actor, found), "trouble": trouble, "once": uuid4()}
    return render(request, "cases/family.html", said | {"is_open": is_open(found)})


@door(Permission.FILE_WRITE)
def thing(request: HttpRequest, actor: Actor, file: UUID, kind: str, thing: UUID | None = None) -> HttpResponse:
    """Write a relation or a child, or change one."""
    found = _readable(actor, file)
    if kind not in KINDS:
        raise Http404
    if found is None or is_anothers(request):
        drafts.keep(request)
        return to_file(file)
    before = entry_of(actor, found, KINDS[kind], thing) if thing else None
    if thing and before is None:
        raise Http404
    typed = request.POST if request.method == "POST" else drafts.take(request)
    form, shown = _form(actor, found, KINDS[kind], typed, before), _seen(typed, before)
    trouble, theirs = "", None
    if request.method == "POST" and form.is_valid():
        try:
            _write(actor, found, KINDS[kind], once_of(request), thing, shown, form.cleaned_data)
        except AlreadyWritten:
            return _to_family(file)
        except Unsound:
            form.add_error("ref", NO_SUCH)
        except Moved:
            theirs = _differing(form, _initial(actor, found, before)) if before else None
            shown = before.version if before else 0
            trouble = "En kollega har ändrat samma uppgifter medan du skrev. Se vad som skiljer och spara igen."
        except CasesError as why:
            trouble = sentence(why)
            drafts.keep(request)
        else:
            request.session["toast"] = "Uppgifterna står i akten."
            return _to_family(file)
    said = {"here": "files", "file": found, "form": form, "kind": kind, "before": before, "seen": shown}
    said |= {"trouble": trouble, "theirs": theirs, "once": uuid4() if theirs else once_of(request)}
    return render(request, "cases/thing.html", said)


def _form(actor: Actor, file: File, kind: Entered, typed: Any, before: EntryRow | None) -> django_forms.Form:
    begun = _initial(actor, file, before)
    form = forms.Relation(typed, initial=begun) if kind == Entered.RELATION else forms.Child(typed, initial=begun)
    if kind == Entered.RELATION and before is None:
        del form.fields["over"]
    return form


def _initial(actor: Actor, file: File, before: EntryRow | None) -> dict[str, Any]:
    """What stands, as the form shows it: the other's file by its reference, for who may know of it."""
    if before is None:
        return {}
    other = seen_file(actor, file, before.words["file"])
    return before.words | {"ref": other.ref if other else ""}


def _write(
    actor: Actor, file: File, kind: Entered, once: UUID, thing: UUID | None, shown: int, values: dict[str, Any]
) -> None:
    seen = shown if thing else 0
    if kind == Entered.CHILD:
        write_child(by=actor, file=file, child=thing or once, entry=once, seen=seen, words=values)
    else:
        ref, words = values["ref"], {"over": False} | {name: v for name, v in values.items() if name != "ref"}
        write_relation(by=actor, file=file, relation=thing or once, entry=once, seen=seen, ref=ref, words=words)


def _to_family(file: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("file_family", args=[file]), status=303)
