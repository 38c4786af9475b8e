"""`lykta verify-log`: walk every chain of the log and name the first row that does not hold."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lykta.audit.queries import ChainReport, verify
from lykta.core.doors import WORKER, door


class Command(BaseCommand):
    help = "Check that no row of the log was changed, removed or moved. Exit status: 0 whole, 1 broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One flag."""
        parser.add_argument("--json", action="store_true", help="answer as JSON, for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk and tell. Raises CommandError, which is exit status 1, where a chain is broken."""
        with door("worker", actor=WORKER):
            reports = verify(settings.LYKTA_CENTRE)
        if options["json"]:
            self.stdout.write(json.dumps([_plain(report) for report in reports], indent=1))
        else:
            for report in reports:
                self.stdout.write(f"{report.chain:<8} {report.rows:>8} rows  {_told(report)}")
        broken = [report.chain for report in reports if report.broken]
        if broken:
            raise CommandError(
                f"the log is not whole: {', '.join(broken)}. Keep the data as they are and tell the head."
            )


def _told(report: ChainReport) -> str:
    return f"broken at row {report.broken.seq}: {report.broken.what}" if report.broken else "whole"


def _plain(report: ChainReport) -> dict[str, Any]:
    broken = {"row": report.broken.seq, "what": report.broken.what} if report.broken else None
    return {"chain": report.chain, "rows": report.rows, "whole": broken is None, "broken": broken}
