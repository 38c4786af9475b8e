"""Jobs about the log: every night it is walked from its beginning, and every day its anchor leaves the house."""

import logging

from django.conf import settings
from procrastinate.contrib.django import app

from lykta.audit import sending
from lykta.audit.actions import anchor_lines, keep_reports, note_sending
from lykta.audit.models import Sending
from lykta.audit.queries import verify
from lykta.core import clock
from lykta.core.doors import WORKER, door

log = logging.getLogger(__name__)


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="audit:verify", pass_context=False)
def verify_the_log(timestamp: int) -> None:
    """A break stands on the page of the chains, and in the server's own log, where whoever runs the house sees it.

    timestamp: of the schedule.
    """
    with door("worker", actor=WORKER):
        reports = verify(settings.LYKTA_CENTRE)
        keep_reports(centre=settings.LYKTA_CENTRE, reports=reports)
    if any(report.broken for report in reports):
        log.error("the log is broken; run lykta verify-log")


@app.periodic(cron="29 * * * *")
@app.task(queueing_lock="audit:anchor", pass_context=False)
def send_the_anchor(timestamp: int) -> None:
    """Once a day each way; what did not arrive is tried again every hour. timestamp: of the schedule."""
    centre, today = settings.LYKTA_CENTRE, clock.today()
    with door("worker", actor=WORKER):
        arrived = set(Sending.objects.filter(on=today, trouble="").values_list("way", flat=True))
        due = [way for way in sending.ways() if way not in arrived]
        lines = anchor_lines(centre=centre, on=today) if due else ""
    for way in due if lines else ():
        trouble = None
        try:
            sending.send(way, lines, on=today)
        except sending.NotSent as why:
            trouble = why.trouble
            log.error("the log's anchor did not leave the house; see the page of the chains")
        with door("worker", actor=WORKER):
            note_sending(centre=centre, on=today, way=way, lines=lines, trouble=trouble)
