"""A wave of messages is slowed down without knowing anybody: fair, forgetful, and only in memory.

Each network has a bucket that fills slowly. Whoever meets an empty one is given a ticket and asked to wait; after the
wait the ticket lets her through by a second bucket, so that people behind the same address as a program that floods
get their turn. Nothing is stored: an address is only a keyed hash under a salt of the day, forgotten after ten idle
minutes.
"""

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

REFILL = 0.5
"""Messages a second that an emptied bucket gets back."""
WAITED = 30
"""Size of the bucket for those who have waited."""
TICKET_FROM, TICKET_UNTIL = 20, 600
"""Seconds: a ticket is good when it is at least so old, and no longer than that."""
FORGET = 600
SALT_SECONDS = 86_400
MOST_NETWORKS = 50_000
CODES_EACH, CODES_ALL, CODES_REFILL = 1 / 6, 10 / 6, 8.0
"""Codes one network, and all together, may try at once, as a share of the messages one network may send; and codes a
second that all together get back. Guessing is hopeless anyhow; this spares the processor."""


@dataclass
class Bucket:
    """Tokens that come back with time. at: when `left` held."""

    size: float
    refill: float
    left: float
    at: float

    def level(self, now: float) -> float:
        """Tokens there are now."""
        return min(self.size, self.left + max(0.0, now - self.at) * self.refill)

    def take(self, now: float) -> None:
        """Take one; level() has been asked first."""
        self.left, self.at = self.level(now) - 1, now

    def wait(self, now: float) -> float:
        """Seconds until there is one."""
        return max(0.0, (1 - self.level(now)) / self.refill)


def full(size: float, refill: float, now: float) -> Bucket:
    """A bucket nobody has taken from."""
    return Bucket(size, refill, size, now)


@dataclass(frozen=True)
class Verdict:
    """Whether to go on; else how many seconds to wait, and the ticket to show then."""

    passes: bool
    seconds: int = 0
    ticket: str = ""


@dataclass
class Lane:
    """What one network has left: for those who come, and for those who have waited."""

    first: Bucket
    waited: Bucket

    def at(self) -> float:
        """When it was last used."""
        return max(self.first.at, self.waited.at)


def network(address: str) -> str:
    """What counts as one network: an IPv4 address, or the 64 first bits of an IPv6 one. Odd text is its own."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or int(known) >> 64)
    return str(known)


@dataclass
class Flood:
    """One kind of wave. burst: what a network may send at once. shared: bucket sizes all networks share, if any.

    Times are seconds of a clock that never goes back, passed in. Safe for many threads.
    """

    burst: int
    shared: tuple[float, float] | None = None
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _salted_at: float | None = None
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _lanes: dict[bytes, Lane] = field(default_factory=dict, repr=False)
    _used: dict[str, float] = field(default_factory=dict, repr=False)
    _all: Lane | None = field(default=None, repr=False)
    _swept_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def ask(self, address: str, now: float, *, ticket: str = "") -> Verdict:
        """May whoever comes from this address go on? ticket: what an earlier verdict gave, or ""."""
        with self._lock:
            self._forget(now)
            key = self._key(address)
            lanes = [self._lanes.get(key) or self._new_lane(key, now)]
            if self.shared:
                self._all = self._all or self._lane(*self.shared, now)
                lanes.append(self._all)
            return self._pass([lane.first for lane in lanes], now) or self._by_ticket(key, lanes, ticket, now)

    def remembers(self) -> int:
        """How many networks are remembered now."""
        return len(self._lanes)

    def _pass(self, buckets: list[Bucket], now: float) -> Verdict | None:
        if any(bucket.level(now) < 1 for bucket in buckets):
            return None
        for bucket in buckets:
            bucket.take(now)
        return Verdict(True)

    def _by_ticket(self, key: bytes, lanes: list[Lane], ticket: str, now: float) -> Verdict:
        """A sound ticket is kept until it has let somebody through; any other is replaced."""
        issued = self._issued(key, ticket, now)
        if issued is None:
            return Verdict(False, TICKET_FROM, self._new_ticket(key, now))
        if (age := now - issued) < TICKET_FROM:
            return Verdict(False, _seconds(TICKET_FROM - age), ticket)
        buckets = [lane.waited for lane in lanes]
        if verdict := self._pass(buckets, now):
            self._used[ticket] = now
            return verdict
        return Verdict(False, _seconds(max(bucket.wait(now) for bucket in buckets)), ticket)

    def _new_ticket(self, key: bytes, now: float) -> str:
        words = f"{now:.0f}.{secrets.token_hex(8)}"
        return f"{words}.{self._sign(key, words)}"

    def _issued(self, key: bytes, ticket: str, now: float) -> float | None:
        """When a ticket of this network was given; None for one that is foreign, forged, used or too old."""
        words, _, signature = ticket.rpartition(".")
        if not hmac.compare_digest(self._sign(key, words).encode(), signature.encode()) or ticket in self._used:
            return None
        issued = float(words.partition(".")[0])
        return issued if now - issued <= TICKET_UNTIL else None

    def _sign(self, key: bytes, words: str) -> str:
        return hmac.new(self._secret, key + words.encode(), sha256).hexdigest()

    def _key(self, address: str) -> bytes:
        return hmac.new(self._salt, network(address).encode(), sha256).digest()

    def _new_lane(self, key: bytes, now: float) -> Lane:
        if len(self._lanes) >= MOST_NETWORKS:
            del self._lanes[min(self._lanes, key=lambda known: self._lanes[known].at())]
        lane = self._lanes[key] = self._lane(self.burst, REFILL, now)
        return lane

    def _lane(self, burst: float, refill: float, now: float) -> Lane:
        return Lane(full(burst, refill, now), full(min(WAITED, burst), refill, now))

    def _forget(self, now: float) -> None:
        """Once a minute at most; and a new salt every day, under which nobody is known any more."""
        if self._salted_at is None:
            self._salted_at = now
        if now - self._salted_at >= SALT_SECONDS:
            self._salt, self._salted_at = secrets.token_bytes(32), now
            self._lanes.clear()
        if now - self._swept_at < 60:
            return
        self._swept_at = now
        self._lanes = {key: lane for key, lane in self._lanes.items() if now - lane.at() < FORGET}
        self._used = {ticket: at for ticket, at in self._used.items() if now - at <= TICKET_UNTIL}


def _seconds(wait: float) -> int:
    """Whole seconds, never too few and never none."""
    return int(wait) + 1
