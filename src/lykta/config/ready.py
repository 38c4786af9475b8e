"""/readyz: whether the house can do its work, for a load balancer or a watchman. /healthz is answered before Django."""

import time

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse

from lykta.core.doors import DOORS, door
from lykta.core.lights import lights

OWN_DOOR = settings.LYKTA_DOOR if settings.LYKTA_DOOR in DOORS else "public"


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database lets us through a door, 503 when it does not. Tells nothing else."""
    if lights.is_dark(time.monotonic()):
        return _plain("dark\n", 503)
    try:
        with door(OWN_DOOR), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return _plain("dark\n", 503)
    return _plain("ready\n", 200)


def _plain(text: str, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8", headers=headers)
