"""Jobs of the contact room, run by the worker in its own door."""

from procrastinate.contrib.django import app

from lykta.catalogue.queries import live_catalogue, whole_limit
from lykta.contact.forgetting import forget, forget_calls
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
            dialogue_days=whole_limit(catalogue, "dialogue_keep_days", today),
            reply_days=whole_limit(catalogue, "reply_keep_days", today),
        )
        forget_calls(
            on=today,
            note_days=whole_limit(catalogue, "call_note_keep_days", today),
            call_days=whole_limit(catalogue, "call_keep_days", today),
        )
