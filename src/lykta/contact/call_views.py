"""The call log: the form, a day's list, one call. Every deed is answered 303; lists show running facts alone."""

import secrets
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.contact import call_actions, call_queries
from lykta.contact.call_choices import read_choices, words_of
from lykta.contact.call_enums import ChangeReason, Group, Prompt
from lykta.contact.call_forms import CallForm
from lykta.contact.call_picture import FLOOR, LEFT, STEP, WIDTH, columns
from lykta.contact.call_queries import Offer
from lykta.contact.call_rules import MOST_NOTE, Change, days_to_log, prompts, seven_days
from lykta.contact.call_screens import Question, from_beginning, from_facts, in_words, questions
from lykta.contact.errors import AlreadySent, NothingThere, ReasonNeeded, TooLong
from lykta.contact.keys import note_mark
from lykta.contact.models import Call
from lykta.core import clock
from lykta.people import drafts

HERE = {"here": "calls", "most_note": MOST_NOTE}
NOT_KEPT = "Det du fyllde i kunde inte sparas här. Fyll i det igen."
TOLD = {
    Group.CALLER.value: "Välj vem som frågar. Okänd går också bra.",
    Group.CHANNEL.value: "Välj hur kontakten kom.",
    Group.URGENCY.value: "Välj hur bråttom det är.",
    "reason": "Välj varför du ändrar det en kollega har fört.",
}
UNREAD = "Något i formuläret gick inte att läsa. Se över det och försök igen."


@door(Permission.CALL_LOG)
def log(request: HttpRequest, actor: Actor) -> HttpResponse:
    """An empty form; after saving another, with a way back to what was just written."""
    if not call_queries.logs_calls(actor):
        return render(request, "contact/calls/outside.html", HERE)
    today = clock.today()
    if request.method == "POST":
        return _log(request, actor, today)
    said = _form(request, actor, on=today, days=days_to_log(today))
    said |= {"saved": request.session.pop("saved_call", None), "deed": "log"}
    return render(request, "contact/calls/log.html", said)


def _log(request: HttpRequest, actor: Actor, today: date) -> HttpResponse:
    offer = call_queries.offer(on=today)
    form = CallForm(request.POST, offer=offer, days=days_to_log(today))
    if trouble := _not_hers(request, actor) or _trouble(request, form):
        return _again(request, trouble)
    values = form.cleaned_data
    made = {
        "on": date.fromisoformat(values["on"]) if values["on"] else today,
        "facts": form.facts(),
        "note": values["note"],
        "once": values["once"],
    }
    try:
        call = call_actions.log_call(by=actor, offer=offer, **made).id
    except AlreadySent as sent:
        call = UUID(str(sent))
    except TooLong as long:
        return _again(request, _too_long(long))
    request.session["saved_call"] = {"id": str(call), "done": "Sparat", "what": _what(actor, call)}
    return HttpResponseRedirect(request.path, status=303)


def _what(actor: Actor, call: UUID) -> str:
    """A call in a few words, as `telefon, utsatt för våld, 15 min`; "" where it has been taken away meanwhile."""
    try:
        row = call_queries.row_of(actor, call_queries.call_for(actor, call))
    except NothingThere:
        return ""
    parts = [row.channel, row.caller, f"{row.minutes} min" if row.minutes else ""]
    return ", ".join(part for part in parts if part).lower()


def _form(request: HttpRequest, actor: Actor, *, on: date, days: list[date], **filled: Any) -> dict[str, Any]:
    """What a page with the form needs: the questions, what was typed but did not get through, and why.

    on: the day whose choices are offered. filled: chosen, note and named, where something stands from before.
    """
    draft = drafts.take(request)
    if draft is not None:
        filled = {name: draft.get(name, "") for name in ("note", "named", "on", "reason", "opened")}
        filled["chosen"] = {name: draft.getlist(name) for name in draft}
    trouble = request.session.pop("trouble", None) or {}
    asked = [Prompt(code) for code in trouble.get("prompts", ()) if code in tuple(Prompt)]
    q = questions(call_queries.offer(on=on), filled.get("chosen") or from_beginning())
    said = {"q": q, "days": days, "once": secrets.token_urlsafe(16), "trouble": trouble, "prompts": asked}
    return HERE | said | filled | {"asked": ",".join(asked), "focus": _focus(q, trouble)}


def _focus(q: dict[str, Question], trouble: dict[str, Any]) -> str:
    """The id of the field the hands should be at: the first, or the one something is said about."""
    name = trouble.get("field") or ("" if trouble else Group.CHANNEL.value)
    if name not in q:
        return str(name)
    options = q[name].options
    return next((option.id for option in options if option.chosen), options[0].id)


def _not_hers(request: HttpRequest, actor: Actor) -> dict[str, Any] | None:
    """Another member's page, left open in the same browser."""
    if request.POST.get("by", str(actor.member)) == str(actor.member):
        return None
    return {"text": "Sidan hörde till någon annan. Ingenting har sparats."}


def _trouble(request: HttpRequest, form: CallForm) -> dict[str, Any] | None:
    """Why the form is not saved now: something is missing, or there is something to ask that was not asked yet."""
    if not form.is_valid():
        field = next(iter(form.errors))
        known = field in TOLD and not request.POST.get(field)
        return {"field": field if known else "", "text": TOLD[field] if known else UNREAD}
    asked = set(request.POST.get("asked", "").split(","))
    due = prompts(form.facts(), form.cleaned_data["note"])
    return None if asked.issuperset(due) else {"prompts": list(due)}


def _too_long(why: TooLong) -> dict[str, Any]:
    return {"field": "note", "text": f"Noteringen har {why} tecken. Här får {MOST_NOTE} plats."}


def _again(request: HttpRequest, trouble: dict[str, Any]) -> HttpResponse:
    """Back to the form, with what was filled in and what is to be said about it."""
    if not drafts.keep(request):
        trouble = {"text": " ".join(filter(None, (trouble.get("text"), NOT_KEPT)))}
    request.session["trouble"] = trouble
    return HttpResponseRedirect(request.path, status=303)


@door(Permission.CALL_LOG)
def days(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The calls of a day, and seven days up to it as a picture: ?dag=2026-11-23, ?visa=mina for her own."""
    today = clock.today()
    on, own = _day(request.GET.get("dag", ""), today), request.GET.get("visa") == "mina"
    rows = call_queries.day_list(actor, on=on, own=own)
    seven = seven_days(on)
    counts = call_queries.count_by_channel(actor, seven[0], seven[-1] + timedelta(days=1), own=own)
    known = [choice.code for choice in read_choices()[Group.CHANNEL]]
    used = {channel for _, channel in counts}
    channels = [code for code in dict.fromkeys((*known, *sorted(used))) if code in used]
    said = {
        "rows": rows,
        "on": on,
        "own": own,
        "today": today,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1) if on < today else None,
        "minutes": sum(row.minutes or 0 for row in rows),
        "columns": columns(seven, channels, counts),
        "channels": [words_of(read_choices(), Group.CHANNEL, code, on=on) for code in channels],
        "total": sum(counts.values()),
        "wide": LEFT * 2 + STEP * 6,
        "bar": WIDTH,
        "floor": FLOOR,
    }
    return render(request, "contact/calls/days.html", HERE | said)


def _day(text: str, today: date) -> date:
    """The day asked for; today for anything else, for days to come and for another time than ours."""
    try:
        asked = min(date.fromisoformat(text), today)
    except ValueError:
        return today
    return asked if clock.in_our_time(asked) else today


@door(Permission.CALL_LOG)
def call(request: HttpRequest, actor: Actor, call: UUID) -> HttpResponse:
    """One call: what was written, and how it was corrected. Showing its words is one reading in the log."""
    found = _found(actor, call)
    if request.method == "POST":
        return _remove(request, actor, found)
    versions = call_queries.read(actor, found)
    said = {
        "call": found,
        "row": call_queries.row_of(actor, found),
        "sealed": versions is None,
        "versions": [(v, in_words(v.said, named=v.facts.named)) for v in versions or ()],
        "hers": found.by == actor.member,
        "change": call_queries.change_of(actor, found),
        "reasons": list(ChangeReason),
        "trouble": request.session.pop("trouble", None),
    }
    return render(request, "contact/calls/call.html", HERE | said)


def _found(actor: Actor, call: UUID) -> Call:
    try:
        return call_queries.call_for(actor, call)
    except NothingThere as nothing:
        raise Http404 from nothing


def _remove(request: HttpRequest, actor: Actor, found: Call) -> HttpResponse:
    """Take the call away, if it was meant."""
    trouble = _not_hers(request, actor)
    if not trouble and not request.POST.get("understood"):
        trouble = {"text": "Kryssa i att du vet att det inte går att få tillbaka."}
    if not trouble:
        try:
            call_actions.remove_call(by=actor, call=found, reason=request.POST.get("reason", ""))
        except ReasonNeeded:
            trouble = {"text": TOLD["reason"]}
        except NothingThere as nothing:
            raise Http404 from nothing
    if trouble:
        request.session["trouble"] = trouble
        return HttpResponseRedirect(request.path, status=303)
    request.session["toast"] = "Samtalet är borttaget."
    return HttpResponseRedirect(f"{reverse('call_days')}?dag={found.on.isoformat()}", status=303)


@door(Permission.CALL_LOG)
def correct(request: HttpRequest, actor: Actor, call: UUID) -> HttpResponse:
    """The form again, with what was written, for who may correct it."""
    found = _found(actor, call)
    change = call_queries.change_of(actor, found)
    if change is Change.NO:
        raise Http404
    offer = call_queries.offer(on=found.on)
    if request.method == "POST":
        return _correct(request, actor, found, offer)
    said = {"call": found, "row": call_queries.row_of(actor, found), "change": change, "deed": "correct"}
    filled = {} if drafts.waits(request) else _written(actor, found)
    said |= {"reasons": list(ChangeReason)} | _form(request, actor, on=found.on, days=[], **filled)
    return render(request, "contact/calls/correct.html", said)


def _written(actor: Actor, found: Call) -> dict[str, Any]:
    """What the form begins with: all that was written, for who can open it; else the running facts."""
    versions = call_queries.read(actor, found)
    if versions:
        newest = versions[0]
        filled = {"chosen": from_facts(newest.facts), "note": newest.note, "named": newest.facts.named}
        return filled | {"opened": note_mark(found.id, newest.note)}
    facts = call_queries.plain_of(call_queries.current(found))
    chosen = {name: [str(value)] for name, value in facts.items() if value and name != "named"}
    return {"chosen": chosen, "named": facts["named"]}


def _correct(request: HttpRequest, actor: Actor, found: Call, offer: Offer) -> HttpResponse:
    form = CallForm(request.POST, offer=offer)
    if trouble := _not_hers(request, actor) or _trouble(request, form):
        return _again(request, trouble)
    values = form.cleaned_data
    note = _note(found, typed=values["note"], opened=request.POST.get("opened", ""))
    reason = request.POST.get("reason", "")
    made = {"facts": form.facts(), "note": note, "reason": reason, "once": values["once"]}
    made["keeps"] = not request.POST.get("opened")
    try:
        call_actions.correct_call(by=actor, call=found, offer=offer, **made)
    except AlreadySent:
        pass
    except TooLong as long:
        return _again(request, _too_long(long))
    except ReasonNeeded:
        return _again(request, {"field": "reason", "text": TOLD["reason"]})
    except NothingThere as nothing:
        raise Http404 from nothing
    request.session["saved_call"] = {"id": str(found.id), "done": "Rättat", "what": _what(actor, found.id)}
    return HttpResponseRedirect(reverse("calls"), status=303)


def _note(found: Call, *, typed: str, opened: str) -> str | None:
    """The note to write; None where the one that is there stays: unchanged, or never shown and nothing written."""
    if not opened:
        return typed if typed.strip() else None
    return None if opened == note_mark(found.id, typed) else typed
