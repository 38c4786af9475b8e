"""Pages about the member herself: signing in, locking the screen, her account, and a form that had grown old."""

from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lykta.access.enums import Role
from lykta.access.rules import Actor, texts_of
from lykta.core import clock
from lykta.people import drafts
from lykta.people.browsers import browsers_of
from lykta.people.middleware import sign_in_for
from lykta.people.models import Member
from lykta.people.queries import walls_of
from lykta.sealing.queries import is_signed

SIGN_IN = "/personal/logga-in/"
HALF_DONE = ("sign_in", "password_key")


class SignIn(LoginView):
    """Address and password."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form. A sign-in that was left half done is forgotten, with the key that followed from it."""
        if get_pending_stage(request) is None:
            for name in HALF_DONE:
                request.session.pop(name, None)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the screen was locked, and whether something that was typed waits."""
        session = self.request.session
        said = {"locked": "locked_for" in session, "kept": "draft" in session}
        return super().get_context_data(**kwargs) | said


class RemovePasskey(RemoveWebAuthnView):
    """Take a passkey away, but never the last factor: she could not come in again."""

    def get_queryset(self) -> QuerySet[Authenticator]:
        """Her passkeys, as long as another factor stands."""
        mine = super().get_queryset()
        return mine if _of_her_own(self.request.user).count() > 1 else mine.none()


def _of_her_own(member: Any) -> QuerySet[Authenticator]:
    """What she signs in with day by day: spare codes are for the day when these are lost."""
    return Authenticator.objects.filter(user=member).exclude(type=Authenticator.Type.RECOVERY_CODES)


# No token: to be made to lock is no harm, and it must work from a page that has stood open for a day.
@csrf_exempt
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Sign out: the sealed session is destroyed and the browser told to forget. What stood unsent on the page is kept,
    for the same member, in a new session that holds nothing else.
    """
    member, path = request.session.get("_auth_user_id"), request.POST.get("path", "")
    waiting = request.session.get("draft")
    logout(request)
    if member and path.startswith("/personal/"):
        drafts.lock_for(request, member, waiting)
        drafts.keep(request, path=path.partition("?")[0])
    onward = sign_in_for(path) if "draft" in request.session else SIGN_IN
    response = HttpResponseRedirect(onward, status=303)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def account(request: HttpRequest) -> HttpResponse:
    """Her factors, her role in prose and the walls she works inside. All a member sees before her second factor."""
    member = request.user
    if not isinstance(member, Member):
        return HttpResponseRedirect(SIGN_IN, status=303)
    actor: Actor | None = getattr(request, "actor", None)
    if not is_signed(member.pk):
        return HttpResponseRedirect(reverse("welcome"), status=303)
    if request.session.get("two_factors") == str(member.pk) and (onward := request.session.pop("onward", "")):
        return HttpResponseRedirect(onward, status=303)
    factors = list(_of_her_own(member).order_by("created_at"))
    spare = Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES).first()
    said = {
        "here": "account",
        "member": member,
        "passkeys": [f for f in factors if f.type == Authenticator.Type.WEBAUTHN],
        "code_app": next((f for f in factors if f.type == Authenticator.Type.TOTP), None),
        "only_one": len(factors) == 1,
        "spare_codes": len(spare.wrap().get_unused_codes()) if spare else 0,
        "told": texts_of(Role(member.role), map(Role, member.also)),
        "walls": sorted(walls_of(member.pk, on=clock.today())),
        "browsers": browsers_of(actor, here=request.session.session_key or "") if actor else [],
    }
    return render(request, "people/account.html", said)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token no longer fits: keep what was typed and show its page again, to be sent anew.

    Raises PermissionDenied where the form stood on a page of another host.
    """
    if not drafts.is_ours(request):
        raise PermissionDenied
    if drafts.keep(request):
        request.session["toast"] = (
            "Sidan öppnades före din senaste inloggning. Texten är kvar. Se efter och skicka igen."
        )
    else:
        request.session["toast"] = "Sidan var gammal eller någon annans. Ingenting har gjorts, och texten är inte kvar."
    return HttpResponseRedirect(request.path, status=303)
