"""The ceremony of the recovery key: made, shown once, and typed back before anything leans on it.

The secret stands in the sealed session of this one browser while it is shown, and nowhere else. Once it is written down
only its public half is left; what is typed back is compared with that.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lykta.centre import said
from lykta.centre.install_forms import PAPER_FAULTS, ROWS, PaperForm
from lykta.centre.said import PaperKey, Said
from lykta.core import clock
from lykta.sealing.paper import PaperError, new_secret, parts, recovery_pair, whole

SHOWN = "paper"
"""In the session: the rows to be written down and the public half they belong to."""

NEXT = "medarbetare"
MOVED = "Det hände något med nyckeln i en annan webbläsare. Så här står det till nu."


def page(request: HttpRequest, known: Said) -> HttpResponse | dict[str, Any]:
    """What the page shows, or where to go. known: what has been said; locked by us where something was sent."""
    deed, trouble = request.POST.get("deed", ""), ""
    if request.method == "POST":
        if request.POST.get("seen", "") != _mark(known.key):
            trouble = MOVED
        elif deed == "make":
            return _make(request, known)
        elif deed == "written":
            request.session.pop(SHOWN, None)
        elif deed == "back":
            trouble = _typed_back(request, known)
            if not trouble:
                said.save(replace(known, key=replace(known.key, is_done=True)))
                return HttpResponseRedirect(reverse("install_step", args=[NEXT]), status=303)
        if not trouble:
            return HttpResponseRedirect(request.path, status=303)
    return _told(request, known.key, trouble)


def _told(request: HttpRequest, key: PaperKey, trouble: str) -> dict[str, Any]:
    shown = request.session.get(SHOWN)
    if shown and shown["public"] != key.public:
        del request.session[SHOWN]
        shown = None
    state = "done" if key.is_done else "shown" if shown else "typing" if key.public else "make"
    return {
        "state": state,
        "rows": [row.split() for row in shown["rows"]] if shown else [],
        "seen": _mark(key),
        "trouble": trouble,
        "on": clock.today(),
        "typed": [request.POST.get(name, "")[:200] for name in ROWS],
    }


def _make(request: HttpRequest, known: Said) -> HttpResponse:
    """A fresh key; one made before is worth nothing from now on."""
    secret = new_secret()
    public = recovery_pair(secret).public.hex()
    rows = parts(secret) if request.POST.get("way") == "parts" else (whole(secret),)
    request.session[SHOWN] = {"rows": list(rows), "public": public}
    said.save(replace(known, key=PaperKey(public)))
    return HttpResponseRedirect(request.path, status=303)


def _typed_back(request: HttpRequest, known: Said) -> str:
    """What is wrong with what was typed, in words; empty where it is the key."""
    form = PaperForm(request.POST)
    form.is_valid()
    try:
        public = recovery_pair(form.secret()).public
    except PaperError as error:
        return PAPER_FAULTS[error.code]
    return "" if public.hex() == known.key.public else PAPER_FAULTS["other"]


def _mark(key: PaperKey) -> str:
    """Which key a page has seen, so that two browsers do not act on different ones."""
    return f"{key.public[:16]}{'!' if key.is_done else ''}"
