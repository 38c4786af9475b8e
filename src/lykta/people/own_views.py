"""What a member does about her own account besides her second factors: her browsers."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.people.browsers import end_browser, end_others
from lykta.people.member_views import done


@door(Permission.OWN_ACCOUNT)
def browsers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Sign one of her other browsers out, all others, or all of them with this one."""
    account, here = reverse("account"), request.session.session_key or ""
    deed = request.POST.get("deed", "")
    if deed == "one":
        gone = end_browser(by=actor, row=request.POST.get("row", "")[:64])
        return done(request, account, "Den är utloggad." if gone else "Den var redan utloggad.")
    if deed in ("others", "all"):
        ended = end_others(by=actor, here=here)
        if deed == "others":
            return done(request, account, "Alla andra är utloggade." if ended else "Du är bara inloggad här.")
        logout(request)
        return HttpResponseRedirect(reverse("account_login"), status=303)
    return HttpResponseRedirect(account, status=303)
