"""The only way into the database: a transaction as one door's role, for one actor, in one centre.

Outside such a transaction the application's login has no right on any table. Inside, PostgreSQL's policies read the
actor and the centre from transaction-local settings, so that nothing said here survives the transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

DOORS = ("public", "agency", "staff", "worker")
# The worker is nobody in particular; its deeds are the house's own.
WORKER = UUID(int=1)
HELD = ("visitor", "case", "visit", "session", "sign_in", "invitation")


class DoorError(Exception):
    """Somebody tried to open a door inside another, or one that does not exist."""


@contextmanager
def door(name: str, *, actor: UUID | None = None, centre: UUID | None = None, **held: str) -> Iterator[None]:
    """Open a transaction as the role of door `name` (public, agency, staff, worker).

    actor: the member, or for the worker any fixed id; without one no row of a centre's own is seen.
    centre: defaults to the installation's centre.
    held: what the caller can show instead of being an actor, as `visit` or `sign_in` (see HELD).
    Raises DoorError for an unknown door or key, and inside another door.
    """
    if name not in DOORS or set(held) - set(HELD):
        raise DoorError(f"no such door or key: {name} {sorted(held)}")
    if connection.in_atomic_block:
        raise DoorError("a door is open already; the outer one decides")
    with transaction.atomic():
        who = {"actor": actor, "centre": centre or settings.LYKTA_CENTRE, **held}
        _set({"role": f"lykta_{name}"} | {f"lykta.{key}": value for key, value in who.items()})
        yield


def become(**values: object) -> None:
    """Set who acts and what is held, for the rest of this transaction. None and '' both mean nobody."""
    _set({f"lykta.{key}": value for key, value in values.items()})


def _set(values: dict[str, object]) -> None:
    """Transaction-local settings, all in one round trip: every request of every door begins with this."""
    texts = [text for key, value in values.items() for text in (key, "" if value is None else str(value))]
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", texts)
