"""The staff's side of the contact room: the list, and the page of one dialogue.

Every deed is answered 303 to the page. Only its GET shows words, and each showing is one event in the log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.contact import actions, queries, staff_forms
from lykta.contact.days import free_days
from lykta.contact.enums import ASKED_FOR, CloseReason, Kind, ReadReason, State
from lykta.contact.errors import ContactError, EmptyMessage, NothingThere, StepRefused, TooLong
from lykta.contact.models import Dialogue
from lykta.contact.rules import MOST_SIGNS
from lykta.core import clock
from lykta.core.languages import languages
from lykta.core.words import words
from lykta.people import drafts
from lykta.people.queries import names_of


@door(Permission.INBOX_SEE)
def inbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, longest first; with ?visa=avslutade the closed ones. No word of anybody's is opened here."""
    closed = request.GET.get("visa") == "avslutade"
    on = clock.today()
    rows = queries.inbox(actor, on=on, free=free_days(on), closed=closed)
    said = {"here": "inbox", "rows": rows, "closed": closed, "waiting": [r for r in rows if r.waited is not None]}
    return render(request, "contact/staff/inbox.html", said)


@door(Permission.DIALOGUE_READ)
def dialogue(request: HttpRequest, actor: Actor, dialogue: UUID) -> HttpResponse:
    """One dialogue: its words and what can be done."""
    try:
        found = queries.dialogue_for(actor, dialogue)
    except NothingThere as nothing:
        raise Http404 from nothing
    if request.method == "POST":
        return _do(request, actor, found)
    if found.state == State.CLOSED:
        said = {"here": "inbox", "dialogue": found, "reason": CloseReason(found.closed_reason).label}
        return render(request, "contact/staff/closed.html", said | _unsent(request))
    given = request.session.pop("reading", {}).get(str(found.pk), "")
    reason = queries.reason_to_read(actor, found, given=given)
    if reason is None:
        return render(request, "contact/staff/ask_why.html", _why(request, actor, found))
    return render(request, "contact/staff/dialogue.html", _opened(request, actor, found, reason))


def _why(request: HttpRequest, actor: Actor, found: Dialogue) -> dict[str, Any]:
    """What the page needs that asks for a reason. No words; a draft stays in the session."""
    return {
        "here": "inbox",
        "dialogue": found,
        "holder": names_of(actor).get(found.taken_by, ""),
        "reasons": ASKED_FOR,
        "kept": request.session.get("draft", {}).get("path") == request.path,
        "trouble": request.session.pop("trouble", None),
    }


def _opened(request: HttpRequest, actor: Actor, found: Dialogue, reason: ReadReason) -> dict[str, Any]:
    """Everything the page shows, read and logged."""
    said = queries.read(actor, found, reason=reason)
    hers = [m for m in said if m.kind == Kind.VISITOR]
    told = words("sv")["contact"]["safe"]
    return {
        "here": "inbox",
        "dialogue": found,
        "said": said,
        "unread": queries.unread_of(found),
        "mine": found.taken_by == actor.member,
        "holder": names_of(actor).get(found.taken_by, "") if found.taken_by else "",
        "waited": queries.waited_days(found.waiting_on, on=clock.today()),
        "late": queries.is_late(found.waiting_on, on=clock.today(), free=free_days(clock.today())),
        "reason": reason,
        "read_at": clock.now(),
        "municipality": _told(hers, "municipality", told["municipality"]["options"]),
        "hurt": next((m.hurt for m in reversed(hers) if m.hurt), ""),
        "language": _told(hers, "language", {row.code: row.name for row in languages()}),
        "colleagues": queries.colleagues(actor),
        "given_name": actor.name.split()[0],
        "close_reasons": list(CloseReason),
        "most": MOST_SIGNS,
    } | _unsent(request)


def _told(hers: list[queries.Said], name: str, labels: dict[str, str]) -> str:
    """The last answer the one who writes has given to a question, in words; "" where she has not."""
    value = next((getattr(m, name) for m in reversed(hers) if getattr(m, name)), "")
    return labels.get(value, value)


def _unsent(request: HttpRequest) -> dict[str, Any]:
    """What was typed but did not get through, for its own form, and why."""
    draft = drafts.take(request)
    return {
        "draft": draft or {},
        "deed": draft.get("deed", "") if draft else "",
        "trouble": request.session.pop("trouble", None),
    }


@dataclass(frozen=True)
class Deed:
    """One thing that can be done on the page. do: takes actor, dialogue and the clean values. done: what is said after."""

    permission: Permission
    form: type[forms.Form]
    do: Callable[[Actor, Dialogue, dict[str, Any]], None]
    done: str


def _answer(by: Actor, to: Dialogue, values: dict[str, Any]) -> None:
    signed = by.name.split()[0] if values["signed"] == "name" else ""
    actions.answer(by=by, dialogue=to, text=values["text"], signed=signed, seen=values["seen"])


DEEDS = {
    "take": Deed(
        Permission.DIALOGUE_ANSWER, forms.Form, lambda by, d, _: actions.take(by=by, dialogue=d), "Den är din nu."
    ),
    "answer": Deed(Permission.DIALOGUE_ANSWER, staff_forms.Answer, _answer, "Svaret är skickat."),
    "note": Deed(
        Permission.DIALOGUE_ANSWER,
        staff_forms.Note,
        lambda by, d, v: actions.note(by=by, dialogue=d, text=v["text"]),
        "Det står i marginalen.",
    ),
    "ask": Deed(
        Permission.DIALOGUE_ANSWER,
        staff_forms.ToColleague,
        lambda by, d, v: actions.ask(by=by, dialogue=d, colleague=v["colleague"], text=v["text"]),
        "Frågan är ställd.",
    ),
    "hand_over": Deed(
        Permission.DIALOGUE_ANSWER,
        staff_forms.ToColleague,
        lambda by, d, v: actions.hand_over(by=by, dialogue=d, colleague=v["colleague"], text=v["text"]),
        "Den är lämnad till din kollega.",
    ),
    "close": Deed(
        Permission.DIALOGUE_CLOSE,
        staff_forms.Close,
        lambda by, d, v: actions.close(by=by, dialogue=d, reason=v["reason"]),
        "Dialogen är avslutad och orden är borta.",
    ),
    "mute": Deed(
        Permission.DIALOGUE_ANSWER,
        forms.Form,
        lambda by, d, _: actions.mute(by=by, dialogue=d, muted=True),
        "Den tar inte emot fler meddelanden.",
    ),
    "unmute": Deed(
        Permission.DIALOGUE_ANSWER,
        forms.Form,
        lambda by, d, _: actions.mute(by=by, dialogue=d, muted=False),
        "Den tar emot meddelanden igen.",
    ),
}
ELSEWHERE = ("hand_over", "close")
"""Deeds after which the member has no more to do here, and is led to the list."""


def _do(request: HttpRequest, actor: Actor, found: Dialogue) -> HttpResponse:
    """Do what was asked for and lead on; what could not be done is told on the page, with what was typed."""
    name = request.POST.get("deed", "")
    if name == "open":
        return _open(request, found)
    deed = DEEDS.get(name)
    if deed is None or not may(actor, deed.permission):
        raise Http404
    trouble = _try(request, actor, found, deed)
    if trouble:
        drafts.keep(request)
        request.session["trouble"] = {"deed": name, "text": trouble}
    else:
        request.session["toast"] = deed.done
        if name in ELSEWHERE:
            return HttpResponseRedirect(reverse("inbox"), status=303)
    # A stand-in goes on under the reason she gave; it is written again, since the words are shown again.
    request.session["reading"] = {str(found.pk): request.POST.get("why", "")}
    return HttpResponseRedirect(request.path, status=303)


def _open(request: HttpRequest, found: Dialogue) -> HttpResponse:
    """Note the reason for the one showing that follows."""
    form = staff_forms.Open(request.POST)
    if form.is_valid():
        request.session["reading"] = {str(found.pk): form.cleaned_data["reason"]}
    else:
        request.session["trouble"] = {"deed": "open", "text": "Välj varför du läser."}
    return HttpResponseRedirect(request.path, status=303)


def _try(request: HttpRequest, actor: Actor, found: Dialogue, deed: Deed) -> str:
    """Do the deed. Gives "" when it is done, else a sentence that says why not."""
    extra = {"colleagues": queries.colleagues(actor)} if deed.form is staff_forms.ToColleague else {}
    form = deed.form(request.POST, **extra)
    if not form.is_valid():
        return _missing(form)
    try:
        deed.do(actor, found, form.cleaned_data)
    except ContactError as why:
        return _sentence(why, actor, found)
    return ""


MISSING = {
    "colleague": "Välj en kollega.",
    "reason": "Välj varför dialogen avslutas.",
    "understood": "Kryssa i att du vet att orden försvinner.",
    "signed": "Välj vad som ska stå under svaret.",
}


def _missing(form: forms.Form) -> str:
    return next(text for name, text in MISSING.items() if name in form.errors)


def _sentence(why: ContactError, actor: Actor, found: Dialogue) -> str:
    """What went wrong, in words that help."""
    match why:
        case EmptyMessage():
            return "Skriv några ord först. Ett räcker."
        case TooLong():
            return f"Texten har {why} tecken. Här får {MOST_SIGNS} plats. Dela den i två."
        case StepRefused(args=("taken",)):
            found.refresh_from_db(fields=["taken_by"])
            return f"{names_of(actor).get(found.taken_by, 'En kollega')} hann före och har tagit den."
        case StepRefused(args=("moved",)):
            return "Något nytt skrevs medan du skrev. Läs det först. Din text är kvar; skicka den om den fortfarande stämmer."
        case StepRefused():
            return "Dialogen avslutades av en kollega medan du skrev."
        case _:
            return "Det gick inte. Se efter hur dialogen ser ut nu och försök igen."
