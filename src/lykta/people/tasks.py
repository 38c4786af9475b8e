"""Jobs about members: sessions past their nine hours, tries past their window."""

from procrastinate.contrib.django import app

from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.people.models import Try
from lykta.people.sessions import SessionStore


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="people:sessions", pass_context=False)
def end_old_sessions(timestamp: int) -> None:
    """Destroy sealed sessions whose time is over. timestamp: of the schedule."""
    with door("worker", actor=WORKER):
        SessionStore.clear_expired()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="people:tries", pass_context=False)
def forget_old_tries(timestamp: int) -> None:
    """Destroy what is left of tries that no longer count. timestamp: of the schedule."""
    with door("worker", actor=WORKER):
        Try.objects.filter(until_at__lte=clock.now()).delete()
