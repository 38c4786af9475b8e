"""The page Publicera: what waits, what it does, now or at a time, and what has been done."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.catalogue.queries import draft_catalogue, pending_changes
from lykta.catalogue.reading import CatalogueError
from lykta.core import clock
from lykta.people import drafts
from lykta.people.queries import is_open, names_of
from lykta.public import actions
from lykta.public.content import PageFault
from lykta.public.enums import How, TimedState
from lykta.public.errors import NoRoom, NothingNew, NothingWaits, NotOpen, TimeTaken
from lykta.public.models import Publication, Timed
from lykta.public.pending import Effect, effect, pending
from lykta.public.queries import (
    content_of,
    last_publication,
    last_times,
    publications,
    shelf,
    titles,
    waiting_time,
)
from lykta.public.rules import TimeFault
from lykta.public.staff_forms import TimeForm

FULL = "Disken är full, eller går inte att skriva på. Ingenting är publicerat, och sidorna är som de var."
UNREADABLE = "Tjänsterna går inte att läsa: {why}. Ingenting är publicerat."


@door(Permission.PUBLISH)
def publish(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits and what it would do. A deed is answered 303, or by the page with what was typed and why not."""
    if request.method != "POST":
        return _page(request, actor, TimeForm(drafts.take(request)))
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    if request.POST.get("by", "") != str(actor.member):
        request.session["toast"] = "Sidan hörde till någon annan. Ingenting har gjorts."
        return HttpResponseRedirect(request.path, status=303)
    return deed(request, actor)


def _now(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        made = actions.publish(by=actor)
    except NotOpen:
        request.session["toast"] = "Centrumet är inte öppet än. Ingenting är publicerat."
    except NothingNew:
        request.session["toast"] = "Allt är redan publicerat."
    except (NoRoom, PageFault, CatalogueError) as why:
        return _page(request, actor, TimeForm(None), trouble=sentence(why))
    else:
        seconds = f"{made.took_ms / 1000:.1f}".replace(".", ",")
        request.session["toast"] = f"Publicerat. {made.answers} adresser på {seconds} sekunder."
    return HttpResponseRedirect(request.path, status=303)


def _set(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = TimeForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, form)
    try:
        actions.set_time(by=actor, wall=form.wall())
    except TimeFault as why:
        form.add_error("day", str(why))
        return _page(request, actor, form)
    except TimeTaken:
        request.session["toast"] = "En tid väntar redan. Ta tillbaka den först."
    else:
        request.session["toast"] = "Tiden är satt."
    return HttpResponseRedirect(request.path, status=303)


def _take_back(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        actions.take_back_time(by=actor)
        request.session["toast"] = "Tiden är återtagen."
    except NothingWaits:
        request.session["toast"] = "Ingen tid väntade längre."
    return HttpResponseRedirect(request.path, status=303)


DEEDS: Mapping[str, Callable[[HttpRequest, Actor], HttpResponse]] = {
    "publish": _now,
    "set": _set,
    "take_back": _take_back,
}


def sentence(why: Exception) -> str:
    """Why nothing could be published, in words that help."""
    if isinstance(why, NoRoom):
        return FULL
    if isinstance(why, CatalogueError):
        return UNREADABLE.format(why=why)
    return f"En text nämner något som inte finns. Ingenting är publicerat. ({why})"


def _page(request: HttpRequest, actor: Actor, form: TimeForm, *, trouble: str = "") -> HttpResponse:
    found, last, on = shelf(), last_publication(), clock.today()
    names = names_of(actor)
    opened = is_open()
    seen, stops = _effect(on) if opened and not trouble else (None, trouble)
    said = {
        "here": "house",
        "open": opened,
        "may_open": may(actor, Permission.CENTRE_EDIT),
        "rows": [(one, _by(one.by, names)) for one in pending(found, last.shows if last else {}, titles())],
        "catalogue": pending_changes(actor),
        "effect": seen,
        "stops": stops,
        "last": last and _told(last, names),
        "history": [_told(one, names) for one in publications(actor)],
        "waiting": _timed(waiting_time(), names),
        "times": [_timed(one, names) for one in last_times(actor)],
        "form": form,
    }
    return render(request, "public/staff/publish.html", said)


def _effect(on: date) -> tuple[Effect | None, str]:
    """What the next publication does to the site; or why it can't be done."""
    found = shelf()
    try:
        site = actions.rendered(content_of(found, found.now, draft_catalogue(), on), on)
    except (PageFault, CatalogueError) as why:
        return None, sentence(why)
    return effect(site, actions.folder()), ""


def _told(one: Publication, names: Mapping[UUID, str]) -> dict[str, Any]:
    return {"row": one, "how": How(one.how).label, "by": _by(one.by, names), "seconds": one.took_ms / 1000}


def _timed(one: Timed | None, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    return {"row": one, "state": TimedState(one.state).label, "by": _by(one.by, names)} if one else None


def _by(member: UUID | None, names: Mapping[UUID, str]) -> str:
    return names.get(member, "en kollega som har slutat") if member else "programmet"
