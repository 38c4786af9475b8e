"""The page of the chains: whether the log is whole, and when its anchor last left the house."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lykta.access.doors import door
from lykta.access.enums import Permission
from lykta.access.rules import Actor
from lykta.audit import actions
from lykta.audit.enums import Act
from lykta.audit.queries import ChainReport, verify
from lykta.audit.rules import Break
from lykta.audit.sending import file_name
from lykta.core import clock
from lykta.desk.log.chain_queries import WALKED_AT_ONCE, chains


@door(Permission.LOG_VERIFY)
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The chains. POST walks them now, where they are short enough to wait for, and shows what was found once."""
    if request.method == "POST":
        return _walk(request, actor)
    walked, walked_at = request.session.pop("log_walked", None), None
    if walked:
        walked_at = clock.now().fromtimestamp(walked["at"], clock.STOCKHOLM)
        walked = [_report(*row) for row in walked["rows"]]
    shown = chains(actor, walked=walked, walked_at=walked_at)
    said = {"here": "house", "tab": "chains", "log": shown, "short": shown.rows <= WALKED_AT_ONCE, "walked": walked}
    return render(request, "desk/log/chains.html", said)


def _walk(request: HttpRequest, actor: Actor) -> HttpResponse:
    if chains(actor).rows <= WALKED_AT_ONCE:
        reports = verify(actor.centre)
        rows = [
            (r.chain, r.rows, r.broken.seq if r.broken else None, r.broken.what if r.broken else "") for r in reports
        ]
        request.session["log_walked"] = {"at": clock.now().timestamp(), "rows": rows}
        actions.record(Act.LOG_CHECKED, count=0, reason="broken" if any(r.broken for r in reports) else "whole")
    return HttpResponseRedirect(reverse("log_chains"), status=303)


def _report(chain: str, rows: int, seq: int | None, what: str) -> ChainReport:
    return ChainReport(chain, rows, None if seq is None else Break(seq, what))


@require_POST
@door(Permission.LOG_VERIFY)
def take_anchor(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The anchor as it stands now, as a file to keep outside the house."""
    today = clock.today()
    lines = actions.take_anchor(by=actor.member, centre=actor.centre, on=today)
    response = HttpResponse(lines, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(today)}"'
    return response
