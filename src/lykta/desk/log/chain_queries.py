"""How the chains stand: what the last walk found, and what has left the house."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from lykta.access.rules import Actor
from lykta.audit import outside, said
from lykta.audit.enums import Trouble, Way
from lykta.audit.models import Sending
from lykta.audit.queries import ChainReport, heads, last_arrived, latest_checks, latest_sendings
from lykta.audit.sending import ways
from lykta.people.queries import names_of

WALKED_AT_ONCE = 200_000
"""Rows that are walked while somebody waits: some seconds. A longer log is walked at night or by the command."""


@dataclass(frozen=True)
class Chain:
    """One chain as the page shows it. anchored: the last row that something outside the house vouches for; 0: none."""

    name: str
    label: str
    rows: int
    anchored: int
    checked_at: datetime | None
    broken_seq: int | None
    broken_what: str

    @property
    def since_anchor(self) -> int:
        """Rows that only the house itself vouches for."""
        return self.rows - self.anchored


@dataclass(frozen=True)
class Sent:
    """One try to send the anchor, as it is told."""

    on: date
    at: datetime
    way: str
    trouble: str
    tries: int


@dataclass(frozen=True)
class Chains:
    """Everything on the page."""

    chains: list[Chain]
    sent: list[Sent]
    last: Sent | None
    ways: list[str]
    key: str

    @property
    def rows(self) -> int:
        """All events."""
        return sum(chain.rows for chain in self.chains)

    @property
    def broken(self) -> list[Chain]:
        """The chains in which the last walk found a break."""
        return [chain for chain in self.chains if chain.broken_seq is not None]

    @property
    def checked_at(self) -> datetime | None:
        """The oldest of the last walks; None where a chain with rows was never walked."""
        walked = [chain.checked_at for chain in self.chains if chain.rows]
        return min((at for at in walked if at), default=None) if all(walked) else None


WAYS = {Way.FOLDER: "mappen utanför huset", Way.MAIL: "brev", Way.TAKEN: "hämtat som fil"}
TROUBLES = {
    Trouble.FOLDER_AWAY: "mappen fanns inte där",
    Trouble.NOT_WRITTEN: "mappen gick inte att skriva i",
    Trouble.NO_ANSWER: "brevlådan svarade inte",
    Trouble.REFUSED: "brevlådan tog inte emot",
}


def chains(actor: Actor, *, walked: list[ChainReport] | None = None, walked_at: datetime | None = None) -> Chains:
    """How the chains stand. walked: a walk just made, which is newer than the worker's last."""
    checks, last = latest_checks(actor.centre), last_arrived(actor.centre)
    anchored = _anchored(actor, last)
    shown = []
    for name, (rows, _) in heads(actor.centre).items():
        check, report = checks.get(name), next((r for r in walked or () if r.chain == name), None)
        at, seq, what = (check.at, check.broken_seq, check.broken_what) if check else (None, None, "")
        if report:
            broken = report.broken
            at, seq, what = walked_at, broken.seq if broken else None, broken.what if broken else ""
        shown.append(Chain(name, said.CHAINS[name], rows, anchored.get(name, 0), at, seq, what))
    names = names_of(actor)
    return Chains(
        chains=shown,
        sent=[_sent(row, names) for row in latest_sendings(actor.centre)],
        last=_sent(last, names) if last else None,
        ways=[WAYS[way] for way in ways()],
        key=outside.public_key(settings.LYKTA_ANCHOR_SEED),
    )


def _anchored(actor: Actor, last: Sending | None) -> dict[str, int]:
    """Last row by chain in the newest anchor that left the house; nothing where it is not of the key there is now."""
    if last is None:
        return {}
    key = outside.public_key(settings.LYKTA_ANCHOR_SEED)
    try:
        return {a.chain: a.seq for a in outside.parse(last.lines, centre=str(actor.centre), key=key)}
    except outside.AnchorError:
        return {}


def _sent(row: Sending, names: dict[UUID, str]) -> Sent:
    way = WAYS[Way(row.way)]
    if row.by is not None:
        way += f" av {names.get(row.by, 'en tidigare medarbetare')}"
    return Sent(row.on, row.at, way, TROUBLES[Trouble(row.trouble)] if row.trouble else "", row.tries)
