"""Jobs about members: sessions past their nine hours."""

from procrastinate.contrib.django import app

from lykta.core.doors import WORKER, door
from lykta.people.sessions import SessionStore


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="people:sessions", pass_context=False)
def end_old_sessions(timestamp: int) -> None:
    """Destroy sealed sessions whose time is over. timestamp: of the schedule."""
    with door("worker", actor=WORKER):
        SessionStore.clear_expired()
