"""The page where a member is shut out, given a last day, or let go."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.people import drafts, leaving
from lykta.people.duty_views import changeable, last_holder
from lykta.people.errors import LastHead, LastHolder, NoSuchMember, NotOneself
from lykta.people.forms import LastDay, LetGo
from lykta.people.keys import sole_rings
from lykta.people.member_views import done, page_of
from lykta.people.roster import Entry
from lykta.people.strong import strong

DEEDS = ("later", "stays", "shut", "open", "now")
ALONE = (
    "{} är den sista som kan släppa in medarbetare. Gör först en kollega till chef, och släpp in den personen i husets "
    "nyckelring under Nycklar. Sedan går det."
)
MYSELF = "Ingen avslutar sig själv. Be en kollega som har husets nyckelring."


@door(Permission.MEMBERS_ADMIT)
@strong
def leave(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """A member's last day; letting go at once; shutting out for a while."""
    entry = changeable(request, actor, member)
    sent = request.method == "POST"
    typed = request.POST if sent else drafts.take(request)
    deed = typed.get("deed", "") if typed else ""
    deed = deed if deed in DEEDS else ""
    form: forms.Form = LetGo(typed) if deed == "now" else LastDay(typed) if deed == "later" else forms.Form(typed)
    trouble = ""
    if sent and form.is_valid():
        try:
            said = _do(actor, entry, deed, form.cleaned_data)
        except NotOneself:
            trouble = MYSELF
        except LastHead:
            trouble = ALONE.format(entry.who.given_name)
        except LastHolder as why:
            trouble = last_holder(why, entry)
        except NoSuchMember:
            trouble = "Det har redan ändrats av någon annan."
        else:
            return done(request, page_of(member), said)
    elif sent:
        trouble = next(str(told) for errors in form.errors.values() for told in errors)
    shown: dict[str, Any] = {
        "here": "house",
        "entry": entry,
        "self": member == actor.member,
        "deed": deed,
        "trouble": trouble,
        "last_on": typed.get("last_on", "") if typed else "",
        "today": clock.today(),
        "sole": sole_rings(member),
        "cases": leaving.sole_cases(member),
    }
    return render(request, "people/leave.html", shown)


def _do(actor: Actor, entry: Entry, deed: str, values: dict[str, Any]) -> str:
    """Do it; gives what is said after."""
    who, name = entry.who.pk, entry.who.given_name
    match deed:
        case "later":
            leaving.set_leaving(by=actor, member=who, last_on=values["last_on"])
            return "Sista dagen är inskriven."
        case "stays":
            leaving.set_leaving(by=actor, member=who, last_on=None)
            return f"{name} stannar."
        case "shut":
            leaving.shut(by=actor, member=who)
            return f"{name} är utestängd, i alla webbläsare."
        case "open":
            leaving.open_again(by=actor, member=who)
            return f"{name} kan logga in igen."
        case "now":
            leaving.let_go(by=actor, member=who)
            return f"{name} har slutat. Nycklarna är förstörda och ringarna bytta."
    raise NoSuchMember
