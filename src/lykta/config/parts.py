"""The processes of a lit house, and how one takes another's place."""

import ctypes
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from lykta.config.ground import GroundError

READY_SECONDS = 60
STOP_SECONDS = 8
REST_SECONDS = 5
"""Least time between two starts of the same part, so that a part that can't live does not eat the machine."""
BACKLOG = 1024
MOST_FILES = 65_536


class Renewable(Protocol):
    """Something that runs, and can be put in its own place."""

    def start(self) -> None:
        """Start it, unless it lives."""

    def renew(self) -> None:
        """Start it anew from the code as it is now."""

    def ended(self) -> int | None:
        """Exit status, or None while it lives or was never started."""

    def rested(self) -> bool:
        """Is it long enough since the last start to try again?"""

    def stop(self) -> None:
        """End it in good order."""


class Part:
    """One process of the house."""

    def __init__(self, command: Sequence[str], surroundings: Mapping[str, str], hand_over: Sequence[int] = ()) -> None:
        """command: a module of Python's and its arguments. hand_over: numbers of open files the process is to have."""
        self._command, self._surroundings, self._hand_over = command, surroundings, hand_over
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def start(self) -> None:
        """Start the process unless it lives; in a session of its own, so that Ctrl-C comes to us alone."""
        if self._process is not None and self._process.poll() is None:
            return
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", *self._command],
            env=self._surroundings,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=self._hand_over,
            preexec_fn=_die_with_parent,
        )

    def renew(self) -> None:
        """End what runs, and start it anew."""
        self.stop()
        self.start()

    def ended(self) -> int | None:
        """Exit status, or None while it lives or was never started."""
        return self._process.poll() if self._process else None

    def rested(self) -> bool:
        """Is it long enough since the last start to try again?"""
        return time.monotonic() - self._started > REST_SECONDS

    def stop(self) -> None:
        """Ask the process to end, several times (one just starting may not hear it), then end it and its children."""
        if self._process is None:
            return
        for _ in range(STOP_SECONDS):
            if self._process.poll() is not None:
                break
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Web:
    """The web server: a socket that stays open, and the process that answers on it just now."""

    def __init__(self, listener: socket.socket, workers: int, surroundings: Mapping[str, str]) -> None:
        self._listener, self._workers, self._surroundings = listener, workers, surroundings
        self._now: Part | None = None

    def start(self) -> None:
        """Listen, and start it unless it lives. Raises GroundError when it does not get ready."""
        try:
            self._listener.listen(BACKLOG)
        except OSError as why:
            raise GroundError(f"Can't listen ({why.strerror}). Try another port.") from why
        if self._now is None or self._now.ended() is not None:
            self._now = self._ready()

    def renew(self) -> None:
        """Let a new process take over: it answers beside the old one, which then ends what it has begun and leaves.

        Raises GroundError when the new one does not get ready; the old one is then left to serve on.
        """
        old, self._now = self._now, self._ready()
        if old is not None:
            old.stop()

    def ended(self) -> int | None:
        """Exit status, or None while it lives or was never started."""
        return self._now.ended() if self._now else None

    def rested(self) -> bool:
        """Is it long enough since the last start to try again?"""
        return self._now is None or self._now.rested()

    def stop(self) -> None:
        """End what is begun, answer nobody new."""
        if self._now is not None:
            self._now.stop()

    def _ready(self) -> Part:
        """A new process whose workers have all said that they are ready."""
        hears, says = os.pipe()
        number = self._listener.fileno()
        command = ["lykta.config.web", str(number), str(says), str(self._workers)]
        part = Part(command, self._surroundings, hand_over=(number, says))
        try:
            part.start()
            os.close(says)
            _wait_ready(part, hears, self._workers)
        except BaseException:
            part.stop()
            raise
        finally:
            os.close(hears)
        return part


def _wait_ready(part: Part, hears: int, workers: int) -> None:
    """Wait until every worker has written its mark. Raises GroundError."""
    deadline, ready = time.monotonic() + READY_SECONDS, 0
    while ready < workers and part.ended() is None and time.monotonic() < deadline:
        if select.select([hears], [], [], 0.1)[0]:
            ready += len(os.read(hears, workers))
    if ready < workers:
        raise GroundError(f"The server did not get ready within {READY_SECONDS} s, or ended (see above).")


def listener(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that a taken one is told now and not after the database is up.

    Nobody is let in before somebody listens. Raises GroundError.
    """
    bound = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # its connections inherit it: no answer waits
        bound.bind(address)
    except OSError as why:
        if bound:
            bound.close()
        raise GroundError(
            f"Can't listen on {host} port {port} ({why.strerror}). Try another: --port {port + 1}"
        ) from why
    bound.setblocking(False)  # as the server wants it
    return bound


def limit_ourselves() -> None:
    """For us and all our processes: no file of our memory after a crash, and as many open files as we may have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _die_with_parent() -> None:
    """After kill -9 of the parent nothing may keep the port: Linux then sends the child SIGTERM."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
