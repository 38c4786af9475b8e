"""Is the database there? Asked quickly and remembered for a few seconds, so that nobody waits before a dark house."""

import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import InterfaceError, InternalError, OperationalError, connection

DARK = (OperationalError, InterfaceError, InternalError)
"""What Django raises when the database can't be reached, is full, read-only or shutting down."""

DARK_SECONDS = 3.0
TRUST_SECONDS = 0.5
KNOCK_SECONDS = 1.0


def knock(database: Mapping[str, Any]) -> bool:
    """Does anybody listen where the database should be? Nothing is sent."""
    host, port = str(database["HOST"]), int(database["PORT"] or 5432)
    try:
        if not host.startswith("/"):
            socket.create_connection((host, port), KNOCK_SECONDS).close()
            return True
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(KNOCK_SECONDS)
            line.connect(f"{host}/.s.PGSQL.{port}")
        return True
    except OSError:
        return False


@dataclass
class Lights:
    """What is known about the database. Times are seconds of a clock that never goes back, passed in."""

    knock: Callable[[], bool]
    _seen_at: float = float("-inf")
    _dark_until: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_dark(self, now: float) -> bool:
        """Knocks only when the database has neither answered nor failed lately."""
        with self._lock:
            if now < self._dark_until:
                return True
            if now - self._seen_at < TRUST_SECONDS:
                return False
        if not self.knock():
            self.went_out(now)
            return True
        self.seen(now)
        return False

    def seen(self, now: float) -> None:
        """It answered."""
        with self._lock:
            self._seen_at = now

    def went_out(self, now: float) -> None:
        """It failed: for a few seconds nobody tries."""
        with self._lock:
            self._dark_until = now + DARK_SECONDS


lights = Lights(lambda: knock(connection.settings_dict))
"""What this process knows of its database; every door asks the same."""
