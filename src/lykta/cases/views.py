"""The staff's pages of personal files: the list, the search, and one file with what can be done about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission, Wall
from lykta.access.rules import Actor, may
from lykta.cases import actions, forms, glass, listing, queries, search
from lykta.cases.enums import Channel, OpenReason, SheetKind, State
from lykta.cases.errors import (
    AlreadyWritten,
    CasesError,
    Closed,
    LastOfTeam,
    Merged,
    NotAble,
    NothingThere,
    ReasonNeeded,
    TooOften,
    Unsound,
)
from lykta.cases.handover import handovers_of
from lykta.cases.merging import merging_of, read_together
from lykta.cases.models import File
from lykta.cases.numbers import written_number
from lykta.cases.reached import lines_of, safe_of, strip_of
from lykta.cases.rules import is_stale
from lykta.cases.waiting import count_late
from lykta.core import clock
from lykta.people import drafts


@door(Permission.FILE_LIST)
def files(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The actor's files; a search comes by POST, so that no name stands in an address or a log line."""
    closed, everyone = request.GET.get("visa") == "avslutade", request.GET.get("visa") == "alla"
    typed = request.POST.get("sok", "")[:120]
    said: dict[str, Any] = {"here": "files", "closed": closed, "everyone": everyone, "typed": typed}
    if request.method == "POST" and typed.strip():
        what = search.sought(typed, on=clock.today())
        said |= {"searched": True, "rows": search.find(actor, what) if what != search.Sought() else []}
    else:
        after = listing.mark_from(request.GET.get("efter", ""))
        found = listing.files(actor, mine=not (everyone or closed), closed=closed, after=after)
        said |= {"rows": found.rows, "older": found.older, "later": after is not None}
    said["given"] = actor.name.split()[0]
    said["glass"] = glass.at_desk(actor)
    said["late"] = count_late(actor, on=clock.today())
    said["walls"] = [w for w in search.WALLS if w in actor.walls]
    return render(request, "cases/files.html", said)


def found_file(actor: Actor, file: UUID) -> File:
    """The file, or the page that is the same for unknown and forbidden."""
    try:
        return queries.file_for(actor, file)
    except NothingThere as nothing:
        raise Http404 from nothing


@door(Permission.FILE_READ)
def file(request: HttpRequest, actor: Actor, file: UUID) -> HttpResponse:
    """One file: opened and logged, or first the question why."""
    found = found_file(actor, file)
    if request.method == "POST":
        return _do(request, actor, found)
    trouble = request.session.pop("trouble", None)
    if not queries.may_read_now(actor, found):
        if found.named:  # lent to her, and she has not said that she opens it
            return HttpResponseRedirect(reverse("glass"), status=303)
        lead = next((t.name for t in queries.team_of(actor, found) if t.leads), "")
        said = {"here": "files", "file": found, "form": forms.Open(drafts.take(request)), "lead": lead}
        return render(request, "cases/ask_why.html", said | {"trouble": trouble})
    return render(request, "cases/file.html", _opened(actor, found) | {"trouble": trouble})


def _opened(actor: Actor, found: File) -> dict[str, Any]:
    """Everything the page shows, read and logged."""
    read = queries.read(actor, found)
    safe = read.sheets[SheetKind.SAFE_CONTACT]
    opening, team = queries.opening_of(actor, found), queries.team_of(actor, found)
    on_team = any(t.member == actor.member for t in team)
    inside = queries.able(actor, Wall(found.wall))
    merging = merging_of(actor, found, read.sheets[SheetKind.IDENTITY].words)
    return {
        "here": "files",
        "file": found,
        "facts": queries.facts_of(found),
        "identity": read.sheets[SheetKind.IDENTITY],
        "safe": safe,
        "number": written_number(read.sheets[SheetKind.IDENTITY].words, on=clock.today()),
        "gender": dict(forms.GENDERS).get(read.sheets[SheetKind.IDENTITY].words.get("gender", ""), ""),
        "strip": strip_of(safe.words, at=clock.now()),
        "lines": lines_of(read.sheets[SheetKind.IDENTITY].words, safe.words, at=clock.now()),
        "stale": is_stale(safe_of(safe.words).asked_on if safe.version else None, on=clock.today()),
        "channels": list(Channel),
        "notes": read_together(actor, read, merging.parts, file=found),
        "merging": merging,
        "handovers": handovers_of(actor, found, read.notes),
        "team": team,
        "on_team": on_team,
        "opening": opening,
        "loan": queries.loan_of(actor, found) if found.named else None,
        "lent": glass.lent_now(actor, found) if found.named and on_team else [],
        "opening_reason": OpenReason(opening.reason).label if opening else "",
        "others": [m for m in inside if m.pk not in {t.member for t in team}],
        "excluded": queries.excluded_from(actor, found),
        "close_form": forms.Close(),
        "told_form": forms.Told(initial={"on": clock.today()}),
        "is_open": not merging.is_part and found.state == State.OPEN,
        "readers": queries.readers_of(actor, found),
        "read_at": clock.now(),
    }


Deed = Callable[[HttpRequest, Actor, File], str]


def _open(request: HttpRequest, actor: Actor, at: File) -> str:
    form = forms.Open(request.POST)
    values = _clean(form)
    actions.open_for_an_hour(by=actor, file=at, reason=values["reason"], words=values["words"])
    return "Akten är öppen för dig i en timme."


def _close(request: HttpRequest, actor: Actor, at: File) -> str:
    actions.close(by=actor, file=at, reason=_clean(forms.Close(request.POST))["reason"])
    return "Akten är avslutad. Det som står i den finns kvar så länge lagen säger."


def _reopen(request: HttpRequest, actor: Actor, at: File) -> str:
    actions.reopen(by=actor, file=at)
    return "Akten är öppen igen."


def _told(request: HttpRequest, actor: Actor, at: File) -> str:
    actions.tell(by=actor, file=at, on=_clean(forms.Told(request.POST))["on"])
    return "Dagen står i akten."


def _join(request: HttpRequest, actor: Actor, at: File) -> str:
    actions.add_to_team(by=actor, file=at, member=_member(request), leads=request.POST.get("leads") == "yes")
    return "Akten har fått en till som är med."


def _lead(request: HttpRequest, actor: Actor, at: File) -> str:
    actions.add_to_team(by=actor, file=at, member=_member(request), leads=True)
    return "Ansvaret är lämnat över."


def _leave(request: HttpRequest, actor: Actor, at: File) -> str:
    actions.take_from_team(by=actor, file=at, member=_member(request))
    return "Kollegan är inte längre med i akten."


def _exclude(request: HttpRequest, actor: Actor, at: File) -> str:
    actions.exclude(by=actor, file=at, members=[_member(request)])
    return "Akten är namngiven nu, och kollegan kan aldrig öppna den."


DEEDS: dict[str, Deed] = {
    "close": _close,
    "reopen": _reopen,
    "told": _told,
    "join": _join,
    "lead": _lead,
    "leave": _leave,
    "exclude": _exclude,
}


def _member(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("member", ""))
    except ValueError as why:
        raise Unsound({"member": "none"}) from why


class _Missing(Exception):
    """A form that is not whole, with the sentence that says so."""


def _clean(form: django_forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise _Missing(next(str(e) for errors in form.errors.values() for e in errors))
    return form.cleaned_data


def _do(request: HttpRequest, actor: Actor, at: File) -> HttpResponse:
    """Do what was asked for; what could not be done is told on the page."""
    name = request.POST.get("deed", "")
    if request.POST.get("by", str(actor.member)) != str(actor.member):
        request.session["toast"] = "Sidan hörde till någon annan. Ingenting har gjorts."
        return HttpResponseRedirect(request.path, status=303)
    deed = _open if name == "open" else DEEDS.get(name) if may(actor, Permission.FILE_WRITE) else None
    if deed is None:
        raise Http404
    try:
        request.session["toast"] = deed(request, actor, at)
    except AlreadyWritten:
        pass
    except (_Missing, CasesError) as why:
        request.session["trouble"] = {"deed": name, "text": sentence(why)}
        drafts.keep(request)
    return HttpResponseRedirect(request.path, status=303)


NOT_ABLE = {
    "self": "Det här kan du inte göra för dig själv. Be en kollega i akten.",
    "team": "Kollegan är med i akten. Avsluta det först.",
    "part": "Kollegan är med i en akt som hör ihop med den här. Avsluta det där först.",
    "not_team": "Bara den som är med i akten kan ändra vilka som är med.",
    "outside": "Kollegan arbetar inte innanför den här muren.",
    "excluded": "Kollegan är utestängd från akten.",
    "side": "Du är fortfarande med i en akt på andra sidan av muren. Be en kollega där ta över den först.",
    "lent": "En annan kollega har akten öppen just nu. Stäng för den kollegan först, eller vänta tills timmen är slut.",
    "unsigned": "Kollegans nycklar är inte godkända än. Det gör enhetschefen under Nycklar.",
}


def sentence(why: Exception) -> str:
    """What went wrong, in words that help."""
    match why:
        case _Missing():
            return str(why)
        case Unsound(faults={"words": _}):
            return "Skriv några ord om varför. Den som granskar läser dem."
        case Unsound(faults={"member": _}):
            return "Välj en kollega."
        case Unsound(faults={"mode": _}):
            return "Det stödet får inte dokumenteras så. Välj ett annat sätt, eller fråga enhetschefen om beslutet."
        case NotAble(code=code):
            return NOT_ABLE[code]
        case TooOften():
            return "Du har frågat många gånger i dag. Ring någon som är med i akten, eller vänta till i morgon."
        case LastOfTeam():
            return "Någon måste vara ansvarig. Lämna över ansvaret först."
        case Merged():
            return "Akten är en del av en annan. Inget mer skrivs i den."
        case Closed():
            return "Akten är avslutad. Öppna den igen för att skriva."
        case ReasonNeeded():
            return "Timmen har gått. Säg varför du öppnar akten, så går det sedan."
        case _:
            return "Det gick inte. Se efter hur akten ser ut nu och försök igen."
