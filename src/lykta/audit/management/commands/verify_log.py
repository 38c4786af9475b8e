"""`lykta verify-log`: walk every chain of the log and name the first row that does not hold."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lykta.audit.outside import Anchor, AnchorError, parse, public_key
from lykta.audit.queries import ChainReport, verify
from lykta.core.doors import WORKER, door


class Command(BaseCommand):
    help = "Check that no row of the log was changed, removed or moved. Exit status: 0 whole, 1 broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Flags: how to answer, and what has come back from outside."""
        parser.add_argument("--json", action="store_true", help="answer as JSON, for a program")
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="FILE",
            help="compare with anchors kept outside the house: a file, a saved mail, or a folder; may be repeated",
        )
        parser.add_argument(
            "--key",
            metavar="HEX",
            default=public_key(settings.LYKTA_ANCHOR_SEED),
            help="the anchors' public key as you have noted it; default: the one this house has now",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk and tell. Raises CommandError, which is exit status 1, where a chain is broken."""
        outside = [anchor for name in options["anchor"] for anchor in _anchors(Path(name), options["key"])]
        with door("worker", actor=WORKER):
            reports = verify(settings.LYKTA_CENTRE, outside=outside)
        if options["json"]:
            self.stdout.write(json.dumps([_plain(report) for report in reports], indent=1))
        else:
            for report in reports:
                self.stdout.write(f"{report.chain:<8} {report.rows:>8} rows  {_told(report)}")
            if outside:
                days = sorted({anchor.day for anchor in outside})
                self.stdout.write(f"compared with {len(outside)} anchors from outside, {days[0]} to {days[-1]}")
        broken = [report.chain for report in reports if report.broken]
        if broken:
            raise CommandError(
                f"the log is not whole: {', '.join(broken)}. Keep the data as they are and tell the head."
            )


def _anchors(path: Path, key: str) -> list[Anchor]:
    """The anchors in a file, or in each file of a folder. Raises CommandError where one can't be read."""
    try:
        files = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
        texts = [(file, file.read_text(encoding="utf-8", errors="replace")) for file in files]
    except OSError as why:
        raise CommandError(f"{why.filename or path} can't be read ({why.strerror}).") from why
    if not texts:
        raise CommandError(f"{path} is an empty folder.")
    found = []
    for file, text in texts:
        try:
            found += parse(text, centre=str(settings.LYKTA_CENTRE), key=key)
        except AnchorError as why:
            raise CommandError(f"{file}: {why}") from why
    return found


def _told(report: ChainReport) -> str:
    broken = report.broken
    if broken is None:
        return "whole"
    if broken.since is not None:
        return (
            f"broken between row {broken.since + 1} and row {broken.seq}: {broken.what}, says the anchor from outside"
        )
    return f"broken at row {broken.seq}: {broken.what}"


def _plain(report: ChainReport) -> dict[str, Any]:
    broken = {"row": report.broken.seq, "what": report.broken.what} if report.broken else None
    if broken and report.broken and report.broken.since is not None:
        broken["since"] = report.broken.since
    return {"chain": report.chain, "rows": report.rows, "whole": broken is None, "broken": broken}
