"""Pages where a member's roles, walls and absences are changed."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.errors import AlreadyInside, BothSides, RolesApart
from lykta.access.rules import ROLES, Actor
from lykta.core import clock
from lykta.people import absence, drafts, duties
from lykta.people.errors import AwayAlready, LastHead, LastHolder, NoSuchMember, NotOneself, OutsideHerWalls
from lykta.people.forms import APART, SIDES, WHY, Away, ChangeRoles, EndWall, GiveWall
from lykta.people.member_views import done, found, of_house, page_of
from lykta.people.models import Colleague
from lykta.people.roster import Entry
from lykta.people.strong import strong

P = Permission
INSIDE = "Den som vikarierar måste läsa innanför samma murar alla dagarna. Välj någon annan, eller ändra murarna."
MYSELF = "Ingen ändrar sina egna roller eller murar. Be en kollega som har husets nyckelring."


def last_holder(why: LastHolder, entry: Entry) -> str:
    """What to do before the last key to a ring can be taken."""
    if why.cases:
        return (
            f"{entry.who.given_name} är den enda som kan öppna {why.cases} namngivna akter. Låt {entry.who.given_name} "
            "först släppa in en kollega i dem."
        )
    rings = ", ".join(ring.label for ring in why.rings)
    return (
        f"{entry.who.given_name} är den enda som har nyckel hit: {rings}. Ge rollen eller muren till någon mer och låt "
        f"{entry.who.given_name} släppa in henne eller honom, under Nycklar. Sedan går det."
    )


def changeable(request: HttpRequest, actor: Actor, member: UUID) -> Entry:
    """The member, for those of the house; nothing here for others, and for those who have left."""
    entry = found(actor, member)
    if not of_house(actor) or entry.who.left_on is not None:
        raise Http404
    return entry


def told(form: forms.Form, request: HttpRequest) -> dict[str, Any]:
    """The errors, where the form was sent now; a form that has come back from the second factor shows none."""
    return {**form.errors, "whole": form.non_field_errors()} if request.method == "POST" else {}


@door(P.MEMBERS_ADMIT)
@strong
def change_roles(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """What a member does."""
    entry = changeable(request, actor, member)
    sent, kept = request.method == "POST", {"role": entry.who.role, "also": entry.who.also}
    form = ChangeRoles(request.POST if sent else drafts.take(request), initial=kept)
    if sent and form.is_valid():
        values = form.cleaned_data
        try:
            duties.change_roles(
                by=actor, member=member, role=values["role"], also=values["also"], reason=values["reason"]
            )
        except NotOneself:
            form.add_error(None, MYSELF)
        except RolesApart:
            form.add_error("also", APART)
        except LastHead:
            form.add_error(None, "Då skulle ingen kunna släppa in någon. Gör först en kollega till chef.")
        except LastHolder as why:
            form.add_error(None, last_holder(why, entry))
        except NoSuchMember:
            form.add_error(None, gone(entry))
        else:
            return done(request, page_of(member), "Rollerna är ändrade.")
    said = {"here": "house", "entry": entry, "form": form, "wrong": told(form, request), "why": WHY}
    said |= {"roles": ROLES.items(), "chosen": form["also"].value() or []}
    return render(request, "people/change_roles.html", said)


@door(P.MEMBERS_ADMIT)
@strong
def walls(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """Inside which walls a member works, from when and until when. One change at a time, each with its reason."""
    entry = changeable(request, actor, member)
    sent = request.POST if request.method == "POST" else drafts.take(request) or QueryDict()
    ending = "end" in sent.get("deed", "")
    give = GiveWall(sent if sent and not ending else None, initial={"from_on": clock.today()})
    end = EndWall(sent if sent and ending else None)
    form = end if ending else give
    if request.method == "POST" and form.is_valid():
        trouble = _change_wall(actor, entry, form)
        if not trouble:
            return done(request, request.path, "Muren är ändrad. Nyckeln följer med." if ending else "Muren är given.")
        form.add_error(None, trouble)
    today = clock.today()
    said = {
        "here": "house",
        "entry": entry,
        "terms": [t for t in entry.terms if t.until_on is None or t.until_on > today],
        "give": give,
        "end": end,
        "ending": sent.get("wall", "") if ending else "",
        "wrong": told(form, request),
        "why": WHY,
        "today": today,
    }
    return render(request, "people/walls.html", said)


def _change_wall(actor: Actor, entry: Entry, form: GiveWall | EndWall) -> str:
    """Do it; "" when it is done, else a sentence that says why not."""
    values = form.cleaned_data
    member, reason = entry.who.pk, values["reason"]
    try:
        if isinstance(form, EndWall):
            duties.end_wall(by=actor, member=member, wall=values["wall"], last_on=values["last_on"], reason=reason)
        else:
            duties.give_wall(by=actor, member=member, term=values["term"], reason=reason)
    except NotOneself:
        return MYSELF
    except BothSides:
        return SIDES
    except AlreadyInside:
        return f"{entry.who.given_name} är redan innanför den muren några av dagarna."
    except LastHolder as why:
        return last_holder(why, entry)
    except NoSuchMember:
        return gone(entry)
    return ""


def gone(entry: Entry) -> str:
    """Said to whoever changes the duties of somebody whom a colleague lets go at the same time."""
    return f"{entry.who.given_name} arbetar inte kvar. Ingenting är ändrat."


@door(P.OWN_ACCOUNT)
def away(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """When a member is away and who stands in: she herself, or those of the house."""
    entry = found(actor, member)
    if not absence.may_set(actor, member) or entry.who.left_on is not None:
        raise Http404
    others = [m for m in Colleague.objects.filter(centre_id=actor.centre, is_active=True) if m.pk != member]
    others.sort(key=lambda m: m.name.casefold())
    sent = request.method == "POST"
    if sent and request.POST.get("deed") == "back":
        return _back(request, actor, member)
    form = Away(request.POST if sent else drafts.take(request), colleagues=others)
    if sent and form.is_valid():
        v = form.cleaned_data
        try:
            absence.set_absence(
                by=actor, member=member, from_on=v["from_on"], until_on=v["back_on"], stand_in=v["stand_in"]
            )
        except OutsideHerWalls:
            form.add_error("stand_in", INSIDE)
        except AwayAlready:
            form.add_error("from_on", "En av er är redan borta någon av dagarna.")
        else:
            return done(request, request.path, "Frånvaron är inskriven.")
    names = {m.pk: m.name for m in others}
    said = {
        "here": "account" if member == actor.member else "house",
        "entry": entry,
        "self": member == actor.member,
        "coming": [(a, names.get(a.stand_in, "") if a.stand_in else "") for a in absence.coming_of(member)],
        "form": form,
        "others": others,
        "wrong": told(form, request),
    }
    return render(request, "people/away.html", said)


def _back(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    try:
        absence.end_absence(by=actor, member=member, absence=UUID(request.POST.get("absence", "")))
    except (NoSuchMember, ValueError):
        return done(request, request.path, "Den frånvaron var redan avslutad.")
    return done(request, request.path, "Frånvaron är avslutad.")
