"""The settings: whether they fit together and the way the house is reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lykta.config.doctor.findings import Finding, listed, unsafe, warning
from lykta.config.doctor.server import is_near

SUBJECT = "settings"


@dataclass(frozen=True)
class Surroundings:
    """What the settings say. listens: the address `serve` was told to listen on, where that is known.

    anchors: whether the log's anchor has a way out of the house.
    """

    hosts: Sequence[str]
    https: bool
    exit_url: str
    demo: bool
    listens: str = ""
    anchors: bool = False


def check_surroundings(around: Surroundings) -> Iterator[Finding]:
    """TLS, host names, the place to leave to, mail and anchors, and a demo that the world could reach."""
    far = [host for host in around.hosts if not is_near(host)]
    yield from _line(around, far)
    if any(host.startswith(("*", ".")) for host in around.hosts):
        yield unsafe(
            SUBJECT,
            "hosts-any",
            "LYKTA_HOSTS lets others choose the name of this house (a name with a star or a dot first).",
            "Write each host name in full.",
        )
    leaves = urlsplit(around.exit_url)
    if leaves.hostname in around.hosts and far:
        yield unsafe(
            SUBJECT,
            "exit-home",
            f"Leave quickly leads back to this house ({around.exit_url}).",
            "Write another address in LYKTA_EXIT_URL, as https://www.smhi.se/.",
        )
    elif far and leaves.scheme != "https":
        yield unsafe(
            SUBJECT,
            "exit-open",
            f"Leave quickly leads to {around.exit_url}, which the network can read along.",
            "Write an https address in LYKTA_EXIT_URL.",
        )
    if far and not around.anchors:
        yield warning(
            SUBJECT,
            "anchor-stays",
            "The log's anchor does not leave the house; who rewrites the database and this disk leaves no trace.",
            "Set LYKTA_ANCHOR_DIR, or LYKTA_SMTP_URL, LYKTA_MAIL_FROM and LYKTA_ANCHOR_MAIL.",
        )
    if around.demo and far:
        yield unsafe(
            SUBJECT,
            "demo-outside",
            f"The demo centre answers to {listed(far)}; its passwords lie in a file, and nobody reads what is written.",
            "Let a real centre have a data directory of its own (./start --empty, or lykta serve --empty).",
        )


def _line(around: Surroundings, far: Sequence[str]) -> Iterator[Finding]:
    if not around.https and (far or not is_near(around.listens)):
        yield unsafe(
            SUBJECT,
            "no-tls",
            f"The house is reached from outside ({listed(far) or around.listens}) without TLS.",
            "Put a proxy that speaks TLS before it (deploy/ has one) and set LYKTA_HTTPS=1.",
        )
    if around.https and not far:
        yield warning(
            SUBJECT,
            "hosts-none",
            "LYKTA_HTTPS is 1, but LYKTA_HOSTS names no host that can be reached from outside.",
            "Write the house's host names in LYKTA_HOSTS, with comma between.",
        )
