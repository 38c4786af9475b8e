"""The catalogue as all staff may read it: the list of services, one service, numbers, places, what is shared."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.catalogue import labels, queries
from lykta.catalogue.changes import differences
from lykta.catalogue.enums import Audience, EditionState, Fact
from lykta.catalogue.showing import Rows, basics
from lykta.catalogue.told import told
from lykta.core import clock

SECTIONS = tuple(labels.SECTIONS)


def shown_rows() -> Rows:
    """The editors' rows, beside what is live."""
    rows, on = queries.editing_rows(), clock.today()
    said = told(queries.catalogue_from(rows), ("sv",), on)
    return Rows(rows, differences(queries.live_rows(), rows), on, said)


def standing(actor: Actor, rows: Rows) -> dict[str, Any]:
    """What every page of the catalogue says at its top: how much is not live yet, and which edition waits."""
    return {
        "here": "house",
        "not_live": len(rows.differences),
        "draft": queries.edition_in(EditionState.DRAFT),
        "waiting": queries.edition_in(EditionState.WAITING),
        "live": queries.edition_in(EditionState.LIVE),
    }


@door(Permission.CATALOGUE_SEE)
def services(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every service: what holds today, what is changed but not live, what ends soon."""
    rows = shown_rows()
    groups = [(labels.AUDIENCES[audience], rows.services(audience)) for audience in Audience]
    return render(request, "catalogue/services.html", standing(actor, rows) | {"groups": groups, "tab": "services"})


@door(Permission.CATALOGUE_SEE)
def service(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """One service, every rule and limit of it."""
    rows = shown_rows()
    found = rows.service(code)
    if found is None:
        raise Http404
    facts = found.body["facts"]
    shown = [key for key in SECTIONS if key in facts and key != "first"]
    asked = {row.body["about"] for row in rows.of("rules", code)}
    said = {
        "code": code,
        "body": found.body,
        "name": found.body["names"]["sv"],
        "basics": basics(found.body),
        "own": rows.differences.get(found.line),
        "limits": rows.shown("limits", code),
        "rules": rows.shown("rules", code),
        "modes": rows.shown("modes", code),
        "gone": rows.gone(code),
        "plain": rows.text(found.body["plain"]),
        "told": [(labels.SECTIONS[key].capitalize(), rows.text(facts[key])) for key in shown],
        "first": [rows.text(step) for step in facts["first"]],
        "can_ask": [(fact.value, labels.FACTS[fact], fact in asked) for fact in Fact if fact is not Fact.WHO],
        "tab": "services",
    }
    return render(request, "catalogue/service.html", standing(actor, rows) | said)


@door(Permission.CATALOGUE_SEE)
def phones(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every number to call: whether it is shown, how sure it is, and who looks after it."""
    rows = shown_rows()
    found = []
    for row, shown in zip(rows.of("phones"), (rows.shown("phones")), strict=True):
        body = row.body
        checked = labels.swedish_day(body["last_checked"])
        hours = body.get("hours", {}).get("sv", "")
        status = next(words for status, words in labels.STATUSES.items() if status == body["status"])
        found.append({"row": shown, "body": body, "hours": hours, "checked": checked, "status": status})
    return render(request, "catalogue/phones.html", standing(actor, rows) | {"phones": found, "tab": "phones"})


@door(Permission.CATALOGUE_SEE)
def places(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Municipalities, localities, and what a straight line tells about a road."""
    rows = shown_rows()
    rule = rows.head("localities")
    said = {
        "municipalities": rows.shown("municipalities"),
        "localities": sorted(rows.shown("localities"), key=lambda one: one.title),
        "rule": rule.body["distance_rule"],
        "rule_changed": rule.line in rows.differences,
        "tab": "places",
    }
    return render(request, "catalogue/places.html", standing(actor, rows) | said)


@door(Permission.CATALOGUE_SEE)
def shared(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What holds for the whole house: its limits, and the words of the verdicts."""
    rows = shown_rows()
    head = rows.head("services")
    said = {
        "limits": rows.shown("house_limits"),
        "verdicts": [(words, head.body["verdicts"][verdict.value]["sv"]) for verdict, words in labels.VERDICTS.items()],
        "words_changed": head.line in rows.differences,
        "tab": "shared",
    }
    return render(request, "catalogue/shared.html", standing(actor, rows) | said)
