"""Tries to get in, counted for all processes together: Django's cache, as allauth uses it for limits and used codes.

Each try is a row of its own, so that two processes never overwrite each other's count. A row bears a keyed hash of what
was tried, under a key that changes with the day and stands outside the database, and goes with its window. The table
is unlogged: no row of it comes into a backup or an archive of changes; after a crash it is empty.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from lykta.core import clock
from lykta.core.doors import become
from lykta.people.models import Try

LOCK = ":lock"
CODE_SECONDS = 120
"""How long a used code stays used: longer than it could be shown again (three periods of thirty seconds)."""


class Tries(BaseCache):
    """Two kinds of values: a list of moments (allauth's histories), and a mark that is set once (used codes).

    Must be used inside the staff door; every reading is of named keys only.
    """

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The moments under this key that still count, latest first; default where there are none."""
        moments = _living(key).values_list("moment", flat=True)
        return sorted(moments, reverse=True) or default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Make the moments under this key the given ones: new ones are added, those taken back go.

        What another process counted meanwhile stays.
        """
        before = set(_living(key).values_list("moment", flat=True))
        _living(key).filter(moment__in=before - set(value)).delete()
        _add(key, sorted(set(value) - before), timeout)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set a mark; False where it is set already, also by a request that has not ended yet: then it is waited for.

        Locks are given to everybody: rows of their own need none.
        """
        if key.endswith(LOCK):
            return True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_name(key, clock.today())])
        if _living(key).exists():
            return False
        _add(key, [clock.now().timestamp()], max(timeout, CODE_SECONDS))
        return True

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget what is counted under this key."""
        return not key.endswith(LOCK) and bool(_living(key).delete()[0])


def _name(key: str, on: date) -> str:
    """The keyed hash that stands for a key on one day."""
    salt = hmac.digest(settings.SECRET_KEY.encode(), f"tries {on}".encode(), hashlib.sha256)
    return hmac.digest(salt, key.encode(), hashlib.sha256).hex()


def _living(key: str) -> Any:
    """Rows under the key that still count. At midnight the name changes, so yesterday's is looked under as well."""
    today = clock.today()
    names = [_name(key, day) for day in (today, today - timedelta(days=1))]
    become(tried=",".join(names))
    return Try.objects.filter(key__in=names, until_at__gt=clock.now())


def _add(key: str, moments: Iterable[float], seconds: float) -> None:
    """Write the moments, each until its seconds are over. What has run out is taken away by the worker."""
    for moment in moments:
        Try.objects.create(
            centre_id=settings.LYKTA_CENTRE,
            key=_name(key, clock.today()),
            moment=moment,
            until_at=datetime.fromtimestamp(moment, UTC) + timedelta(seconds=seconds),
        )
