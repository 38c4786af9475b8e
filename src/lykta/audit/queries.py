"""Reading the log: to verify it, and to show that it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

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


def chain_rows(centre: UUID, chain: str) -> Iterator[Row]:
    """A chain's rows in order, as they are hashed. `at` is rebuilt exactly as the database wrote it."""
    events = Event.objects.filter(centre_id=centre, chain=chain).order_by("seq")
    for e in events.iterator(chunk_size=2000):
        yield Row(
            e.seq,
            e.at.strftime("%Y-%m-%dT%H:%M"),
            str(e.actor or ""),
            e.act,
            str(e.object or ""),
            e.reason,
            e.count,
            bytes(e.previous),
            bytes(e.hash),
        )


def verify(centre: UUID) -> list[ChainReport]:
    """Walk every chain of the centre. The caller must be let in by the policies (worker, or staff with an actor)."""
    return [_verify_chain(centre, chain) for chain in Chain]


def _verify_chain(centre: UUID, chain: Chain) -> ChainReport:
    head = Head.objects.filter(centre_id=centre, chain=chain).first()
    said = (head.seq, bytes(head.hash)) if head else (0, START)
    rows = Event.objects.filter(centre_id=centre, chain=chain).count()
    broken = first_break(str(centre), chain, chain_rows(centre, chain), head=said, anchor=anchor.read(centre, chain))
    return ChainReport(chain.value, rows, broken)
