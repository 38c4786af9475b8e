"""Writing in the log."""

from uuid import UUID

from django.db import connection, transaction

from lykta.audit import anchor
from lykta.audit.enums import Act


def record(act: Act, *, object: UUID | None = None, reason: str = "", count: int = 0) -> None:
    """Write one event of the present actor, in the present transaction; call it last, since it holds the chain.

    reason: a code of at most 40 signs, never a person's words. count: sealed values opened, for a reading.
    The day or minute, the chain and the hash are set by the database itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT centre, chain, seq, hash FROM lykta_record(%s, %s, %s, %s)", [act.value, object, reason, count]
        )
        centre, chain, seq, digest = cursor.fetchone()
    anchored(centre, chain, seq, bytes(digest))


def anchored(centre: UUID, chain: str, seq: int, digest: bytes) -> None:
    """Anchor an event that the database wrote, once it is kept; for deeds whose event a database function writes."""
    transaction.on_commit(lambda: anchor.drop(centre, chain, seq, digest))
