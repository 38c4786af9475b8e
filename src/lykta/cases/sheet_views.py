"""Pages where something is written in a file: a new file, a note, who it is, how she can be reached.

A form that is not whole is shown again with what was typed and what to do; nothing of the file's own words is opened
for that but what the form itself holds.
"""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission, Wall
from lykta.access.rules import Actor
from lykta.cases import actions, forms, queries, search
from lykta.cases.enums import Guard, Mode, SheetKind
from lykta.cases.errors import AlreadyWritten, CasesError, Moved, ReasonNeeded, Unsound
from lykta.cases.models import File
from lykta.cases.pages import is_anothers, once_of, to_file
from lykta.cases.rules import MOST_SIGNS
from lykta.cases.services import services_on
from lykta.cases.views import found_file, sentence
from lykta.core import clock
from lykta.people import drafts


@door(Permission.FILE_WRITE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a file: behind which wall, and who it is."""
    if is_anothers(request):
        return HttpResponseRedirect(request.path, status=303)
    walls = [wall for wall in search.WALLS if wall in actor.walls]
    typed = request.POST if request.method == "POST" else drafts.take(request)
    mode = Mode.NO_IDENTITY if typed and typed.get("mode") == Mode.NO_IDENTITY else Mode.FULL
    members = sorted({m for wall in walls for m in queries.able(actor, wall)}, key=lambda m: m.name)
    form = forms.NewFile(typed, walls=walls, services=services_on(clock.today()), members=members)
    identity = forms.Identity(typed, mode=mode)
    trouble = ""
    if request.method == "POST" and request.POST.get("deed") == "make":
        sound = [form.is_valid(), identity.is_valid()]
        if all(sound):
            try:
                made = _make(actor, once_of(request), form.cleaned_data, identity.cleaned_data, mode)
            except CasesError as why:
                trouble = sentence(why)
            else:
                return HttpResponseRedirect(reverse("file", args=[made]), status=303)
    elif request.method == "POST":  # only another way of documenting was chosen: no faults to tell yet
        begun = _initial(request)
        form = forms.NewFile(initial=begun, walls=walls, services=services_on(clock.today()), members=members)
        identity = forms.Identity(initial=begun, mode=mode)
    said = {"here": "files", "walls": walls, "form": form, "identity": identity, "mode": mode, "trouble": trouble}
    return render(request, "cases/new.html", said | {"once": once_of(request)})


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What was typed, as the beginning of another form."""
    several = ("excluded",)
    return {name: values if name in several else values[-1] for name, values in request.POST.lists()}


def _make(actor: Actor, file: UUID, chosen: dict[str, Any], identity: dict[str, Any], mode: Mode) -> UUID:
    try:
        made = actions.open_file(
            by=actor,
            file=file,
            wall=Wall(chosen["wall"]),
            service=chosen["service"],
            mode=mode,
            identity=identity,
            named=chosen["named"],
            excluded=chosen["excluded"],
            told=chosen["told"],
        )
    except AlreadyWritten:
        return file
    return made.pk


def _readable(actor: Actor, file: UUID) -> File | None:
    """The file, if the actor is in it now; None where she must first say why."""
    found = found_file(actor, file)
    return found if queries.may_read_now(actor, found) else None


@door(Permission.FILE_WRITE)
def note(request: HttpRequest, actor: Actor, file: UUID, replaces: UUID | None = None) -> HttpResponse:
    """Write a note, or correct one."""
    found = _readable(actor, file)
    if found is None or is_anothers(request):
        drafts.keep(request)
        return to_file(file)
    before = None
    if replaces is not None:
        before = queries.note_for(actor, found, replaces)
        if before is None:
            raise Http404
    kept = drafts.take(request)
    typed = request.POST if request.method == "POST" else kept
    form = forms.Words(typed, initial=_words_of(before) if before else None)
    trouble, theirs = "", None
    if request.method == "POST" and form.is_valid():
        try:
            _write(actor, found, once_of(request), replaces, form.cleaned_data)
        except Unsound as why:
            for field, fault in why.faults.items():
                form.add_error(field, FAULTS[fault])
        except Moved:
            theirs = queries.newest_of(actor, found, replaces) if replaces else None
            trouble = "En kollega har rättat samma anteckning medan du skrev. Båda texterna står här."
        except CasesError as why:
            trouble = sentence(why)
            drafts.keep(request)
        else:
            request.session["toast"] = "Rättelsen står i akten." if replaces else "Anteckningen står i akten."
            return to_file(file)
    said = {"here": "files", "file": found, "form": form, "before": before, "trouble": trouble, "theirs": theirs}
    return render(request, "cases/note.html", said | {"once": once_of(request), "most": MOST_SIGNS})


FAULTS = {
    "empty": "Skriv några ord först.",
    "long": f"Här får {MOST_SIGNS} tecken plats. Dela anteckningen i två.",
    "reason": "Skriv varför den inte ska lämnas ut.",
}


def _words_of(row: queries.NoteRow) -> dict[str, Any]:
    guards = [g.value for g in row.guards]
    return {"text": row.text, "dissent": row.dissent, "guards": guards, "guard_reason": row.guard_reason}


def _write(actor: Actor, file: File, note: UUID, replaces: UUID | None, values: dict[str, Any]) -> None:
    words = {
        "text": values["text"],
        "dissent": values["dissent"],
        "guards": [Guard(g) for g in values["guards"]],
        "why": values["guard_reason"],
    }
    try:
        if replaces:
            actions.correct(by=actor, file=file, note=note, replaces=replaces, **words)
        else:
            actions.write(by=actor, file=file, note=note, **words)
    except AlreadyWritten:
        return


KINDS = {"vem": SheetKind.IDENTITY, "kontakt": SheetKind.SAFE_CONTACT}


@door(Permission.FILE_WRITE)
def sheet(request: HttpRequest, actor: Actor, file: UUID, kind: str) -> HttpResponse:
    """Change who it is, or how she can be reached."""
    found = _readable(actor, file)
    if kind not in KINDS:
        raise Http404
    if found is None or is_anothers(request):
        drafts.keep(request)
        return to_file(file)
    present = queries.sheet_for(actor, found, KINDS[kind])
    kept = drafts.take(request)
    typed = request.POST if request.method == "POST" else kept
    form = _form(KINDS[kind], found, typed, present.words)
    trouble, theirs = "", None
    if request.method == "POST" and form.is_valid():
        try:
            _change(actor, found, KINDS[kind], form.cleaned_data, request.POST.get("seen", ""))
        except Moved:
            theirs = _differing(form, present.words)
            trouble = "En kollega har ändrat samma uppgifter medan du skrev. Se vad som skiljer och spara igen."
        except ReasonNeeded:
            drafts.keep(request)
            return to_file(file)
        except CasesError as why:
            trouble = sentence(why)
        else:
            request.session["toast"] = "Uppgifterna är sparade."
            return to_file(file)
    said = {"here": "files", "file": found, "form": form, "kind": kind, "present": present, "trouble": trouble}
    return render(request, "cases/sheet.html", said | {"theirs": theirs})


def _form(kind: SheetKind, file: File, typed: Any, words: dict[str, Any]) -> django_forms.Form:
    if kind == SheetKind.IDENTITY:
        return forms.Identity(typed, initial=words, mode=Mode(file.mode))
    return forms.SafeContact(typed, initial=words)


def _change(actor: Actor, file: File, kind: SheetKind, values: dict[str, Any], seen: str) -> None:
    if kind == SheetKind.SAFE_CONTACT:
        values = values | {"asked_on": clock.today().isoformat()}
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
    actions.change_sheet(by=actor, file=file, kind=kind, words=values, seen=number)


def _differing(form: django_forms.Form, theirs: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Label, hers and the colleague's, for every field in which the two differ."""
    rows = []
    for name, value in form.cleaned_data.items():
        if value != theirs.get(name, type(value)()):
            rows.append((form.fields[name].label or name, _shown(value), _shown(theirs.get(name, ""))))
    return [(str(label), mine, other) for label, mine, other in rows]


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) or "tomt"
