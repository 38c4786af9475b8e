"""Strong deeds: what an unlocked screen must not suffice for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from lykta.access.rules import Actor
from lykta.core import clock
from lykta.people import drafts
from lykta.people.rules import was_shown_lately

type Guarded[**Rest] = Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponseBase]

SHOWN_AT = "two_factors_at"
AGAIN = "Tack. Ingenting är gjort än. Se efter, och skicka igen."


def strong[**Rest](view: Guarded[Rest]) -> Guarded[Rest]:
    """Ask for the second factor again before a deed, where it was shown more than five minutes ago.

    Stands inside the door, nearest the view:

        @door(Permission.MEMBERS_ADMIT)
        @strong
        def walls(request, actor, member): ...

    Only what is sent is asked for (POST); looking at the form is not. What was typed is kept in the sealed session, and
    after the second factor the member comes back to the page's own address (GET, without its query), where the view
    fills its form with `drafts.take(request)`; she sends it anew. So the form must hold `{% whose %}`, the page must
    answer GET at the same address, and nothing is ever done that she has not seen.
    """

    @wraps(view)
    def asked(request: HttpRequest, actor: Actor, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        shown, now = request.session.get(SHOWN_AT, 0), clock.now().timestamp()
        if request.method != "POST" or was_shown_lately(shown, now=now):
            return view(request, actor, *args, **kwargs)
        if drafts.keep(request):
            request.session["toast"] = AGAIN
        where = urlencode({"next": request.path})
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{where}", status=303)

    return asked


def note_shown(request: HttpRequest) -> None:
    """The second factor has just been shown in this browser."""
    request.session[SHOWN_AT] = clock.now().timestamp()
