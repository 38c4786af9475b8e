"""`lykta match`: which services fit a persona. Reads standard input, needs no database, keeps nothing."""

import argparse
import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from lykta.catalogue.persona import PersonaError, answer, table
from lykta.catalogue.reading import CatalogueError
from lykta.catalogue.rules import Catalogue
from lykta.catalogue.source import read_catalogue

HOME = ZoneInfo("Europe/Stockholm")
BAD_INPUT = 2


def _of_house() -> Catalogue:
    """The catalogue of the centre whose database this is; without one, nothing of the database is even loaded."""
    from lykta.catalogue.queries import live_catalogue
    from lykta.core.doors import WORKER, door

    with door("worker", actor=WORKER):
        return live_catalogue()


class Command(BaseCommand):
    help = (
        "Reads one persona, or a list of them, as JSON on standard input and tells for every service whether "
        "it fits and why. Keys: who (needed), age, gender, locality, honour, decision, municipality_cannot, "
        "talks_used, on."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="answer in JSON, for programs")
        parser.add_argument("--lang", default="sv", help="language of the reasons (default: sv)")
        parser.add_argument("--data", metavar="DIR", help="the house whose catalogue is asked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self._found(options))
        except (PersonaError, CatalogueError) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None

    def _found(self, options: dict[str, Any]) -> str:
        catalogue = _of_house() if options["data"] else read_catalogue()
        if options["lang"] not in catalogue.languages:
            raise PersonaError(f"--lang should be one of {', '.join(catalogue.languages)}")
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise PersonaError("standard input is not UTF-8") from None
        respond = answer if options["json"] else table
        return respond(text, catalogue, datetime.now(HOME).date(), options["lang"])
