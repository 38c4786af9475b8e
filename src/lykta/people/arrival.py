"""Pages for who comes in for the first time: the link, and the steps until somebody has let her in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.core import clock
from lykta.core.doors import become
from lykta.people import invitations
from lykta.people.enums import PASSWORD_TOLD, Purpose
from lykta.people.errors import LinkSpent, WeakPassword, WrongPassword
from lykta.people.forms import NewPassword, PresentPassword
from lykta.people.models import Invitation, Member
from lykta.people.roster import invitation_held
from lykta.people.rules import link_holds
from lykta.sealing.queries import fingerprint, password_key


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link that was handed over. Used, late, taken back and unknown ones get one and the same answer."""
    if request.user.is_authenticated:
        return render(request, "people/link_for_another.html", {"path": request.path})
    found = invitation_held(token)
    if found is None or not _holds(found):
        if found is not None:
            invitations.refuse_link(member=found.member_id)
        return _spent(request)
    purpose = Purpose(found.purpose)
    become(actor=found.member_id)
    member = Member.objects.get(pk=found.member_id)
    kind = PresentPassword if purpose == Purpose.SECOND_FACTOR else NewPassword
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _use(request, member, purpose, form.cleaned_data["password"])
        except WeakPassword as weak:
            form.add_error("password", PASSWORD_TOLD[weak.code])
        except WrongPassword as wrong:
            form.add_error("password", str(wrong))
        except LinkSpent:
            become(actor=None)
            return _spent(request)
    said = {"member": member, "purpose": purpose.value, "wrong": form.errors if request.method == "POST" else {}}
    answer = render(request, "people/invitation.html", said)
    become(actor=None)
    return answer


def _holds(link: Invitation) -> bool:
    ended = link.used_at is not None or link.ended_at is not None
    return link_holds(ended=ended, expires_at=link.expires_at, at=clock.now())


def _spent(request: HttpRequest) -> HttpResponse:
    return render(request, "people/link_spent.html", status=404)


def _use(request: HttpRequest, member: Member, purpose: Purpose, password: str) -> HttpResponse:
    """Use the link and sign her in; where she has a second factor, she is asked for it as always.

    Raises WeakPassword, WrongPassword and LinkSpent; then nothing is done.
    """
    if purpose == Purpose.SECOND_FACTOR:
        _check(request, member, password)
    invitations.join(member=member, password=password)
    key = password_key(member.pk, password)
    request.session["sign_in"] = member.email
    request.session["password_key"] = key.hex() if key else ""
    become(sign_in=member.email)
    onward = reverse("account" if purpose == Purpose.SECOND_FACTOR else "welcome")
    answer = perform_login(request, Login(user=member, email=member.email, redirect_url=onward))
    if request.user.is_authenticated:
        reauthenticate_by_password(request)
    return HttpResponseRedirect(answer["Location"], status=303)


def _check(request: HttpRequest, member: Member, password: str) -> None:
    """Her present password, counted as a try like any other. Raises WrongPassword with what is told."""
    try:
        right = get_adapter(request).authenticate(request, email=member.email, password=password)
    except ValidationError as many:
        raise WrongPassword(many.messages[0]) from many
    finally:
        become(actor=member.pk)
    if right is None:
        raise WrongPassword("Lösenordet stämmer inte. Försök igen.")


def welcome(request: HttpRequest) -> HttpResponse:
    """The steps of who has come in by a link, until she is one of the house; and what she waits for."""
    member = request.user
    if not isinstance(member, Member):
        return HttpResponseRedirect(reverse("account_login"), status=303)
    if getattr(request, "actor", None) is not None:
        return HttpResponseRedirect("/personal/", status=303)
    return render(request, "people/welcome.html", {"here": "welcome", "member": member} | _steps(request, member))


def _steps(request: HttpRequest, member: Member) -> dict[str, Any]:
    mine = {factor.type: factor for factor in Authenticator.objects.filter(user=member)}
    types = Authenticator.Type
    spare = mine.get(types.RECOVERY_CODES)
    return {
        "passkey": types.WEBAUTHN in mine,
        "code_app": types.TOTP in mine,
        "spare_codes": spare is not None,
        "codes_seen": spare is not None and spare.wrap().did_view,
        "shown": request.session.get("two_factors") == str(member.pk),
        "digits": fingerprint(member.pk),
    }
