"""What a member does about her own account besides her second factors: her browsers, her password, a stop."""

from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.people import again, drafts
from lykta.people.browsers import end_browser, end_others
from lykta.people.enums import PASSWORD_TOLD
from lykta.people.errors import NoSuchMember, WeakPassword, WrongPassword
from lykta.people.forms import ChangePassword
from lykta.people.member_views import done
from lykta.people.models import Member
from lykta.people.own_actions import change_password
from lykta.people.own_address import MOST_SIGNS, own_address, tell_address
from lykta.people.strong import strong


@door(Permission.OWN_ACCOUNT)
def browsers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Sign one of her other browsers out, all others, or all of them with this one."""
    account, here = reverse("account"), request.session.session_key or ""
    deed = request.POST.get("deed", "")
    if deed == "one":
        gone = end_browser(by=actor, row=request.POST.get("row", "")[:64])
        return done(request, account, "Den är utloggad." if gone else "Den var redan utloggad.")
    if deed in ("others", "all"):
        ended = end_others(by=actor, here=here)
        if deed == "others":
            return done(request, account, "Alla andra är utloggade." if ended else "Du är bara inloggad här.")
        logout(request)
        return HttpResponseRedirect(reverse("account_login"), status=303)
    return HttpResponseRedirect(account, status=303)


@door(Permission.OWN_ACCOUNT)
@strong
def password(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Another password. All her other browsers are signed out."""
    sent = request.method == "POST"
    form = ChangePassword(request.POST if sent else None)
    if sent and form.is_valid():
        member, values = Member.objects.get(pk=actor.member), form.cleaned_data
        try:
            change_password(by=actor, member=member, present=values["secret_present"], password=values["password"])
        except WrongPassword:
            form.add_error("secret_present", "Det är inte lösenordet du har nu.")
        except WeakPassword as weak:
            form.add_error("password", PASSWORD_TOLD[weak.code])
        else:
            end_others(by=actor, here=request.session.session_key or "")
            update_session_auth_hash(request, member)
            return done(request, reverse("account"), "Lösenordet är bytt, och du är utloggad på alla andra ställen.")
    said = {"here": "account", "member": actor, "wrong": form.errors if sent else {}}
    return render(request, "people/password.html", said)


@door(Permission.OWN_ACCOUNT)
def address(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Tell where she lives, or no more."""
    typed = request.POST.get("address", "") if drafts.is_hers(request) else ""
    if request.method == "POST" and drafts.is_hers(request):
        try:
            tell_address(by=actor, address=typed)
        except ValueError:
            said = {"here": "account", "typed": typed, "wrong": f"Skriv adressen kortare, högst {MOST_SIGNS} tecken."}
            return render(request, "people/own_address.html", said)
        return done(request, reverse("account"), "Adressen är sparad." if typed.strip() else "Adressen är borttagen.")
    kept = drafts.take(request)
    said = {"here": "account", "typed": kept.get("address", "") if kept else own_address(actor)}
    return render(request, "people/own_address.html", said)


@door(Permission.OWN_ACCOUNT)
def stop(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Stop that somebody is let in again in her name."""
    if request.method == "POST":
        try:
            again.stop(by=actor.member, member=actor.member)
        except NoSuchMember:
            request.session["toast"] = "Det finns inget att stoppa."
        else:
            request.session["stopped"] = True
    return HttpResponseRedirect("/personal/", status=303)
