"""The page where a member who has lost her way in is let in again."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.people import again, drafts, leaving
from lykta.people.duty_views import changeable
from lykta.people.enums import LOST, Purpose, ShortenReason
from lykta.people.errors import NoSuchMember, NotOneself, StillWaiting
from lykta.people.forms import Lost, Shorten
from lykta.people.keys import sole_rings
from lykta.people.member_views import done, show_link
from lykta.people.queries import centre_of, names_of
from lykta.people.rules import READMISSION_DAYS
from lykta.people.strong import strong

MYSELF = "Ingen släpper in sig själv på nytt, och ingen kortar sin egen väntan. Be en kollega i huset."


@door(Permission.MEMBERS_ADMIT)
@strong
def let_in_again(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """Ask for it, shorten the waiting, stop it, make the link."""
    entry = changeable(request, actor, member)
    sent = request.method == "POST"
    typed = request.POST if sent else drafts.take(request)
    deed = typed.get("deed", "") if typed else ""
    form: forms.Form = Lost(typed) if deed == "ask" else Shorten(typed) if deed == "shorten" else forms.Form(typed)
    trouble = ""
    if sent and not form.is_valid():
        trouble = next(str(told) for errors in form.errors.values() for told in errors)
    elif sent:
        try:
            if deed == "link":
                return show_link(request, again.link_for(by=actor, member=member))
            return done(request, request.path, _do(actor, member, deed, form.cleaned_data))
        except NotOneself:
            trouble = MYSELF
        except StillWaiting:
            trouble = "Väntan är inte över än."
        except NoSuchMember:
            trouble = "Det har redan ändrats av någon annan."
    waits, names = again.open_for(member), names_of(actor)
    said: dict[str, Any] = {
        "here": "house",
        "entry": entry,
        "self": member == actor.member,
        "waits": waits,
        "lost": Purpose(waits.kind).label if waits else "",
        "asked_by": names.get(waits.asked_by, again.BY_PAPER) if waits else "",
        "is_open": waits is not None and clock.now() >= waits.open_at,
        "link": again.link_of(member),
        "hours": centre_of(actor).readmission_hours,
        "days": READMISSION_DAYS,
        "kinds": [(p.value, p.label) for p in LOST],
        "reasons": [(r.value, r.label) for r in ShortenReason],
        "deed": deed,
        "trouble": trouble,
        "typed": typed,
        "sole": sole_rings(member),
        "cases": leaving.sole_cases(member),
    }
    return render(request, "people/again.html", said)


def _do(actor: Actor, member: UUID, deed: str, values: dict[str, Any]) -> str:
    """Do it; gives what is said after."""
    match deed:
        case "ask":
            again.ask(by=actor, member=member, kind=values["kind"])
            return "Det är begärt. Nu väntar ni."
        case "shorten":
            again.shorten(by=actor, member=member, why=values["why"])
            return "Väntan är över. Gör länken."
        case "stop":
            again.stop(by=actor.member, member=member)
            return "Det är stoppat."
    raise NoSuchMember
