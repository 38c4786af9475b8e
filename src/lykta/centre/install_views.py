"""The installation in the browser: the word, then one page for each thing that must be said, then the house stands."""

from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lykta.centre import actions, facts_forms, paper, queries, said, word
from lykta.centre import install_forms as asked
from lykta.centre.errors import AlreadyInstalled
from lykta.centre.models import Installation
from lykta.centre.plan import Plan
from lykta.centre.said import Said, Typed
from lykta.centre.steps import STEPS, TYPED, first_undone, next_after, place_of, stones
from lykta.centre.views import county
from lykta.core import clock
from lykta.people.errors import AddressTaken
from lykta.people.models import Member
from lykta.sealing.queries import password_key

IDLE_SECONDS = 60 * 60
"""Long enough to fetch a print-out; then the word is asked for again, and nothing that was said is lost."""

HOME = "/personal/"
INSTALLING, WAITING = "installing", "waiting"
NOT_TYPED = ("csrfmiddlewaretoken", "times", "deed")
CHANGED = "Sidan sparades nyss i en annan webbläsare. Här står det du skrev. Spara igen om det är ditt som gäller."


def begin(request: HttpRequest) -> HttpResponse:
    """The one-time word; whoever has given it goes on where the installation was left."""
    if not queries.is_vacant():
        word.forget()  # of a process that was killed as soon as the centre stood
        return HttpResponseRedirect(HOME, status=303)
    if request.method == "POST" and _word_fits(request):
        request.session.cycle_key()
        request.session[INSTALLING] = clock.now().timestamp()
        waiting = request.session.get(WAITING)
        return _to(waiting["step"] if waiting else first_undone(_done(_said())))
    row = Installation.objects.get(pk=settings.LYKTA_CENTRE)
    told = {
        "wrong": request.method == "POST",
        "spent": row.tries >= word.MOST_TRIES,
        "begun": bool(row.sealed),
        "kept": WAITING in request.session,
    }
    return render(request, "centre/install/word.html", told)


def _word_fits(request: HttpRequest) -> bool:
    """Whether the word is right; a wrong one is counted, and after too many even the right one is not."""
    row = Installation.objects.select_for_update().get(pk=settings.LYKTA_CENTRE)
    if row.tries < word.MOST_TRIES and word.fits(request.POST.get("secret_word", "")):
        return True
    Installation.objects.filter(pk=row.pk).update(tries=min(row.tries + 1, word.MOST_TRIES))
    return False


def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the installation."""
    if slug not in {one.slug for one in STEPS if one.slug}:
        raise Http404
    if not queries.is_vacant():
        return HttpResponseRedirect(HOME, status=303)
    if not _is_installing(request):
        if request.method == "POST" and slug in TYPED:
            request.session[WAITING] = {"step": slug, "fields": _typed(request)}
        return HttpResponseRedirect(reverse("install"), status=303)
    if slug == "reservnyckel":
        return _answer(request, slug, paper.page(request, said.load(locked=request.method == "POST") or Said()))
    if slug == "losenord":
        return _light(request)
    return _page(request, slug)


def _is_installing(request: HttpRequest) -> bool:
    """Whether this browser has given the word and has been used within the hour. What it may not keep then goes."""
    now = clock.now().timestamp()
    if now - request.session.get(INSTALLING, 0) > IDLE_SECONDS:
        for name in (INSTALLING, paper.SHOWN):
            request.session.pop(name, None)
        return False
    request.session[INSTALLING] = now
    return True


# --- pages whose fields are kept as they were typed ---
def _page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page, or save it and go on. What was typed is kept also where something must be changed."""
    known = said.load(locked=request.method == "POST") or Said()
    waiting = request.session.pop(WAITING, None)
    trouble = ""
    typed: Typed | None = known.pages.get(slug)
    if waiting and waiting["step"] == slug:
        typed, trouble = waiting["fields"], "Det du skrev är kvar. Spara för att gå vidare."
    if request.method == "POST":
        typed = _typed(request)
        if request.POST.get("times") != str(known.times.get(slug, 0)) and typed != known.pages.get(slug):
            trouble = CHANGED
        else:
            known = known.with_page(slug, typed)
            said.save(known)
    form = FORMS[slug](typed)
    if request.method == "POST" and not trouble and form.is_valid():
        return _to(next_after(slug))
    return _answer(request, slug, {"form": form, "trouble": trouble, "times": known.times.get(slug, 0)}, known)


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    """The fields of the form that came."""
    return {name: [str(v) for v in values] for name, values in request.POST.lists() if name not in NOT_TYPED}


def _bound(make: Callable[..., forms.Form]) -> Callable[[Typed | None], forms.Form]:
    return lambda typed: make(None if typed is None else said.as_form(typed))


FORMS: Mapping[str, Callable[[Typed | None], Any]] = {
    "centrum": _bound(lambda data: facts_forms.WordsForm(data, county=county())),
    "nummer": _bound(facts_forms.PhonesForm),
    "tider": _bound(facts_forms.HoursForm),
    "utat": _bound(lambda data: asked.OutsideForm(data, tongues=queries.tongues())),
    "medarbetare": _bound(asked.PeopleForm),
}


SHOWN_AS = {
    "centrum": "centre/install/centrum.html",
    "nummer": "centre/install/nummer.html",
    "tider": "centre/install/tider.html",
    "utat": "centre/install/utat.html",
    "reservnyckel": "centre/install/reservnyckel.html",
    "medarbetare": "centre/install/medarbetare.html",
    "losenord": "centre/install/losenord.html",
}


def _said() -> Said:
    return said.load() or Said()


def _done(known: Said) -> set[str]:
    """Steps that are finished: saved, and without fault as the rules are today."""
    done = {slug for slug, make in FORMS.items() if slug in known.pages and make(known.pages[slug]).is_valid()}
    return done | ({"reservnyckel"} if known.key.is_done else set())


def _answer(
    request: HttpRequest, slug: str, found: dict[str, Any] | HttpResponse, known: Said | None = None
) -> HttpResponse:
    if isinstance(found, HttpResponse):
        return found
    done = _done(known or _said())
    place = place_of(slug)
    way = {
        "stones": stones(place, done),
        "step": STEPS[place],
        "number": place + 1,
        "whole": len(STEPS),
        "before": STEPS[place - 1].slug if place else "",
        "done": done,
    }
    return render(request, SHOWN_AS[slug], way | found)


def _to(slug: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("install_step", args=[slug]), status=303)


# --- the house is made ---
def _light(request: HttpRequest) -> HttpResponse:
    """The passwords of the first two, and then everything at once. Nothing that is typed here is kept."""
    known = said.load(locked=request.method == "POST") or Said()
    done = _done(known)
    left = [one for one in STEPS if one.slug and one.slug not in done and one.slug != "losenord"]
    found: dict[str, Any] = {"left": left, "trouble": ""}
    if not left:
        people = FORMS["medarbetare"](known.pages["medarbetare"])
        words = FORMS["centrum"](known.pages["centrum"])
        people.full_clean()
        words.full_clean()
        pair = (people.head(), people.reader())
        form = asked.PasswordsForm(request.POST or None, people=pair, centre=words.cleaned_data["name"])
        found |= {"form": form, "people": pair}
        if form.is_valid():
            try:
                return _stands(request, _plan(known, form))
            except AddressTaken as taken:
                found["trouble"] = f"Adressen till {taken} används redan av någon annan. Byt den i steget Ni två."
            except AlreadyInstalled:
                return HttpResponseRedirect(HOME, status=303)
    return _answer(request, "losenord", found, known)


def _plan(known: Said, passwords: asked.PasswordsForm) -> Plan:
    sound = {slug: make(known.pages[slug]) for slug, make in FORMS.items()}
    for form in sound.values():
        form.full_clean()
    people = sound["medarbetare"]
    return Plan(
        words=sound["centrum"].words(),
        phones=sound["nummer"].phones(),
        hours=sound["tider"].hours(),
        languages=sound["utat"].cleaned_data["languages"],
        recovery=bytes.fromhex(known.key.public),
        people=(people.head(), people.reader()),
        passwords=passwords.passwords(),
    )


def _stands(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Make the house and let the head in: she has just typed her password twice, and adds her second factor next."""
    head = actions.install(plan=plan)
    for name in (INSTALLING, WAITING, paper.SHOWN):
        request.session.pop(name, None)
    _let_in(request, head, plan.passwords[0])
    return HttpResponseRedirect(reverse("install_factor"), status=303)


def _let_in(request: HttpRequest, member: Member, password: str) -> None:
    key = password_key(member.pk, password)
    request.session["password_key"] = key.hex() if key else ""
    login(request, member, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, member, method="password", reauthenticated=True)
