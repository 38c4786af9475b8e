"""The house itself: tables of today's shape, pages, worker, log, keys that open, and persons who hold them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lykta.audit.rules import START, Row, row_hash
from lykta.config.doctor.findings import Finding, listed, unsafe, warning
from lykta.sealing.boxes import verify
from lykta.sealing.enums import OF_HOUSE, RingName
from lykta.sealing.errors import UnsignedKey

SUBJECT = "house"
FEWEST = 2
"""One person who can open, or who decides, may fall ill."""
SILENT_SECONDS = 120
"""The worker shows itself every ten seconds."""
OLD_BACKUP_DAYS = 2


@dataclass(frozen=True)
class Ring:
    """The newest version of one ring, and how many members in service can open it."""

    name: str
    context: str
    public: bytes
    signature: bytes
    holders: int


@dataclass(frozen=True)
class Chain:
    """One chain of the log. rows: its last ones in order. head: number and hash the database says are the last."""

    name: str
    count: int
    rows: Sequence[Row]
    head: tuple[int, bytes]
    anchors: Mapping[int, bytes]


@dataclass(frozen=True)
class House:
    """What stands in the centre's tables, as the worker may read it. centre: None before the installation.

    unsent: ways by which the log's anchor does not leave the house just now, "mail" or "folder".
    """

    centre_id: str
    centre: str | None
    rings: Sequence[Ring] = ()
    members: int = 0
    heads: int = 0
    chains: Sequence[Chain] = ()
    worker_silent_seconds: float | None = None
    failed_jobs: int = 0
    unsent: Collection[str] = ()


@dataclass(frozen=True)
class Files:
    """What lies in the data directory. backup_days: age of the last known backup; None where none is known."""

    pages: int
    pages_of_today: bool
    backup_days: float | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Steps:
    """Migrations of the code, and of the database; None where this login may not ask."""

    code: Collection[tuple[str, str]]
    done: Collection[tuple[str, str]] | None = None

    @property
    def same(self) -> bool:
        """Whether tables and code are of one release, as far as can be told."""
        return self.done is None or set(self.code) == set(self.done)


def check_steps(steps: Steps) -> Iterator[Finding]:
    """Tables of another shape than the code expects break in the middle of somebody's words."""
    if steps.done is None:
        return
    if missing := set(steps.code) - set(steps.done):
        yield unsafe(
            SUBJECT,
            "tables-older",
            f"The tables are older than this program ({len(missing)} steps behind).",
            "Start the house once with its full keys (lykta serve); it brings the tables up to date.",
        )
    elif newer := set(steps.done) - set(steps.code):
        yield warning(
            SUBJECT,
            "tables-newer",
            f"The tables are newer than this program ({len(newer)} steps ahead).",
            "Bring this program up to date too; both go together for a while, not for long.",
        )


def check_files(files: Files) -> Iterator[Finding]:
    """Published pages and backups."""
    if files.trouble:
        yield unsafe(SUBJECT, "pages-unreadable", f"The published pages can't be read: {files.trouble}.", PUBLISH)
    elif not files.pages:
        yield unsafe(SUBJECT, "pages-none", "No page is published; visitors find nothing.", PUBLISH)
    elif not files.pages_of_today:
        yield warning(SUBJECT, "pages-old", "The published pages are of another release than this program.", PUBLISH)
    if files.backup_days is None:
        yield warning(
            SUBJECT,
            "backup-none",
            "No backup of this house is known.",
            "Let the nightly copy of deploy/ run (lykta-backup.timer), and keep a copy of keys.json apart from it.",
        )
    elif files.backup_days > OLD_BACKUP_DAYS:
        yield warning(
            SUBJECT,
            "backup-old",
            f"The last known backup is {files.backup_days:.0f} days old.",
            "See why it was not made, and make one.",
        )


PUBLISH = "Run lykta publish."


def check_house(house: House, *, verify_key: bytes) -> Iterator[Finding]:
    """The centre's own rows. Before the installation only worker and log are looked at."""
    yield from _worker(house)
    for chain in house.chains:
        yield from check_chain(house.centre_id, chain)
    if house.centre is None:
        yield warning(
            SUBJECT,
            "centre-none",
            "No centre stands here under these keys.",
            "Install it in the browser (lykta serve --empty prints the address), or restore the keys that belong here.",
        )
        return
    yield from _rings(house, verify_key)
    if house.heads < FEWEST:
        yield warning(
            SUBJECT,
            "heads-few",
            f"Members with the head's role: {house.heads}. If she is away, nobody can decide in her place.",
            "Give one more person the role.",
        )


def _worker(house: House) -> Iterator[Finding]:
    silent = house.worker_silent_seconds
    if silent is None or silent > SILENT_SECONDS:
        since = "never shown itself" if silent is None else f"been silent for {silent / 60:.0f} minutes"
        yield warning(
            SUBJECT,
            "worker-silent",
            f"The worker has {since}: nothing is forgotten, sent or checked meanwhile.",
            "It runs with lykta serve, or as a service of its own: lykta serve --door worker.",
        )
    if house.failed_jobs:
        yield warning(
            SUBJECT,
            "jobs-failed",
            f"Jobs that have failed in the last week: {house.failed_jobs}.",
            "The worker's own log names the place in the code.",
        )
    if house.unsent:
        yield warning(
            SUBJECT,
            "anchor-unsent",
            f"The log's anchor does not arrive outside the house ({listed(house.unsent)}).",
            "Look at the page of the chains, at LYKTA_SMTP_URL and LYKTA_ANCHOR_DIR; it is tried again every hour.",
        )


def _rings(house: House, verify_key: bytes) -> Iterator[Finding]:
    there = {ring.name for ring in house.rings}
    if RingName.RECOVERY not in there:
        yield unsafe(
            SUBJECT,
            "recovery-none",
            "There is no recovery pair: when the last holder is gone, so are all words.",
            "Finish the installation in the browser.",
        )
    if missing := {name.value for name in OF_HOUSE} - there:
        yield warning(SUBJECT, "rings-missing", f"These rings are missing: {listed(missing)}.", "Start once more.")
    for ring in house.rings:
        try:
            verify(verify_key, ring.context, ring.public, ring.signature)
        except UnsignedKey:
            yield unsafe(
                SUBJECT,
                "ring-unsigned",
                f"The ring {ring.name} is not signed by the centre; somebody may have put another in its place.",
                "Write nothing until it is found out. Restore the database from a copy.",
            )
    few = {f"{r.name} ({r.holders})" for r in house.rings if r.name != RingName.RECOVERY and r.holders < FEWEST}
    if few:
        yield warning(
            SUBJECT,
            "rings-few",
            f"Fewer than two members can open these rings: {listed(few, most=12)}.",
            "Let a holder share each with one more colleague.",
        )


def check_chain(centre: str, chain: Chain) -> Iterator[Finding]:
    """A quick look at the end of one chain; `lykta verify-log` walks it all."""
    what = _trouble(centre, chain)
    if what:
        yield unsafe(
            SUBJECT,
            "log-broken",
            f"The log of {chain.name} does not hold: {what}.",
            "Keep everything as it is, run lykta verify-log, and tell the head.",
        )
    if chain.count and not chain.anchors:
        yield unsafe(
            SUBJECT,
            "anchors-none",
            f"Outside the database nothing vouches for the log of {chain.name}: its anchor is not in anchors/.",
            "Restore the directory anchors/ from your copy.",
        )


def _trouble(centre: str, chain: Chain) -> str:
    """What is wrong, or ""."""
    if chain.count != chain.head[0]:
        return f"{chain.head[0]} rows should be there, {chain.count} are"
    previous = chain.rows[0].previous if chain.rows else START
    for row in chain.rows:
        if row.previous != previous or row_hash(centre, chain.name, row) != row.hash:
            return f"row {row.seq} was changed"
        if chain.anchors.get(row.seq, row.hash) != row.hash:
            return f"row {row.seq} is not the one that was anchored"
        previous = row.hash
    if chain.rows and (chain.rows[-1].seq, previous) != chain.head:
        return "its end was cut or changed"
    return ""
