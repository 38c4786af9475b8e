"""Before anything is published: what changes and for whom; and every edition there has been."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.catalogue import draft_actions, queries
from lykta.catalogue.changes import differences
from lykta.catalogue.edit_views import NOT_HERS
from lykta.catalogue.enums import EditionState
from lykta.catalogue.errors import NeedsTick, NothingDiffers, NotShowable, ReasonMissing
from lykta.catalogue.faults import spoken
from lykta.catalogue.forms.persona import PersonaForm
from lykta.catalogue.impact import moved_for
from lykta.catalogue.personas import read_personas
from lykta.catalogue.reading import CatalogueError
from lykta.catalogue.review import changes_shown, days_shown, moved_shown
from lykta.catalogue.rules import Catalogue
from lykta.catalogue.told import told
from lykta.core import clock
from lykta.people import drafts
from lykta.people.queries import names_of

REVIEW, EDITIONS = "/personal/tjanster/andringar/", "/personal/tjanster/utgavor/"


@door(Permission.CATALOGUE_SEE)
def review(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What changes for whom; for an editor, saving it as an edition."""
    if request.method == "POST" and request.POST.get("deed") != "try":
        if not may(actor, Permission.CATALOGUE_EDIT):
            raise Http404
        if request.POST.get("by", str(actor.member)) != str(actor.member):
            return _lead(request, REVIEW, NOT_HERS)
        return _do(request, actor)
    kept = drafts.take(request)
    return _review(request, actor, why=kept.get("why", "") if kept else "")


def _do(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Save, undo one row, or put all of it away."""
    match request.POST.get("deed"):
        case "save":
            return _save(request, actor)
        case "undo":
            return _undo(request, actor)
        case "aside":
            found = queries.edition_in(EditionState.DRAFT) or queries.edition_in(EditionState.WAITING)
            if found:
                draft_actions.put_aside(by=actor, edition=found)
            return _lead(request, REVIEW, "Det är undanlagt. Det finns kvar bland utgåvorna.")
        case _:
            raise Http404


def _save(request: HttpRequest, actor: Actor) -> HttpResponse:
    why, ticked = request.POST.get("why", ""), request.POST.get("meant") == "yes"
    try:
        number = draft_actions.save_edition(by=actor, why=why, is_meant=ticked)
    except ReasonMissing:
        trouble = "Skriv en rad om varför det ändras. Högst 200 tecken."
    except NeedsTick:
        trouble = "Någon tjänst har ingen väg in längre. Kryssa i att det är meningen, eller ändra."
    except NotShowable as wrong:
        trouble = f"Webbplatsen går inte att göra med det här. En sida nämner något som inte finns kvar: {wrong}"
    except NothingDiffers:
        trouble = "Utkastet säger det som redan gäller. Det finns inget att spara."
    else:
        return _lead(request, REVIEW, f"Utgåva {number} är sparad och väntar på publicering.")
    return _review(request, actor, why=why, ticked=ticked, trouble=trouble)


def _undo(request: HttpRequest, actor: Actor) -> HttpResponse:
    try:
        draft_actions.undo_row(by=actor, line=UUID(request.POST.get("line", "")))
    except ValueError:
        raise Http404 from None
    except CatalogueError as error:
        sentence = spoken(error, kind="", named=queries.names_in(queries.editing_rows()))[1]
        return _review(request, actor, trouble=f"Det gick inte att ångra bara den raden. {sentence}")
    return _lead(request, REVIEW, "Raden är som den gäller i dag.")


def _review(
    request: HttpRequest, actor: Actor, *, why: str = "", ticked: bool = False, trouble: str = ""
) -> HttpResponse:
    live, rows = queries.live_rows(), queries.editing_rows()
    found = differences(live, rows)
    before, after = queries.catalogue_from(live), queries.catalogue_from(rows)
    names = queries.names_in((*live, *rows))
    days = days_shown(before, after, found, read_personas(), clock.today()) if found else []
    said = {
        "here": "house",
        "tab": "review",
        "changes": _who_did(actor, changes_shown(found, names, rows)),
        "days": days,
        "shut": any(day.shut or day.without for day in days),
        "draft": queries.edition_in(EditionState.DRAFT),
        "waiting": queries.edition_in(EditionState.WAITING),
        "waiting_by": _name(actor, queries.edition_in(EditionState.WAITING)),
        "why": why,
        "ticked": ticked,
        "trouble": trouble,
        **_tried(request, before, after, names),
    }
    return render(request, "catalogue/review.html", said)


def _who_did(actor: Actor, changes: list[Any]) -> list[dict[str, Any]]:
    """Each change with who made it last, where the draft or the edition that waits knows."""
    names, last = names_of(actor), queries.last_changes(actor)
    return [
        {"change": one, "by": names.get(last[one.line].by, "") if one.line in last else "", "at": last.get(one.line)}
        for one in changes
    ]


def _tried(request: HttpRequest, before: Catalogue, after: Catalogue, names: dict[str, str]) -> dict[str, Any]:
    """The editor's own invented person: the form, and every service for her, those that differ first."""
    is_try = request.method == "POST" and request.POST.get("deed") == "try"
    form = PersonaForm(request.POST if is_try else None, catalogue=after)
    if not (is_try and form.is_valid()):
        return {"persona": form, "is_try": is_try}
    on = form.cleaned_data["on"] or clock.today()
    said = told(after, ("sv",), on)
    found = sorted(moved_for(before, after, form.tried(), on), key=lambda one: not one.is_other)
    return {
        "persona": form,
        "is_try": True,
        "tried": [(one.is_other, moved_shown(one, names, said)) for one in found],
        "tried_on": on,
    }


@door(Permission.CATALOGUE_SEE)
def editions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every edition: who, when, why."""
    names = names_of(actor)
    found = [
        {
            "edition": one,
            "state": EditionState(one.state),
            "by": names.get(by, "") if (by := one.saved_by or one.begun_by) else "",
        }
        for one in queries.editions(actor)
    ]
    return render(request, "catalogue/editions.html", {"here": "house", "tab": "editions", "editions": found})


@door(Permission.CATALOGUE_SEE)
def edition(request: HttpRequest, actor: Actor, edition: UUID) -> HttpResponse:
    """One edition: what it changed, what it would change today, and the way back to it."""
    found = queries.edition_for(actor, edition)
    if found is None:
        raise Http404
    if request.method == "POST":
        if not may(actor, Permission.CATALOGUE_EDIT):
            raise Http404
        if request.POST.get("by", str(actor.member)) != str(actor.member):
            return _lead(request, EDITIONS, NOT_HERS)
        draft_actions.go_back(by=actor, edition=found)
        return _lead(request, REVIEW, "Ett nytt utkast säger nu det som den utgåvan sade.")
    rows, live = queries.rows_in(found.pk), queries.live_rows()
    earlier = queries.edition_before(actor, found)
    names = queries.names_in((*live, *rows))
    made = differences(queries.rows_in(earlier.pk), rows) if earlier else ()
    said = {
        "here": "house",
        "tab": "editions",
        "edition": found,
        "state": EditionState(found.state),
        "by": _name(actor, found),
        "earlier": earlier,
        "made": changes_shown(made, names),
        "from_live": changes_shown(differences(live, rows), names),
    }
    return render(request, "catalogue/edition.html", said)


def _name(actor: Actor, edition: Any) -> str:
    return names_of(actor).get(edition.saved_by, "huset självt") if edition else ""


def _lead(request: HttpRequest, path: str, said: str) -> HttpResponse:
    request.session["toast"] = said
    return HttpResponseRedirect(path, status=303)
