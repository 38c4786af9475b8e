"""The page of a member's phone list, to have before one or on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.cases.phone import phone_list
from lykta.core import clock


@door(Permission.FILE_READ)
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Today's calls, as they may be made at this moment."""
    at = clock.now()
    return render(request, "cases/phone.html", {"here": "tasks", "rows": phone_list(actor, at=at), "at": at})
