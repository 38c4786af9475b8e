"""Jobs of the contact room, run by the worker in its own door."""

from datetime import date

from procrastinate.contrib.django import app

from lykta.catalogue.queries import live_catalogue
from lykta.catalogue.rules import Catalogue
from lykta.catalogue.source import read_catalogue
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
            dialogue_days=_days("dialogue_keep_days", catalogue, today),
            reply_days=_days("reply_keep_days", catalogue, today),
        )
        forget_calls(
            on=today,
            note_days=_days("call_note_keep_days", catalogue, today),
            call_days=_days("call_keep_days", catalogue, today),
        )


def _days(limit: str, catalogue: Catalogue, on: date) -> int:
    """A limit of the house; the repository's where the centre's own catalogue is from before there was one."""
    try:
        return int(catalogue.house_limit(limit, on))
    except KeyError:
        return int(read_catalogue().house_limit(limit, on))
