"""`lykta publish`: show anew what is published, as this release and this day render it, or write it as files."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lykta.catalogue.reading import CatalogueError
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.core.published import pointed
from lykta.people.queries import is_open
from lykta.public.actions import folder, publish, rendered, renew, shut
from lykta.public.content import PageFault
from lykta.public.enums import How
from lykta.public.errors import NoRoom, NothingNew
from lykta.public.files import Published, export
from lykta.public.queries import last_publication, live_content
from lykta.public.taking_in import load_content, take_in


class Command(BaseCommand):
    help = (
        "Render every public page in every language anew, or write them as files for any web server. "
        "What members have changed and not published stays unpublished."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", metavar="DIR", type=Path, help="write plain files there instead of publishing")
        parser.add_argument("--base", metavar="URL", help="scheme and host for the sitemap, as https://lykta.example")
        parser.add_argument(
            "--fresh",
            action="store_true",
            help="first put this release's pages and catalogue in place of the centre's own, and publish all",
        )
        parser.add_argument("--json", action="store_true", help="say what was done as JSON")

    def handle(self, *, to: Path | None, base: str | None, json: bool, fresh: bool, **options: Any) -> None:
        try:
            with door("worker", actor=WORKER):
                if fresh:
                    load_content(centre=settings.LYKTA_CENTRE)
                else:
                    take_in(centre=settings.LYKTA_CENTRE)
                done = _as_files(to, base or "") if to else _shown(base or "", fresh=fresh)
        except (PageFault, CatalogueError) as fault:
            raise CommandError(f"nothing was published: {fault}") from fault
        except NoRoom as why:
            raise CommandError(f"nothing was published: {why.__cause__}. The pages are as they were.") from why
        if done.is_new and not to and pointed(folder())[0] != done.version:
            raise CommandError("published, but not shown: the pointer could not be moved. The worker tries again.")
        self.stdout.write(as_json(done) if json else as_words(done))


def _as_files(to: Path, base: str) -> Published:
    """What is shown, or before the first publication what would be."""
    on = clock.today()
    return export(rendered(live_content(on), on, base=base) if is_open() else shut(), to)


def _shown(base: str, *, fresh: bool) -> Published:
    try:
        made = publish(by=None, how=How.RENEWED) if fresh and is_open() else renew(base=base)
    except NothingNew:
        made = None
    last = made or last_publication()
    assert last is not None
    return Published(version=last.version, folder=folder(), answers=last.answers, is_new=made is not None)


def as_words(done: Published) -> str:
    if not done.is_new:
        return f"Nothing has changed since version {done.version} ({done.answers} addresses)."
    return f"Published {done.answers} addresses as version {done.version} in {done.folder}"


def as_json(done: Published) -> str:
    facts = {
        "version": done.version,
        "folder": str(done.folder),
        "addresses": done.answers,
        "changed": done.is_new,
    }
    return json.dumps(facts)
