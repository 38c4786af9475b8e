"""`lykta demo`: the demo centre."""

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lykta.core.doors import WORKER, door
from lykta.desk.demo import furnish
from lykta.desk.demo_files import furnish_files
from lykta.people.models import Centre


def _write_accounts(rows: list[dict[str, str]]) -> Path:
    """The accounts, readable by this user alone."""
    path = Path(settings.LYKTA_DATA) / "demo-accounts.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1)
    return path


class Command(BaseCommand):
    """Loads invented members and an invented inbox; accounts are printed and written to demo-accounts.json."""

    help = "Load the demo centre: real public facts, plainly invented members and inbox. Refused where a centre stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json prints the accounts as a list and nothing else."""
        parser.add_argument("--json", action="store_true", help="print the accounts as JSON")

    def handle(self, **options: Any) -> None:
        """Make it all in one transaction, or nothing."""
        with door("worker", actor=WORKER):
            if Centre.objects.exists():
                raise CommandError("A centre stands here already; the demo is only for an empty house.")
            accounts, recovery = furnish()
            rows = [asdict(account) for account in accounts]
            # Before the commit: members nobody can sign in as would be worse than a file nobody needs.
            path = _write_accounts(rows)
        furnish_files({a.email.partition("@")[0]: (a.email, a.password) for a in accounts})
        if options["json"]:
            self.stdout.write(json.dumps(rows))
            return
        self.stdout.write(f"Demo centre loaded: {len(rows)} members. Their accounts are in {path}.")
        self.stdout.write(f"Recovery key, shown once: {recovery}")
