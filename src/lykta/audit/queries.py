"""Reading the log: to verify it, and to show that it is whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from lykta.audit import anchor
from lykta.audit.enums import Chain
from lykta.audit.models import Check, Event, Head, Sending
from lykta.audit.outside import Anchor, points
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
        yield row_of(e)


def row_of(e: Event) -> Row:
    """An event as it is hashed."""
    return Row(
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


def verify(centre: UUID, *, outside: Sequence[Anchor] = ()) -> list[ChainReport]:
    """Walk every chain of the centre. The caller must be let in by the policies (worker, or staff with an actor).

    outside: anchors that come back from outside the house, their signatures checked.
    """
    return [_verify_chain(centre, chain, points(outside, chain)) for chain in Chain]


def _verify_chain(centre: UUID, chain: Chain, outside: dict[int, bytes]) -> ChainReport:
    anchored = anchor.read(centre, chain)  # first: every line in it is of a row that is there by now
    head = Head.objects.filter(centre_id=centre, chain=chain).first()
    said = (head.seq, bytes(head.hash)) if head else (0, START)
    rows = Event.objects.filter(centre_id=centre, chain=chain).count()
    standing = chain_rows(centre, chain, upto=said[0])
    broken = first_break(str(centre), chain, standing, head=said, anchor=anchored, outside=outside)
    return ChainReport(chain.value, rows, broken)


def heads(centre: UUID) -> dict[str, tuple[int, bytes]]:
    """Last number and hash of each chain, in the order of Chain; (0, START) for an empty one."""
    held = {h.chain: (h.seq, bytes(h.hash)) for h in Head.objects.filter(centre_id=centre)}
    return {chain.value: held.get(chain.value, (0, START)) for chain in Chain}


def latest_checks(centre: UUID) -> dict[str, Check]:
    """What the worker's last walk found in each chain; empty before the first night."""
    rows = Check.objects.filter(centre_id=centre).order_by("chain", "-at").distinct("chain")
    return {check.chain: check for check in rows}


def latest_sendings(centre: UUID) -> list[Sending]:
    """The anchor's last ways out, newest first: twelve of them."""
    return list(Sending.objects.filter(centre_id=centre).order_by("-on", "-at")[:12])


def last_arrived(centre: UUID) -> Sending | None:
    """The newest anchor that is known to have left the house."""
    return Sending.objects.filter(centre_id=centre, trouble="").order_by("-on", "-at").first()
