"""The staff's side of the contact room: the list, and the page of one dialogue.

Every deed is answered 303 to the page. Only its GET shows words, and each showing is one event in the log.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor, may
from lykta.contact import actions, queries, staff_forms
from lykta.contact.days import free_days
from lykta.contact.enums import ASKED_FOR, CloseReason, Kind, ReadReason, State
from lykta.contact.errors import (
    AlreadySent,
    ContactError,
    EmptyMessage,
    NothingThere,
    ReasonNeeded,
    StepRefused,
    TooLong,
)
from lykta.contact.models import Dialogue
from lykta.contact.rules import MOST_SIGNS, is_late, waited_days
from lykta.core import clock
from lykta.core.languages import languages
from lykta.core.words import words
from lykta.people import drafts
from lykta.people.queries import names_of

MOST_PAGE_DIGITS = 7


@door(Permission.INBOX_SEE)
def inbox(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, longest first; with ?visa=avslutade the closed ones. No word of anybody's is opened here."""
    closed = request.GET.get("visa") == "avslutade"
    on = clock.today()
    asked = request.GET.get("sida", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < MOST_PAGE_DIGITS else 1
    page = queries.inbox_page(actor, on=on, free=free_days(on), closed=closed, number=number)
    said = {"here": "inbox", "page": page, "rows": page.rows, "closed": closed, "lit": page.lit}
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
    asked_why = request.session.pop("ask_why", "") == str(found.pk)
    reason = queries.reason_to_read(actor, found, given=_given(request, found))
    if reason is None or asked_why:
        return render(request, "contact/staff/ask_why.html", _why(request, actor, found))
    return render(request, "contact/staff/dialogue.html", _opened(request, actor, found, reason))


def _given(request: HttpRequest, found: Dialogue) -> str:
    """The reason the member has given for this dialogue since she signed in, or ""."""
    given: str = request.session.get("reasons", {}).get(str(found.pk), "")
    return given


def _why(request: HttpRequest, actor: Actor, found: Dialogue) -> dict[str, Any]:
    """What the page needs that asks for a reason. No words; a draft stays in the session."""
    return {
        "here": "inbox",
        "dialogue": found,
        "holder": _holder(actor, found),
        "reasons": ASKED_FOR,
        "was_asked": actor.member in queries.asked_in(found),
        "kept": drafts.waits(request),
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
        "holder": _holder(actor, found),
        "freed_from": names_of(actor).get(found.freed_from, "") if found.freed_from else "",
        "waited": waited_days(found.waiting_on, on=clock.today()),
        "late": is_late(found.waiting_on, on=clock.today(), free=free_days(clock.today())),
        "reason": reason,
        "read_at": clock.now(),
        "municipality": _told(hers, "municipality", told["municipality"]["options"]),
        "hurt": next((m.hurt for m in reversed(hers) if m.hurt), ""),
        "language": _told(hers, "language", {row.code: row.name for row in languages()} | {"sv": ""}),
        "colleagues": queries.colleagues(actor),
        "given_name": actor.name.split()[0],
        "close_reasons": list(CloseReason),
        "once": secrets.token_urlsafe(16),
    } | _unsent(request)


def _holder(actor: Actor, found: Dialogue) -> str:
    """The given name of the one who has taken the dialogue, or ""."""
    return names_of(actor).get(found.taken_by, "") if found.taken_by else ""


def _told(hers: list[queries.Said], name: str, labels: dict[str, str]) -> str:
    """The last answer the one who writes has given to a question, in words; "" where she has not."""
    value = next((getattr(m, name) for m in reversed(hers) if getattr(m, name)), "")
    return labels.get(value, value)


def _unsent(request: HttpRequest) -> dict[str, Any]:
    """What was typed but did not get through, each for its own form, and why."""
    return {
        "drafts": {draft.get("deed", ""): draft for draft in reversed(drafts.take_all(request))},
        "trouble": request.session.pop("trouble", None),
    }


@dataclass(frozen=True)
class Deed:
    """One thing that can be done on the page. do: takes actor, dialogue, clean values and and
    the reason given. done: what is said after."""

    permission: Permission
    form: Callable[[QueryDict, Actor], forms.Form]
    do: Callable[[Actor, Dialogue, dict[str, Any], str], None]
    done: str


def _nothing(typed: QueryDict, by: Actor) -> forms.Form:
    return forms.Form(typed)


def _reply(typed: QueryDict, by: Actor) -> forms.Form:
    return staff_forms.Answer(typed)


def _words(typed: QueryDict, by: Actor) -> forms.Form:
    return staff_forms.Note(typed)


def _to_colleague(typed: QueryDict, by: Actor) -> forms.Form:
    return staff_forms.ToColleague(typed, colleagues=queries.colleagues(by))


def _ending(typed: QueryDict, by: Actor) -> forms.Form:
    return staff_forms.Close(typed)


def _take(by: Actor, at: Dialogue, values: dict[str, Any], given: str) -> None:
    actions.take(by=by, dialogue=at)


def _answer(by: Actor, at: Dialogue, values: dict[str, Any], given: str) -> None:
    signed = by.name.split()[0] if values.pop("signed") == "name" else ""
    actions.answer(by=by, dialogue=at, signed=signed, given=given, **values)


def _note(by: Actor, at: Dialogue, values: dict[str, Any], given: str) -> None:
    actions.note(by=by, dialogue=at, given=given, **values)


def _ask(by: Actor, at: Dialogue, values: dict[str, Any], given: str) -> None:
    actions.ask(by=by, dialogue=at, given=given, **values)


def _hand_over(by: Actor, at: Dialogue, values: dict[str, Any], given: str) -> None:
    actions.hand_over(by=by, dialogue=at, given=given, **values)


def _close(by: Actor, at: Dialogue, values: dict[str, Any], given: str) -> None:
    actions.close(by=by, dialogue=at, reason=values["reason"], given=given)


def _mute(by: Actor, at: Dialogue, values: dict[str, Any], given: str) -> None:
    actions.mute(by=by, dialogue=at, muted=True, given=given)


def _unmute(by: Actor, at: Dialogue, values: dict[str, Any], given: str) -> None:
    actions.mute(by=by, dialogue=at, muted=False, given=given)


ANSWER, END = Permission.DIALOGUE_ANSWER, Permission.DIALOGUE_CLOSE
DEEDS = {
    "take": Deed(ANSWER, _nothing, _take, "Den är din nu."),
    "answer": Deed(ANSWER, _reply, _answer, "Svaret är skickat."),
    "note": Deed(ANSWER, _words, _note, "Det står i marginalen."),
    "ask": Deed(ANSWER, _to_colleague, _ask, "Frågan är ställd."),
    "hand_over": Deed(ANSWER, _to_colleague, _hand_over, "Den är lämnad till din kollega."),
    "close": Deed(END, _ending, _close, "Dialogen är avslutad och orden är borta."),
    "mute": Deed(ANSWER, _nothing, _mute, "Den tar inte emot fler meddelanden."),
    "unmute": Deed(ANSWER, _nothing, _unmute, "Den tar emot meddelanden igen."),
}
ELSEWHERE = ("hand_over", "close")
"""Deeds after which the member has no more to do here, and is led to the list."""


def _do(request: HttpRequest, actor: Actor, found: Dialogue) -> HttpResponse:
    """Do what was asked for and lead on; what could not be done is told on the page, with what was typed."""
    name = request.POST.get("deed", "")
    if request.POST.get("by", str(actor.member)) != str(actor.member):
        request.session["toast"] = "Sidan hörde till någon annan. Ingenting har gjorts."
        return HttpResponseRedirect(request.path, status=303)
    if name == "open":
        return _open(request, found)
    deed = DEEDS.get(name)
    if deed is None or not may(actor, deed.permission):
        raise Http404
    trouble = _try(request, actor, found, deed)
    if not trouble:
        request.session["toast"] = deed.done
        if name not in ELSEWHERE:
            drafts.keep(request, done=True)
        return HttpResponseRedirect(reverse("inbox") if name in ELSEWHERE else request.path, status=303)
    if not drafts.keep(request) and request.POST.get("text"):
        trouble = f"{trouble} {NOT_KEPT}"
    request.session["trouble"] = {"deed": name, "text": trouble}
    return HttpResponseRedirect(request.path, status=303)


NOT_KEPT = "Den var för stor för att sparas här och står inte i fältet. Hämta den där du skrev den."


def _open(request: HttpRequest, found: Dialogue) -> HttpResponse:
    """Note the reason, for this dialogue and until she signs out. Each showing under it is an event of its own."""
    form = staff_forms.Open(request.POST)
    if form.is_valid():
        request.session["reasons"] = request.session.get("reasons", {}) | {str(found.pk): form.cleaned_data["reason"]}
    else:
        request.session["trouble"] = {"deed": "open", "text": "Välj varför du läser."}
    return HttpResponseRedirect(request.path, status=303)


def _try(request: HttpRequest, actor: Actor, found: Dialogue, deed: Deed) -> str:
    """Do the deed. Gives "" when it is done, now or by the same form before, else a sentence that says why not."""
    form = deed.form(request.POST, actor)
    if not form.is_valid():
        return _missing(form)
    try:
        deed.do(actor, found, form.cleaned_data, _given(request, found))
    except AlreadySent:
        return ""
    except ReasonNeeded:
        request.session["ask_why"] = str(found.pk)
        return "Säg först varför du gör det här i en kollegas dialog. Ingenting har gjorts än."
    except ContactError as why:
        return _sentence(why, actor, found)
    return ""


MISSING = {
    "colleague": "Välj en kollega.",
    "reason": "Välj varför dialogen avslutas.",
    "understood": "Kryssa i att du vet att orden försvinner.",
    "signed": "Välj vad som ska stå under svaret.",
}


UNREAD = "Något i formuläret gick inte att läsa. Försök igen."


def _missing(form: forms.Form) -> str:
    return next((text for name, text in MISSING.items() if name in form.errors), UNREAD)


def _sentence(why: ContactError, actor: Actor, found: Dialogue) -> str:
    """What went wrong, in words that help."""
    match why:
        case EmptyMessage():
            return "Skriv några ord först. Ett räcker."
        case TooLong():
            return f"Texten har {why} tecken. Här får {MOST_SIGNS} plats. Dela den i två."
        case StepRefused(args=("taken",)):
            found.refresh_from_db(fields=["taken_by"])
            return f"{_holder(actor, found) or 'En kollega'} hann före och har tagit den."
        case StepRefused(args=("moved",)):
            return "Något nytt skrevs medan du skrev. Läs det först. Din text är kvar, skicka den om den stämmer."
        case StepRefused():
            return "Dialogen avslutades av en kollega medan du skrev."
        case _:
            return "Det gick inte. Se efter hur dialogen ser ut nu och försök igen."
