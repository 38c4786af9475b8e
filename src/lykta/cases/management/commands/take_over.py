"""`lykta take-over`: with the recovery key on paper, give a named file that nobody can open any more to others."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lykta.cases.errors import NotAble, NothingThere, Unsound
from lykta.cases.glass_rules import ref_of
from lykta.cases.take_over import orphans, take_over
from lykta.core.doors import WORKER, door
from lykta.people import by_paper
from lykta.people.errors import NoSuchMember, WrongPaper
from lykta.people.paper_rows import FAULTS, typed_rows
from lykta.sealing.errors import SealingError
from lykta.sealing.paper import PaperError

NOT_ABLE = {
    "outside": "One of them can't be given it: outside its wall, excluded from it, or on a team on the other side.",
    "unsigned": "One of them has no signed keys. First: lykta admit ADDRESS --digits.",
}


class Command(BaseCommand):
    """Nothing is done before the paper has been found right; each use is written in the log, and reviewed."""

    help = (
        "Give a named file whose key nobody of its team holds any more to members inside its wall, with the recovery"
        " key on paper. --list tells the numbers of such files. The key is asked for, or read from standard input: the"
        " whole row, or two of the three parts, one a line. The first member leads the file. Nobody reads it by this."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, to whom and why; or which there are."""
        parser.add_argument("number", metavar="NUMBER", nargs="?", default="", help="the file's, as L-7K2M4Q")
        parser.add_argument("--list", action="store_true", help="the numbers of files nobody can open; needs no key")
        parser.add_argument(
            "--to", metavar="ADDRESS", action="append", default=[], help="what a member signs in with; the first leads"
        )
        parser.add_argument("--why", metavar="WORDS", default="", help="the reason, for those who review")
        parser.add_argument("--json", action="store_true", help="answer as JSON, for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction. Raises CommandError with one line."""
        if options["list"]:
            self._list(as_json=options["json"])
            return
        ref = ref_of(options["number"])
        if not ref or not options["to"] or not options["why"].strip():
            raise CommandError("Say which file, --to whom and --why. Or --list.", returncode=2)
        rows = typed_rows()
        try:
            with door("worker", actor=WORKER):
                private = by_paper.recovery_private(*rows)
                members = [by_paper.member_at(address) for address in dict.fromkeys(options["to"])]
                take_over(ref=ref, members=members, private=private, why=options["why"])
        except PaperError as why:
            raise CommandError(f"This is not a recovery key: {FAULTS[why.code]} Nothing is done.") from None
        except WrongPaper:
            raise CommandError("This is not the recovery key of this centre. Nothing is done.") from None
        except NoSuchMember:
            raise CommandError("Nobody who works here signs in with one of the addresses. Nothing is done.") from None
        except NothingThere:
            raise CommandError(f"{ref} is no file that nobody can open. See --list. Nothing is done.") from None
        except NotAble as why:
            raise CommandError(f"{NOT_ABLE[why.code]} Nothing is done.") from None
        except Unsound:
            raise CommandError("The reason is too long. Nothing is done.") from None
        except SealingError:
            raise CommandError("The key did not open what it should. Run lykta doctor. Nothing is done.") from None
        told = {"number": ref, "members": len(members)}
        self.stdout.write(json.dumps(told) if options["json"] else f"{ref} is given. Those who review see it now.")

    def _list(self, *, as_json: bool) -> None:
        with door("worker", actor=WORKER):
            found = orphans()
        if as_json:
            self.stdout.write(json.dumps(found))
        else:
            self.stdout.write("\n".join(found) or "There is no named file that nobody can open.")
