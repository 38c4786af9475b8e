"""Writing in the log, and about its checks and anchors."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from lykta.audit import anchor
from lykta.audit.enums import Act, Trouble, Way
from lykta.audit.models import Check, Sending
from lykta.audit.outside import signed
from lykta.audit.queries import ChainReport, heads
from lykta.core import clock


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


def keep_reports(*, centre: UUID, reports: list[ChainReport]) -> None:
    """Keep what a walk through the chains found, for the page that shows it."""
    Check.objects.bulk_create(
        Check(
            centre_id=centre,
            chain=report.chain,
            at=clock.now(),
            rows=report.rows,
            broken_seq=report.broken.seq if report.broken else None,
            broken_what=report.broken.what if report.broken else "",
        )
        for report in reports
    )


def anchor_lines(*, centre: UUID, on: date) -> str:
    """The anchor as it stands now, signed; "" while no chain has a row."""
    return signed(settings.LYKTA_ANCHOR_SEED, str(centre), heads(centre), on=on)


def note_sending(*, centre: UUID, on: date, way: Way, lines: str, trouble: Trouble | None) -> None:
    """Write how a try to send the day's anchor went; an event only when it has arrived."""
    said = {"at": clock.now(), "trouble": trouble.value if trouble else "", "lines": "" if trouble else lines}
    earlier = Sending.objects.filter(centre_id=centre, on=on, way=way).first()
    if earlier is None:
        Sending.objects.create(centre_id=centre, on=on, way=way, **said)
    else:
        Sending.objects.filter(id=earlier.id).update(tries=earlier.tries + 1, **said)
    if not trouble:
        record(Act.ANCHOR_SENT, reason=way.value)


def take_anchor(*, by: UUID, centre: UUID, on: date) -> str:
    """Give a member the anchor as it stands now, to keep outside the house. Gives the lines."""
    lines = anchor_lines(centre=centre, on=on)
    Sending.objects.create(centre_id=centre, on=on, way=Way.TAKEN, at=clock.now(), lines=lines, by=by)
    record(Act.ANCHOR_TAKEN, reason=Way.TAKEN.value)
    return lines
