"""The morning page, and the page that gathers what keeps the house."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.cases.glass import at_desk
from lykta.contact.queries import next_for
from lykta.core import clock
from lykta.desk import queries
from lykta.desk.figures import FLOOR, LEFT, STEP, waiting_columns
from lykta.desk.handbook import chapters
from lykta.desk.log.reviewing import count_waiting
from lykta.people.absence import stands_in_for
from lykta.people.again import again_facts
from lykta.people.keys import lacking, wanting
from lykta.people.leaving import carry_on
from lykta.people.models import Absence
from lykta.people.queries import names_of

SHOWN = 12
"""Waiting rows on the morning page; the rest are one link away."""


@door(Permission.DESK_SEE)
def morning(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What needs me today: what waits, what I was asked, what is mine; for those who verify it, the log."""
    carry_on(by=actor)
    on = clock.today()
    hour = clock.now().astimezone(clock.STOCKHOLM).hour
    found = queries.morning(actor, on=on)
    columns = waiting_columns([(r.waited or 0, r.late) for r in found.waiting])
    above = min((c.top for c in columns), default=0) - 2
    said = {
        "here": "desk",
        "greeting": "God morgon" if 4 <= hour < 11 else "Hej" if hour < 18 else "God kväll",
        "given_name": actor.name.split()[0],
        "on": on,
        "week": on.isocalendar().week,
        "morning": found,
        "rows": found.waiting[:SHOWN],
        "lit": next_for(actor, found.waiting),
        "columns": columns,
        "wide": LEFT * 2 + STEP * max(len(columns) - 1, 4),
        "floor": FLOOR,
        "above": above,
        "tall": FLOOR + 28 - above,
        "wanting": wanting(actor) if may(actor, Permission.RING_GIVE) else [],
        "lacking": lacking(actor),
        "standing_in": _standing_in(actor, on),
        "tasks": queries.tasks(actor, on=on),
        "glass": at_desk(actor),
        "log": queries.log_state(actor),
        "stopped": request.session.get("stopped", False),
        **again_facts(actor),
        "reviews": count_waiting(actor),
    }
    return render(request, "desk/morning.html", said)


def _standing_in(actor: Actor, on: date) -> list[tuple[str, Absence]]:
    """Whom the actor stands in for today, by name."""
    names = names_of(actor)
    return sorted((names[who], absence) for who, absence in stands_in_for(actor, on=on).items())


@door(Permission.DESK_SEE)
def house(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that is not daily work, gathered by what it is about; only what the actor may do."""
    return render(request, "desk/house.html", {"here": "house"})


@door(Permission.HANDBOOK_READ)
def handbook(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the handbook holds."""
    return render(request, "desk/handbook.html", {"here": "handbook", "chapters": chapters()})


@door(Permission.HANDBOOK_READ)
def chapter(request: HttpRequest, actor: Actor, slug: str) -> HttpResponse:
    """One chapter, with the one before and the one after."""
    row = chapters()
    at = next((at for at, one in enumerate(row) if one.slug == slug), None)
    if at is None:
        raise Http404
    said = {
        "here": "handbook",
        "chapter": row[at],
        "number": at + 1,
        "before": row[at - 1] if at else None,
        "after": row[at + 1] if at + 1 < len(row) else None,
    }
    return render(request, "desk/chapter.html", said)
