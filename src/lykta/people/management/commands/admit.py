"""`lykta admit`: with the recovery key on paper, let a member in again when nobody of the house can."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from lykta.core.doors import WORKER, door
from lykta.people import by_paper
from lykta.people.errors import NoSuchMember, OtherDigits, WrongPaper
from lykta.people.paper_rows import FAULTS, typed_rows
from lykta.sealing.errors import SealingError
from lykta.sealing.paper import PaperError


class Command(BaseCommand):
    """Nothing is done before the paper has been found right; each use is written in the log."""

    help = (
        "Let a member in again with the recovery key on paper, when nobody of the house can. First --link, which gives"
        " a link for a new password; then --digits, as she reads them aloud, which makes her one of the house. The key"
        " is asked for, or read from standard input: the whole row, or two of the three parts, one a line."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and which of the two steps."""
        parser.add_argument("address", metavar="ADDRESS", help="what she signs in with")
        step = parser.add_mutually_exclusive_group(required=True)
        step.add_argument("--link", action="store_true", help="give a link for a new password and second factor")
        step.add_argument("--digits", metavar="DIGITS", help="sign her new key: the eight digits she has read aloud")
        parser.add_argument("--head", action="store_true", help="with --digits: let her let members in from now on")
        parser.add_argument("--json", action="store_true", help="answer as JSON, for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction. Raises CommandError with one line."""
        if options["head"] and options["link"]:
            raise CommandError("--head goes with --digits.", returncode=2)
        rows = typed_rows()
        try:
            with door("worker", actor=WORKER):
                private = by_paper.recovery_private(*rows)
                told = self._do(private, options)
        except PaperError as why:
            raise CommandError(f"This is not a recovery key: {FAULTS[why.code]} Nothing is done.") from None
        except WrongPaper:
            raise CommandError("This is not the recovery key of this centre. Nothing is done.") from None
        except OtherDigits:
            raise CommandError("Her key has other digits, or none. Let nobody in, and find out why.") from None
        except NoSuchMember:
            raise CommandError("Nobody who works here signs in with that address. Nothing is done.") from None
        except SealingError:
            raise CommandError("The key did not open what it should. Run lykta doctor. Nothing is done.") from None
        self.stdout.write(json.dumps(told) if options["json"] else told["told"])

    def _do(self, private: bytes, options: dict[str, Any]) -> dict[str, Any]:
        member = by_paper.member_at(options["address"])
        if options["link"]:
            link = by_paper.link_by_paper(member=member, private=private)
            address, until = reverse("invitation", args=[link.token]), link.expires_at.isoformat(timespec="minutes")
            told = (
                f"Open this at the staff's address, once, until {until}:\n{address}\nThen: --digits, as she reads them."
            )
            return {"link": address, "until": until, "told": told}
        given = by_paper.admit_by_paper(member=member, private=private, digits=options["digits"], head=options["head"])
        names = ", ".join(ring.label for ring in given) or "none; colleagues let her in"
        return {"rings": [ring.value for ring in given], "told": f"She is one of the house. Keys given: {names}."}
