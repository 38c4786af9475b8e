"""Jobs about the log: every night it is walked from its beginning."""

import logging

from django.conf import settings
from procrastinate.contrib.django import app

from lykta.audit.queries import verify
from lykta.core.doors import WORKER, door

log = logging.getLogger(__name__)


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="audit:verify", pass_context=False)
def verify_the_log(timestamp: int) -> None:
    """A break is said in the server's own log, where whoever runs the house sees it. timestamp: of the schedule."""
    with door("worker", actor=WORKER):
        broken = [report for report in verify(settings.LYKTA_CENTRE) if report.broken]
    if broken:
        log.error("the log is broken; run lykta verify-log")
