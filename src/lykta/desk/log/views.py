"""Pages of the log's reader. Opening a filter is itself one event; nothing here leads to anybody's words."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.audit.actions import record
from lykta.audit.enums import Act
from lykta.core import clock
from lykta.desk.log import queries
from lykta.desk.log.forms import Ask
from lykta.desk.log.rules import Filter, cursor_of, is_new_reading
from lykta.people.queries import centre_of

MOST_REMEMBERED = 50
"""Opened filters in a session; the oldest are forgotten first, and then opening them is an event again."""


@require_safe
@door(Permission.LOG_READ)
def reader(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The log, newest first, narrowed by what is asked for."""
    members = queries.members(actor)
    form = Ask({name: request.GET.get(name, "") for name in Ask.base_fields}, actor=actor, members=members)
    said: dict[str, Any] = {"here": "house", "tab": "reader", "form": form, "rows": queries.rows_in_all(actor)}
    if form.is_valid():
        said |= _shown(request, actor, form.asked)
        said["asked"] = form.asked
    return render(request, "desk/log/reader.html", said)


@require_safe
@door(Permission.LOG_READ)
def of_member(request: HttpRequest, actor: Actor, member: UUID) -> HttpResponse:
    """What one member has done, or with ?om what was done to her account."""
    found = next((m for m in queries.members(actor) if m.pk == member), None)
    if found is None:
        raise Http404
    about = "om" in request.GET
    asked = Filter(object=member) if about else Filter(member=member)
    said = {
        "here": "house",
        "member": found,
        "role": queries.role_of(found),
        "about": about,
        "habit": queries.habit(actor, member),
    }
    return render(request, "desk/log/member.html", said | _shown(request, actor, asked))


@require_safe
@door(Permission.LOG_READ)
def of_object(request: HttpRequest, actor: Actor, object: UUID) -> HttpResponse:
    """Who has opened one thing, and everything done with it."""
    if not queries.is_known(actor, object):
        raise Http404
    shown = _shown(request, actor, Filter(object=object))
    said = {"here": "house", "object": object, "ref": queries.ref_of(actor, object)}
    return render(request, "desk/log/object.html", said | shown | {"openers": queries.openers(actor, object)})


@require_safe
@door(Permission.LOG_EXPORT)
def given_list(request: HttpRequest, actor: Actor, object: UUID) -> HttpResponse:
    """The list for the person it concerns, to print. Names only where somebody has chosen to give them out."""
    with_names = "namn" in request.GET
    rows = queries.given_list(actor, object, with_names=with_names)
    if not rows:
        raise Http404
    record(Act.LOG_LISTED, object=object, reason="names" if with_names else "roles", count=len(rows))
    said = {
        "here": "house",
        "object": object,
        "ref": rows[0].line.ref,
        "rows": rows,
        "with_names": with_names,
        "whole": len(rows) < queries.MOST_LISTED,
        "centre": centre_of(actor).name,
        "on": clock.today(),
    }
    return render(request, "desk/log/given.html", said)


def _shown(request: HttpRequest, actor: Actor, asked: Filter) -> dict[str, Any]:
    """One page of a filter, with the address of the next; written in the log unless it is the same reading."""
    page = queries.page(actor, asked, after=cursor_of(request.GET.get("efter", "")))
    address = request.GET.copy()
    further = bool(address.pop("efter", None))
    newest = f"?{address.urlencode()}" if address else request.path
    address["efter"] = str(page.after)
    _note(request, asked)
    return {
        "page": page,
        "onward": f"?{address.urlencode()}" if page.after else "",
        "further": further,
        "newest": newest,
    }


def _note(request: HttpRequest, asked: Filter) -> None:
    """Write that this filter was opened. Which fields were used stands as the reason, what it was about as the object.

    Paging through it, and opening it again within half an hour, is the same reading: a log that tells of each page
    would hide what it should show.
    """
    opened: dict[str, float] = request.session.get("log_opened", {})
    now = clock.now().timestamp()
    if not is_new_reading(opened, asked.key, now=now):
        return
    opened.pop(asked.key, None)
    kept = list(opened.items())[-(MOST_REMEMBERED - 1) :]
    request.session["log_opened"] = dict([*kept, (asked.key, now)])
    record(Act.LOG_READ, object=asked.object or asked.member, reason=" ".join(asked.used)[:40])
