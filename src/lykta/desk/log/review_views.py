"""Pages of the review: what waits, one thing with what helps to judge it, and months signed off."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.desk.log import reviewing as queries
from lykta.desk.log.actions import close_review, sign_month
from lykta.desk.log.enums import Verdict
from lykta.desk.log.errors import TOLD, ReviewRefused
from lykta.people import drafts


@require_safe
@door(Permission.LOG_REVIEW)
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, and, asked for, what is closed."""
    is_closed = request.GET.get("visa") == "granskat"
    said: dict[str, Any] = {
        "here": "house",
        "tab": "reviews",
        "closed": is_closed,
        "rows": queries.closed(actor) if is_closed else queries.waiting(actor),
        "months": queries.months(actor),
        "most": queries.MOST_SHOWN,
        "trouble": request.session.pop("trouble", ""),
    }
    return render(request, "desk/log/reviews.html", said)


@door(Permission.LOG_REVIEW)
def one(request: HttpRequest, actor: Actor, review: UUID) -> HttpResponse:
    """One thing to review, and the form that closes it."""
    try:
        found = queries.review_for(actor, review)
    except queries.NoSuchReview as nothing:
        raise Http404 from nothing
    trouble, typed = "", drafts.take(request)
    if request.method == "POST" and drafts.is_hers(request):
        typed = request.POST
        try:
            close_review(by=actor, review=found, verdict=typed.get("verdict", ""), note=typed.get("note", ""))
        except ReviewRefused as refused:
            trouble = refused.code
        else:
            request.session["toast"] = "Granskat."
            return HttpResponseRedirect(reverse("reviews"), status=303)
    said = {
        "here": "house",
        "found": queries.whole(actor, found),
        "verdicts": list(Verdict),
        "typed": typed or {},
        "trouble": TOLD.get(trouble, ""),
        "wrong": "verdict" if trouble == "verdict" else "note" if trouble in ("words", "long", "key") else "",
    }
    return render(request, "desk/log/review.html", said)


@require_POST
@door(Permission.LOG_REVIEW)
def sign(request: HttpRequest, actor: Actor, month: str) -> HttpResponse:
    """Sign a month's sample off."""
    try:
        day: date = datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007  # a month has no zone
        sign_month(by=actor, month=day)
    except ValueError as nothing:
        raise Http404 from nothing
    except ReviewRefused as refused:
        request.session["trouble"] = TOLD[refused.code]
    else:
        request.session["toast"] = "Månaden är underskriven."
    return HttpResponseRedirect(reverse("reviews"), status=303)
