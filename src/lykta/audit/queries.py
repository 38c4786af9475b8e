"""Reading the log: to verify it, and to show that it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from lykta.audit import anchor
from lykta.audit.enums import Chain
from lykta.audit.models import Event, Head
from lykta.audit.rules import START, Break, Row, first_break


@dataclass(frozen=True)
class ChainReport:
    """What verification found for one chain: how many rows stand, and the first break if any."""

    chain: str
    rows: int
    broken: Break | None


def chain_rows(centre: UUID, chain: str, *, upto: int) -> Iterator[Row]:
    """A chain's rows in order, as they are hashed: to number `upto`, and any past the head as it is now.

    Rows written since the caller read the head are left out: a log that lives is not broken by it.
    """
    head = Head.objects.filter(centre_id=centre, chain=chain).values("seq")
    events = Event.objects.filter(centre_id=centre, chain=chain).filter(
        Q(seq__lte=upto) | Q(seq__gt=Coalesce(Subquery(head), 0))
    )
    for e in events.order_by("seq").iterator(chunk_size=2000):
        yield Row(
            e.seq,
            _moment(e.at),
            str(e.actor or ""),
            e.act,
            str(e.object or ""),
            e.reason,
            e.count,
            bytes(e.previous),
            bytes(e.hash),
        )


def _moment(at: datetime) -> str:
    """A time as the database hashed it; in full where it is finer than the log writes."""
    return at.isoformat() if at.second or at.microsecond else at.strftime("%Y-%m-%dT%H:%M")


def verify(centre: UUID) -> list[ChainReport]:
    """Walk every chain of the centre. The caller must be let in by the policies (worker, or staff with an actor)."""
    return [_verify_chain(centre, chain) for chain in Chain]


def _verify_chain(centre: UUID, chain: Chain) -> ChainReport:
    anchored = anchor.read(centre, chain)  # first: every line in it is of a row that is there by now
    head = Head.objects.filter(centre_id=centre, chain=chain).first()
    said = (head.seq, bytes(head.hash)) if head else (0, START)
    rows = Event.objects.filter(centre_id=centre, chain=chain).count()
    standing = chain_rows(centre, chain, upto=said[0])
    return ChainReport(chain.value, rows, first_break(str(centre), chain, standing, head=said, anchor=anchored))
