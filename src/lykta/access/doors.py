"""The door decorator: closed unless declared open, hands over the Actor, answers unknown and forbidden alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.sealing.errors import NotHolder

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponseBase]


def door(permission: Permission) -> Callable[[Guarded[Rest]], View[Rest]]:
    """Let in an actor with this permission and give her to the view; for anyone else there is nothing here.

    A member who has shown only her password is led to add her second factor first. One who has a place but no key yet
    reads who can give it.
    """

    def wrap(view: Guarded[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                return HttpResponseRedirect("/personal/konto/")
            if not may(actor, permission):
                raise Http404
            try:
                with transaction.atomic():  # whatever was begun when a key turned out to be missing is undone
                    return view(request, actor, *args, **kwargs)
            except NotHolder:
                return render(request, "lykta/staff_no_key.html", status=403)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the test that no view is unguarded
        return guarded

    return wrap


def refuse(request: HttpRequest) -> None:
    """Write one refusal for an answer that showed nothing; the object only where the address named one."""
    if getattr(request, "actor", None) is not None:
        match: Any = request.resolver_match
        named = match.kwargs if match else {}
        wanted = named.get("dialogue") or named.get("file") or named.get("member")
        record(
            Act.REFUSED,
            object=wanted if isinstance(wanted, UUID) else None,
            reason=(match.view_name or "")[:40] if match else "",
        )
