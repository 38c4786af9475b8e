"""The body of a request that is more than we take in."""

from contextlib import suppress

from django.http import HttpRequest, UnreadablePostError

DRAINED_BYTES = 32 * 1024 * 1024


def drain(request: HttpRequest) -> None:
    """Read the rest of it, up to a bound: a browser cut off while sending shows no answer."""
    left = DRAINED_BYTES
    with suppress(UnreadablePostError):
        while left > 0 and (read_now := len(request.read(65_536))):
            left -= read_now
