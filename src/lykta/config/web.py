"""The web server's process: Granian, on a socket that `lykta serve` listens with and hands over.

The socket outlives this process, so that a newer one can take its place while people wait in the same queue.
Arguments: number of the socket, number of a pipe on which each worker says that it is ready, number of workers.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from granian._internal import load_target
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined]  # re-exported, but does not say so
from granian.server.mp import MPServer

APPLICATION = "lykta.config.wsgi:application"
BACKLOG = 1024
THREADS = 8
SET_PARENT_DEATH_SIGNAL, SET_DUMPABLE = 1, 4  # of prctl(2)


class Handed(MPServer):
    """Granian with a socket that is open already, one for all its workers."""

    def __init__(self, socket: int, workers: int) -> None:
        super().__init__(
            APPLICATION,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=workers,
            blocking_threads=THREADS,
            backlog=BACKLOG,
            log_level=LogLevels.error,
            log_access=False,  # it would tell who was here
            respawn_failed_workers=True,
        )
        self._handed = socket

    def _init_shared_socket(self) -> None:
        """In place of a socket for each worker, whose queue would be lost with it."""
        held: Any = SocketHolder(self._handed, False, BACKLOG)  # type: ignore[call-arg]  # Granian's types lack it
        self.__dict__.update(_ssp=None, _sso=None, _shd=held, _sfd=self._handed)


def loader(ready: int) -> Callable[[str], Any]:
    """What each worker loads the application with, and says that it is ready on the pipe."""

    def load(target: str) -> Any:
        _end_with_parent()
        application = load_target(target)
        with suppress(BrokenPipeError):  # a worker that takes a fallen one's place: nobody waits to hear of it
            os.write(ready, b".")
        return application

    return load


def _end_with_parent() -> None:
    """On Linux: a worker ends with Granian, and nobody may read its memory, not even by a crash's file."""
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        system.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        system.prctl(SET_DUMPABLE, 0)


if __name__ == "__main__":
    given, pipe, count = map(int, sys.argv[1:])
    Handed(given, count).serve(target_loader=loader(pipe))
