"""After the house stands: the second factor, what is left, and the deed of opening to the public."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.catalogue.reading import CatalogueError
from lykta.centre import actions, queries
from lykta.centre.checks import checks, may_open
from lykta.centre.errors import NotReady
from lykta.centre.steps import FACTOR, OPENING, STEPS, stones
from lykta.core import clock
from lykta.people.queries import centre_of
from lykta.people.strong import strong
from lykta.public.content import PageFault
from lykta.public.errors import NoRoom


def factor(request: HttpRequest) -> HttpResponse:
    """The head's second factor, as soon as the house stands. Afterwards she comes to what is left."""
    if getattr(request, "actor", None) is not None or not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("centre_left"), status=303)
    request.session["onward"] = reverse("centre_left")
    return render(request, "centre/install/factor.html", _way(FACTOR))


@door(Permission.CENTRE_EDIT)
def left(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is left to do, and the way to the opening."""
    centre = centre_of(actor)
    found = checks(queries.facts_for(actor), on=clock.today())
    said = {"here": "house", "centre": centre, "checks": found, "may_open": may_open(found)}
    return render(request, "centre/left.html", said | ({} if centre.opened_on else _way(OPENING)))


@door(Permission.CENTRE_EDIT)
@strong
def opening(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open to the public: asks for the second factor again, and publishes."""
    centre, trouble = centre_of(actor), ""
    if centre.opened_on or not may_open(checks(queries.facts_for(actor), on=clock.today())):
        return HttpResponseRedirect(reverse("centre_left"), status=303)
    if request.method == "POST":
        if request.POST.get("sure") == "yes":
            try:
                actions.open_to_public(by=actor)
            except NotReady:
                return HttpResponseRedirect(reverse("centre_left"), status=303)
            except (PageFault, CatalogueError) as fault:
                trouble = f"Webbplatsen gick inte att publicera, så den är inte öppnad: {fault}"
            except NoRoom:
                trouble = "Sidorna gick inte att skriva. Är disken full? Ingenting är öppnat."
            else:
                request.session["toast"] = "Centrumet är öppet för allmänheten."
                return HttpResponseRedirect(reverse("centre_left"), status=303)
        else:
            trouble = "Kryssa i att ni är beredda."
    return render(request, "centre/opening.html", _way(OPENING) | {"here": "house", "trouble": trouble})


def _way(place: int) -> dict[str, Any]:
    done = {step.slug for step in STEPS if step.slug}
    return {"stones": stones(place, done), "step": STEPS[place], "number": place + 1, "whole": len(STEPS)}
