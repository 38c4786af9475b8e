"""The page of the centre's own facts."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.catalogue.queries import live_catalogue
from lykta.centre import facts_forms as typed
from lykta.core import clock
from lykta.people import actions, drafts
from lykta.people.errors import FactsRefused
from lykta.people.queries import centre_of, hours_of, phones_of, words_of

SAVED = {
    "words": "Uppgifterna är sparade. De syns utåt nästa gång webbplatsen publiceras.",
    "phones": "Numren är sparade. De syns utåt nästa gång webbplatsen publiceras.",
    "hours": "Tiderna är sparade. De syns utåt nästa gång webbplatsen publiceras.",
}


def county() -> dict[str, str]:
    """The county's municipalities as the catalogue has them, code -> name."""
    return {one.code: one.name for one in sorted(live_catalogue().municipalities, key=lambda one: one.name)}


@door(Permission.CENTRE_EDIT)
def facts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Name, numbers and hours: three forms, each saved by itself."""
    found = _forms(request, actor)
    deed = request.POST.get("deed", "")
    trouble = ""
    if deed in SAVED and found[deed].is_valid():
        try:
            _deeds(actor, found)[deed]()
        except FactsRefused as refused:
            trouble = typed.told(refused)
        else:
            request.session["toast"] = SAVED[deed]
            return HttpResponseRedirect(f"{request.path}#{deed}", status=303)
    said = {"here": "house", "centre": centre_of(actor), "trouble": trouble, "deed": deed}
    return render(request, "centre/facts.html", said | found)


def _forms(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The three forms; the one that was sent holds what was typed, and so does one that waited behind a lock."""
    centre, kept = centre_of(actor), drafts.take(request)
    sent = request.POST if request.method == "POST" else kept
    data = {deed: sent if sent and sent.get("deed") == deed else None for deed in SAVED}
    hours = hours_of(centre)
    return {
        "words": typed.WordsForm(data["words"], county=county(), initial=typed.words_as_typed(words_of(centre))),
        "phones": typed.PhonesForm(data["phones"], start=typed.phones_as_typed(phones_of(centre))),
        "hours": typed.HoursForm(
            data["hours"], initial=typed.week_as_typed(hours), start=typed.exceptions_as_typed(hours)
        ),
    }


def _deeds(actor: Actor, found: dict[str, Any]) -> dict[str, Callable[[], None]]:
    on = clock.today()
    return {
        "words": lambda: actions.change_words(by=actor, words=found["words"].words(), county=county()),
        "phones": lambda: actions.change_phones(by=actor, phones=found["phones"].phones(), on=on),
        "hours": lambda: actions.change_hours(by=actor, hours=found["hours"].hours()),
    }
