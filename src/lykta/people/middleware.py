"""The staff door, layer by layer: transaction, sealed session, idle lock, member, actor."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError, transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseForbidden,
    HttpResponseRedirect,
)
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render

from lykta.access.doors import refuse
from lykta.core import clock
from lykta.core.doors import become, door
from lykta.core.lights import lights
from lykta.people import drafts
from lykta.people.models import Member
from lykta.people.queries import actor_of
from lykta.people.rules import is_over
from lykta.sealing.queries import is_signed

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/personal/"
OPEN = ("/personal/logga-in/", "/personal/logga-ut/", "/personal/inbjudan/", "/personal/installation/")


def sign_in_for(path: str) -> str:
    """The sign-in, and after it this page of ours with its query."""
    return f"/personal/logga-in/?{urlencode({'next': path}, safe='/')}"


def is_staff_path(request: HttpRequest) -> bool:
    """Whether the request is for the staff door, and this process serves it; elsewhere there is nothing there."""
    return request.path.startswith(PREFIX) and settings.LYKTA_DOOR in ("all", "staff")


class StaffDoor:
    """One transaction for each staff request, as the staff role. What fails is undone; what is refused is written."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the door, or say kindly that the house is dark."""
        if not is_staff_path(request):
            return self.get_response(request)
        now = time.monotonic()
        if lights.is_dark(now):  # else each request would wait out the pool, and visitors behind it
            return _dark(request)
        try:
            with door("staff"):
                response = self.get_response(request)
                if response.status_code in (403, 404):
                    refuse(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
        except OperationalError:
            lights.went_out(now)  # here alone: were it said again while it is dark, the dark would never end
            return _dark(request)
        response["Cache-Control"] = "no-store"
        return response


def _dark(request: HttpRequest) -> HttpResponse:
    """The page that says so, with what was typed."""
    response = render(
        request, "lykta/staff_dark.html", {"again": drafts.again(request), "path": request.get_full_path()}, status=503
    )
    response["Cache-Control"] = "no-store"
    return response


class StaffSession(SessionMiddleware):
    """Django's session middleware, for staff pages only: no other page ever sees or sets the cookie."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the request its session."""
        if is_staff_path(request):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save it."""
        return super().process_response(request, response) if is_staff_path(request) else response


class Idle:
    """Locks after fifteen minutes idle and nine hours in all, keeping what was being sent."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the member through, or lock and lead to the sign-in."""
        if not is_staff_path(request) or request.path.startswith(OPEN):
            return self.get_response(request)
        session, now = request.session, clock.now().timestamp()
        member = session.get("_auth_user_id")
        if member and is_over(since=session.get("since", 0), seen=session.get("seen", 0), now=now):
            waiting = session.get("draft")
            session.flush()
            drafts.lock_for(request, member, waiting)
            member = None
        if not member:
            drafts.keep(request)  # also where the cookie has gone: the form names who was writing
            return HttpResponseRedirect(sign_in_for(request.get_full_path()), status=303)
        session["seen"] = now
        return self.get_response(request)


class StaffCsrf(CsrfViewMiddleware):
    """Forged-request protection on staff pages. Visitors hold no cookie that a forged request could borrow."""

    def process_request(self, request: HttpRequest) -> None:
        """Read the session's secret."""
        if is_staff_path(request):
            super().process_request(request)

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        """Check the form."""
        if not is_staff_path(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Nothing to set on other pages."""
        return super().process_response(request, response) if is_staff_path(request) else response


class StaffUser(AuthenticationMiddleware):
    """The member and the actor of the request.

    A member is an actor only once both factors were shown, and once somebody of the house has signed her key: until
    then it is only certain that somebody had her link.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:  # type: ignore[override]  # it may answer
        """Who is it? What follows from the session is certain: only this browser can have opened it."""
        request.actor = None  # type: ignore[attr-defined]  # what the door decorator reads
        if not is_staff_path(request):
            return None
        member = request.session.get("_auth_user_id")
        become(actor=member, sign_in=request.session.get("sign_in"))
        super().process_request(request)
        user = request.user
        if member and not user.is_authenticated:  # shut out, or her last day has passed
            request.session.flush()
            return None if request.path.startswith(OPEN) else HttpResponseRedirect("/personal/logga-in/", status=303)
        if not isinstance(user, Member) or request.session.get("two_factors") != member:
            return None
        if is_signed(user.pk):
            actor = actor_of(user, request.session.get("private", ""))
            request.actor = actor  # type: ignore[attr-defined]  # as above
        return None
