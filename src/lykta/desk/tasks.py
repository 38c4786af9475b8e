"""Jobs of the desk: each morning what stood out in the log, and each month a sample of its readings."""

from datetime import timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.desk.log.actions import draw_month, find_patterns


@app.periodic(cron="12 6 * * *")
@app.task(queueing_lock="desk:review", pass_context=False)
def find_what_stands_out(timestamp: int) -> None:
    """The night is over at six. timestamp: of the schedule."""
    today = clock.today()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    with door("worker", actor=WORKER):
        find_patterns(centre=settings.LYKTA_CENTRE, today=today)
        draw_month(centre=settings.LYKTA_CENTRE, month=month)
