"""The database server: old or new, letters, clock, durability, and whether the line to it can be listened to."""

import ipaddress
from collections.abc import Iterator

from lykta.config.doctor.database import Server
from lykta.config.doctor.findings import Finding, unsafe, warning
from lykta.config.roles import OLDEST

SUBJECT = "database server"
DRIFT_SECONDS = 2
"""Clocks this far apart are told; codes from an app go wrong, and days begin at different moments."""
DRIFT_MOST_SECONDS = 60
AHEAD_MINUTES = 2
ZONES = ("UTC", "Etc/UTC", "Europe/Stockholm")
DURABLE = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}


def check_server(server: Server) -> Iterator[Finding]:
    """Everything that can be told without looking at a table."""
    if server.version < OLDEST:
        yield unsafe(
            SUBJECT,
            "too-old",
            f"PostgreSQL {server.version // 10000} is too old.",
            "Move the database to PostgreSQL 15 or newer.",
        )
    yield from check_encoding(server.settings.get("server_encoding", ""))
    yield from _clock(server)
    yield from _durability(server)
    yield from _line(server)


def check_encoding(encoding: str) -> Iterator[Finding]:
    """Names in any language must be kept as they are written."""
    if encoding != "UTF8":
        yield unsafe(
            SUBJECT,
            "encoding",
            f"The database keeps text as {encoding}; letters would be lost or refused.",
            "Make a new one: CREATE DATABASE lykta TEMPLATE template0 ENCODING 'UTF8'.",
        )


def _clock(server: Server) -> Iterator[Finding]:
    zone = server.settings.get("TimeZone", "")
    if zone not in ZONES:
        yield warning(
            SUBJECT,
            "time-zone",
            f"The server's time zone is {zone}, so its own log and dumps tell other hours than the house does.",
            "ALTER DATABASE … SET timezone = 'UTC' (the house itself reckons in Swedish time either way).",
        )
    apart = abs(server.ahead_seconds)
    if apart > DRIFT_SECONDS:
        tell = unsafe if apart > DRIFT_MOST_SECONDS else warning
        which = "ahead of" if server.ahead_seconds > 0 else "behind"
        yield tell(
            SUBJECT,
            "clocks-apart",
            f"The database's clock is {apart:.0f} seconds {which} this machine's.",
            "Let both follow a time server (systemd-timesyncd or chrony).",
        )


def check_monotony(newest_minutes_ahead: float | None) -> Iterator[Finding]:
    """newest_minutes_ahead: how far the newest row of the log lies in the future; None for an empty log."""
    if newest_minutes_ahead is not None and newest_minutes_ahead > AHEAD_MINUTES:
        yield unsafe(
            SUBJECT,
            "clock-set-back",
            f"The log has a row from {newest_minutes_ahead:.0f} minutes ahead of now: a clock is wrong, or was.",
            "Set the clock right before anything is forgotten by it, and let it follow a time server.",
        )


def _durability(server: Server) -> Iterator[Finding]:
    for name, good in DURABLE.items():
        if server.settings.get(name) not in good:
            yield unsafe(
                SUBJECT,
                "not-durable",
                f"{name} is {server.settings.get(name)}: after a power cut, what was acknowledged could be gone.",
                f"ALTER SYSTEM SET {name} = on, and reload the server.",
            )
    if server.settings.get("data_checksums") == "off":
        yield warning(
            SUBJECT,
            "no-checksums",
            "The server would not notice a page that the disk has spoiled.",
            "Stop it and run pg_checksums --enable.",
        )
    if server.settings.get("archive_mode", "off") != "off" or server.slots:
        yield warning(
            SUBJECT,
            "copies-elsewhere",
            "The server sends its changes elsewhere (an archive or a replica), where a destroyed key lives on.",
            "See to it that nothing older than 14 days is kept there.",
        )


def _line(server: Server) -> Iterator[Finding]:
    if is_near(server.address):
        return
    if not server.encrypted:
        yield unsafe(
            SUBJECT,
            "line-open",
            f"The line to the database at {server.address} is not encrypted.",
            "Let the server speak TLS and end LYKTA_DATABASE_URL with ?sslmode=verify-full.",
        )
    elif server.sslmode != "verify-full":
        yield warning(
            SUBJECT,
            "line-unverified",
            f"Nothing proves that the database at {server.address} is ours (sslmode is {server.sslmode}).",
            "End LYKTA_DATABASE_URL with ?sslmode=verify-full&sslrootcert=FILE.",
        )


def is_near(address: str) -> bool:
    """Is it this machine? address: a host name or number; "" or a directory for a socket."""
    if not address or address.startswith("/") or address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
