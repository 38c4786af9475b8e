"""Jobs of the public room, run by the worker in its own door."""

from procrastinate.contrib.django import app

from lykta.catalogue.reading import CatalogueError
from lykta.core.doors import WORKER, door
from lykta.public.actions import catch_up, end_time, publish_due, renew
from lykta.public.content import PageFault
from lykta.public.enums import TimedState
from lykta.public.errors import NoRoom, NothingNew, NotOpen
from lykta.public.queries import waiting_time

WHY: dict[type[Exception], str] = {
    NotOpen: "Centrumet är inte öppet för allmänheten. Allt som är klart visas när det öppnar.",
    NothingNew: "Det fanns inget nytt att publicera.",
    NoRoom: "Disken är full eller går inte att skriva på. Sidorna är som de var.",
    PageFault: "En text nämner något som inte finns. Sidan Publicera säger vilken. Sidorna är som de var.",
    CatalogueError: "Tjänsterna går inte att läsa. Sidorna är som de var.",
}


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="public:due", pass_context=False)
def publish_what_is_due(timestamp: int) -> None:
    """Every ten seconds: what is set for a time, and what a process that died left half done. timestamp: of the
    schedule. The set time is a row, so that no restart can lose it; one that came while the house was dark is late.
    """
    with door("worker", actor=WORKER):
        if not catch_up():
            renew()
    try:
        with door("worker", actor=WORKER):
            publish_due()
    except (NotOpen, NothingNew, NoRoom, PageFault, CatalogueError) as why:
        with door("worker", actor=WORKER):
            timed = waiting_time()
            if timed:
                state = TimedState.DONE if isinstance(why, NothingNew) else TimedState.FAILED
                end_time(timed, state, WHY[type(why)])


@app.periodic(cron="1 0 * * *")
@app.task(queueing_lock="public:renew", pass_context=False)
def begin_the_day(timestamp: int) -> None:
    """After midnight: what holds from a day or until one follows the calendar. timestamp: of the schedule."""
    with door("worker", actor=WORKER):
        renew()
