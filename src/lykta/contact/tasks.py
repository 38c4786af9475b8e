"""Jobs of the contact room, run by the worker in its own door."""

from procrastinate.contrib.django import app

from lykta.catalogue.queries import live_catalogue
from lykta.contact.forgetting import forget
from lykta.core import clock
from lykta.core.doors import WORKER, door


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="contact:forget", pass_context=False)
def forget_what_is_due(timestamp: int) -> None:
    """Every hour, so that a night when the house was dark delays nothing for a day. timestamp: of the schedule."""
    today = clock.today()
    with door("worker", actor=WORKER):
        catalogue = live_catalogue()
        forget(
            on=today,
            dialogue_days=int(catalogue.house_limit("dialogue_keep_days", today)),
            reply_days=int(catalogue.house_limit("reply_keep_days", today)),
        )
