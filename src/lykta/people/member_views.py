"""Pages about the members of the centre: who works here, as what, and how somebody is let in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission, Role
from lykta.access.errors import BothSides, RolesApart
from lykta.access.rules import ROLES, Actor, may
from lykta.core import clock
from lykta.people import drafts, invitations
from lykta.people.absence import away_on
from lykta.people.enums import Purpose, Standing
from lykta.people.errors import AddressTaken, NoSuchMember
from lykta.people.forms import APART, SIDES, Invite, Sign
from lykta.people.roster import Entry, address_of, member_for, roster
from lykta.people.rules import INVITATION_HOURS
from lykta.people.squares import square
from lykta.people.strong import strong
from lykta.sealing.errors import SealingError
from lykta.sealing.models import PublicKey
from lykta.sealing.queries import fingerprint
from lykta.sealing.signing import holds_house

P = Permission


def of_house(actor: Actor) -> bool:
    """Whether she lets members in: by her role, and by the ring she holds."""
    return may(actor, P.MEMBERS_ADMIT) and actor.holder is not None and holds_house(actor.member)


def found(actor: Actor, member: UUID) -> Entry:
    """The member, or nothing here."""
    try:
        return member_for(actor, member)
    except NoSuchMember as nothing:
        raise Http404 from nothing


def page_of(member: UUID) -> str:
    """The address of a member's page."""
    return reverse("member", args=[member])


def done(request: HttpRequest, where: str, said: str) -> HttpResponse:
    """Lead on, and say what was done."""
    request.session["toast"] = said
    return HttpResponseRedirect(where, status=303)


@door(P.MEMBERS_SEE)
def members(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who works here, as what and inside which walls; for those of the house also who is on the way in."""
    rows = roster(actor, on=clock.today())
    house = of_house(actor)
    way_in = (Standing.INVITED, Standing.UNSIGNED)
    said: dict[str, Any] = {
        "here": "house",
        "of_house": house,
        "lacks_ring": may(actor, P.MEMBERS_ADMIT) and not house,
        "rows": [r for r in rows if r.standing in (Standing.WORKING, Standing.CLOSED)],
        "way_in": [r for r in rows if r.standing in way_in],
        "left": [r for r in rows if r.standing == Standing.LEFT],
        "away": away_on(clock.today()),
    }
    return render(request, "people/members.html", said)


@door(P.MEMBERS_SEE)
def roles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every role in prose, with its rights in words and who has it."""
    working = [r for r in roster(actor, on=clock.today()) if r.standing == Standing.WORKING]
    told = [
        {
            "text": ROLES[role],
            "rights": sorted((p.words for p in ROLES[role].permissions), key=str.casefold),
            "who": [r.who.name for r in working if role in r.who.roles],
        }
        for role in Role
    ]
    return render(request, "people/roles.html", {"here": "house", "told": told})


@door(P.MEMBERS_ADMIT)
@strong
def invite(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Invite somebody. The link is shown on the page this leads to, once."""
    sent = request.method == "POST"
    form = Invite(request.POST if sent else drafts.take(request))
    if sent and of_house(actor) and form.is_valid():
        v = form.cleaned_data
        try:
            link = invitations.invite(
                by=actor, name=v["name"], email=v["email"], role=v["role"], also=v["also"], terms=v["terms"]
            )
        except AddressTaken:
            form.add_error("email", "Någon loggar redan in med den adressen.")
        except RolesApart:
            form.add_error("also", APART)
        except BothSides:
            form.add_error(None, SIDES)
        else:
            return show_link(request, link)
    said: dict[str, Any] = {"here": "house", "of_house": of_house(actor), "form": form, "wrong": {}}
    if sent:
        said["wrong"] = {**form.errors, "sides": form.non_field_errors()}
    said["chosen"] = form["also"].value() or []
    said["hours"] = INVITATION_HOURS
    return render(request, "people/invite.html", said | {"roles": ROLES.items()})


def show_link(request: HttpRequest, link: invitations.Link) -> HttpResponse:
    """Keep the link in the sealed session for the one page that shows it."""
    request.session["link"] = {
        "member": str(link.member),
        "address": request.build_absolute_uri(reverse("invitation", args=[link.token])),
        "until": link.expires_at.isoformat(),
        "new_keys": link.purpose != Purpose.SECOND_FACTOR,
    }
    return HttpResponseRedirect(reverse("link", args=[link.member]), status=303)


@door(P.MEMBERS_ADMIT)
def link(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """A link to hand over, this once."""
    entry = found(actor, member)
    kept = request.session.pop("link", None)
    said: dict[str, Any] = {"here": "house", "entry": entry}
    if kept and kept["member"] == str(member):
        said |= {"address": kept["address"], "square": square(kept["address"])}
        said["new_keys"] = kept["new_keys"]
        said["until"] = datetime.fromisoformat(kept["until"])
    return render(request, "people/link.html", said)


@door(P.MEMBERS_SEE)
def member(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """One member: what she does and where she works; for those of the house what can be done."""
    entry = found(actor, member)
    house = of_house(actor)
    key = PublicKey.objects.filter(member_id=member).first() if house else None
    said = {
        "here": "house",
        "entry": entry,
        "self": member == actor.member,
        "of_house": house,
        "told": entry.texts,
        "address": address_of(actor, member),
        "terms": [t for t in entry.terms if t.until_on is None or t.until_on > clock.today()],
        "public": bytes(key.public).hex() if key else "",
        "digits": fingerprint(member) if house else "",
        "trouble": request.session.pop("trouble", None),
        "away": away_on(clock.today()).get(member),
    }
    return render(request, "people/member.html", said)


@door(P.MEMBERS_ADMIT)
@strong
def sign(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """Sign a newcomer's key, once the digits have been compared."""
    entry = found(actor, member)
    form = Sign(request.POST)
    if request.method != "POST":
        return HttpResponseRedirect(page_of(member), status=303)
    if not form.is_valid():
        return _trouble(request, member, "sign", _first(form))
    try:
        invitations.sign_member(by=actor, member=member, public=bytes.fromhex(form.cleaned_data["public"]))
    except SealingError:
        return _trouble(request, member, "sign", "Nyckeln har bytts sedan sidan visades. Jämför siffrorna igen.")
    return done(request, page_of(member), f"{entry.who.given_name} är en av oss nu.")


@door(P.MEMBERS_ADMIT)
@strong
def renew(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """A new link in place of one that was lost or has run out."""
    found(actor, member)
    if request.method != "POST":
        return HttpResponseRedirect(page_of(member), status=303)
    try:
        return show_link(request, invitations.renew_invitation(by=actor, member=member))
    except (NoSuchMember, SealingError):
        return done(request, page_of(member), "Det finns ingen öppen inbjudan.")


@door(P.MEMBERS_ADMIT)
@strong
def take_back(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """Take an unused invitation back."""
    entry = found(actor, member)
    if request.method != "POST":
        return HttpResponseRedirect(page_of(member), status=303)
    try:
        invitations.take_back_invitation(by=actor, member=member)
    except NoSuchMember:
        return done(request, page_of(member), "Länken är redan använd.")
    return done(request, reverse("members"), f"Inbjudan till {entry.who.name} är tillbakatagen.")


def _trouble(request: HttpRequest, member: UUID, deed: str, text: str) -> HttpResponse:
    request.session["trouble"] = {"deed": deed, "text": text}
    return HttpResponseRedirect(page_of(member), status=303)


def _first(form: forms.Form) -> str:
    return next(str(told) for errors in form.errors.values() for told in errors)
