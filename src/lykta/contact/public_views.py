"""The dialogue at its neutral address: every form is answered 303 to the same address, every page by a GET of it."""

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from lykta.contact import screens, turns, visits
from lykta.contact.flood import CODES_ALL, CODES_EACH, CODES_REFILL, Flood, Verdict
from lykta.contact.forms import Sent, read
from lykta.contact.visitor_actions import shown_code, standing
from lykta.contact.visits import Progress, Sitting
from lykta.core import clock
from lykta.core.doors import door
from lykta.core.even import leave_on_beat
from lykta.core.languages import language_of_path
from lykta.core.lights import DARK, lights
from lykta.core.places import dialogue, places
from lykta.core.policy import leaving_headers, quiet_headers
from lykta.sealing.errors import SealingError

COOKIE = "l"
TOKEN = re.compile(r"[0-9a-f]{64}")
REFRESH_SECONDS = 60
CODE_BEAT, PAGE_BEAT = 0.15, 0.025
"""Seconds. A code that leads nowhere and one that leads to a reply are answered at the same moment, and so are the
pages that follow; on a machine at ease both fit within one beat."""
BROKEN = (DatabaseError, ObjectDoesNotExist, SealingError)
"""The database refuses, there are no rings, or a key is not signed: nothing can be taken, nothing may be lost."""

SCRIPT = (Path(__file__).with_name("static") / "sida.js").read_bytes()

BURST = settings.LYKTA_FLOOD_BURST
messages = Flood(BURST)
codes = Flood(max(1, round(BURST * CODES_EACH)), shared=(max(1, round(BURST * CODES_ALL)), CODES_REFILL))


# No token against forged forms: the cookie is SameSite=Strict and a token would be a cookie before she has written.
# A form that another site has sent is refused by what the browser says of its origin.
@csrf_exempt
def talk(request: HttpRequest) -> HttpResponse:
    """The dialogue in the language of the address."""
    lang = language_of_path(request.path_info).code
    if request.method in ("GET", "HEAD"):
        return _show(request, lang)
    if request.method == "POST":
        return _back(lang) if is_foreign(request) else _take(request, lang)
    return HttpResponseNotAllowed(("GET", "HEAD", "POST"), headers=quiet_headers())


def to_dialogue(request: HttpRequest) -> HttpResponse:
    """The address as somebody types it by hand. Nothing of it is kept by the browser."""
    return _back(language_of_path(f"{request.path_info}/").code)


def script(request: HttpRequest) -> HttpResponse:
    """The dialogue's script. It is not kept by the browser: a file left there would tell."""
    return HttpResponse(SCRIPT, headers=quiet_headers() | {"Content-Type": "text/javascript; charset=utf-8"})


def is_foreign(request: HttpRequest) -> bool:
    """Whether a page of another site made the browser send this form.

    Under no-referrer our own forms say `Origin: null`, so that alone tells nothing.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()


def _show(request: HttpRequest, lang: str) -> HttpResponse:
    """The page she is on. Sets no cookie, and without one asks the database for nothing."""
    now, today, token = time.monotonic(), clock.today(), _token(request)
    if lights.is_dark(now):
        return _dark(lang, Sent())
    if not token or request.method == "HEAD":  # HEAD must not use up the one showing of a code
        return _page(lang, screens.page(lang, screens.Screen("entry"), Progress(), today=today))
    try:
        browser = visits.held(token)
        with door("public", visit=browser.row):
            body = _body(lang, visits.find(browser))
    except DARK:
        lights.went_out(now)
        return _dark(lang, Sent())
    except BROKEN:
        return _page(lang, screens.kept_page(lang, Sent(), error="fault", today=clock.today()), 503)
    lights.seen(now)
    leave_on_beat(now, PAGE_BEAT)
    return _page(lang, body)


def _body(lang: str, sitting: Sitting | None) -> bytes:
    """What her visit shows. A new code is shown by this answer and no other."""
    today = clock.today()
    if sitting is None:
        return screens.page(lang, screens.Screen("entry"), Progress(), today=today)
    progress = sitting.progress
    visitor, code = progress.visitor(), shown_code(progress)
    found = standing(sitting=sitting, by=visitor) if visitor and not code else None
    screen = screens.screen_of(progress, found, code=code, lang=lang, today=today)
    body = screens.page(lang, screen, progress, today=today)
    if code or clock.now().timestamp() - progress.seen > REFRESH_SECONDS:
        sitting.save()
    return body


def _take(request: HttpRequest, lang: str) -> HttpResponse:
    """One form: out of the door first, then the wave, then the deed."""
    sent, token, now = read(request), _token(request), time.monotonic()
    lang = sent.tongue or lang
    if sent.deed == "leave":
        return _leave(token)
    if lights.is_dark(now):
        return _dark(lang, sent)
    verdict = (codes if sent.deed == "open" else messages).ask(address_of(request), now, ticket=sent.ticket)
    if not verdict.passes:
        return _wait(lang, sent, verdict)
    try:
        if sent.look:
            return _look(sent, lang, token=token)
        token = turns.take(sent, lang, token=token)
    except DARK:
        lights.went_out(now)
        return _dark(lang, sent)
    except BROKEN:
        return _page(lang, screens.kept_page(lang, sent, error="fault", today=clock.today()), 503)
    lights.seen(now)
    if sent.deed == "open":
        leave_on_beat(now, CODE_BEAT)
    return _with_cookie(_back(lang), token)


def _look(sent: Sent, lang: str, *, token: str) -> HttpResponse:
    """Lead to a page she wants to see first, or to this one in the language she asks for (lang, then).

    What she has typed is kept in her visit. Where there is neither a word nor a visit, none is begun.
    """
    to = dialogue(lang) if sent.tongue else places(lang)[sent.look]
    away = HttpResponse(status=303, headers=quiet_headers() | {"Location": to})
    return _with_cookie(away, turns.take(sent, lang, token=token)) if token or sent.draft() else away


def address_of(request: HttpRequest) -> str:
    """The network she comes from, as far as we may trust what is said. Behind a proxy of ours, what it wrote last."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return forwarded or request.META["REMOTE_ADDR"]
    return str(request.META["REMOTE_ADDR"])


def _token(request: HttpRequest) -> str:
    token = request.COOKIES.get(COOKIE, "")
    return token if TOKEN.fullmatch(token) else ""


def _back(lang: str) -> HttpResponse:
    headers = quiet_headers() | {"Location": dialogue(lang), "Cache-Control": "no-store, no-transform"}
    return HttpResponse(status=303, headers=headers)


def _page(lang: str, body: bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(body, status=status, headers=screens.headers(lang))


def _dark(lang: str, sent: Sent) -> HttpResponse:
    """Kindly: it can't be reached, here is whom to call, and nothing that was typed is lost."""
    answer = _page(lang, screens.kept_page(lang, sent, error="unavailable", today=clock.today()), 503)
    return _with_retry(answer, 10)


def _wait(lang: str, sent: Sent, verdict: Verdict) -> HttpResponse:
    """Too many at once. Nothing is stored: what was typed stands in the answer, with a ticket for later."""
    error = "code_busy" if sent.deed == "open" else "busy"
    body = screens.kept_page(
        lang, sent, error=error, today=clock.today(), ticket=verdict.ticket, seconds=verdict.seconds
    )
    return _with_retry(_page(lang, body, 429), verdict.seconds)


def _with_retry(answer: HttpResponse, seconds: int) -> HttpResponse:
    answer["Retry-After"] = str(seconds)
    return answer


def _with_cookie(answer: HttpResponse, token: str) -> HttpResponse:
    """Every answer to a form sets it alike; it goes with the browser's window."""
    answer.set_cookie(COOKIE, token, path="/", httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def _leave(token: str) -> HttpResponse:
    """Out, whatever the database says."""
    end_visit(token)
    answer = HttpResponse(status=303, headers=leaving_headers(settings.LYKTA_EXIT_URL))
    answer.delete_cookie(COOKIE, path="/", samesite="Strict")
    return answer


def end_visit(token: str) -> None:
    """End the visit of a cookie's token, if it is one. A database that fails must stop nobody from leaving."""
    now = time.monotonic()
    if not TOKEN.fullmatch(token) or lights.is_dark(now):
        return
    try:
        browser = visits.held(token)
        with door("public", visit=browser.row):
            visits.end(browser)
    except DARK:
        lights.went_out(now)
    except BROKEN:
        return  # the cookie goes all the same, and the row with its day
