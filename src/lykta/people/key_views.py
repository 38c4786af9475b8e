"""The page of keys: whom one can let in, what is on its way to a turned ring, who holds what."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.core import clock
from lykta.people import keys
from lykta.people.enums import Standing
from lykta.people.errors import NotWanting
from lykta.people.leaving import overdue
from lykta.people.roster import roster
from lykta.people.strong import strong
from lykta.sealing.enums import RingName
from lykta.sealing.errors import SealingError
from lykta.sealing.turning import BATCH, ways

STUCK = "En nyckel gick inte att flytta. Säg till den som sköter Lykta, och rör inget mer här."


@door(Permission.RING_GIVE)
def rings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who waits, what moves, who holds."""
    house = keys.holder_of_house(actor) is not None
    unsigned = [r for r in roster(actor, on=clock.today()) if r.standing == Standing.UNSIGNED] if house else []
    said = {
        "here": "house",
        "of_house": house,
        "wanting": keys.wanting(actor),
        "unsigned": unsigned,
        "overdue": overdue() if house else [],
        "lacking": keys.lacking(actor),
        "ways": ways(actor.holder) if actor.holder else [],
        "holders": keys.holders(actor),
    }
    return render(request, "people/keys.html", said)


@door(Permission.RING_GIVE)
@strong
def let_in(request: HttpRequest, actor: Actor, ring: str, member: UUID) -> HttpResponse:
    """Let a colleague into a ring."""
    if request.method == "POST":
        try:
            keys.let_in(by=actor, member=member, ring=RingName(ring))
        except (NotWanting, SealingError, ValueError):
            request.session["toast"] = "Det behövs inte längre, eller så har någon annan redan gjort det."
        else:
            request.session["toast"] = f"Insläppt: {RingName(ring).label}."
    return HttpResponseRedirect(reverse("rings"), status=303)


@door(Permission.RING_GIVE)
def move(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Move a batch of keys to the new rings."""
    if request.method == "POST":
        try:
            with transaction.atomic():
                turned = keys.move_on(by=actor, limit=BATCH)
        except SealingError:
            request.session["toast"] = STUCK
        else:
            request.session["toast"] = "Alla nycklar är flyttade." if not turned.left else f"{turned.moved} flyttade."
    return HttpResponseRedirect(reverse("rings"), status=303)
