"""`lykta publish`: render every public page and put it where the server reads it, or write it as files."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lykta.catalogue.reading import CatalogueError
from lykta.core import clock
from lykta.core.doors import WORKER, door
from lykta.people.queries import is_open
from lykta.public.actions import load_content, note_published
from lykta.public.content import PageFault
from lykta.public.files import Published, export, publish
from lykta.public.publish import render_site
from lykta.public.queries import content_of_centre, has_content, home_address
from lykta.public.shut import shut_site


class Command(BaseCommand):
    help = "Render every public page in every language, and publish it to memory or as files for any web server."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", metavar="DIR", type=Path, help="write plain files there instead of publishing")
        parser.add_argument("--base", metavar="URL", help="scheme and host for the sitemap, as https://lykta.example")
        parser.add_argument("--fresh", action="store_true", help="first take this release's pages and catalogue")
        parser.add_argument("--json", action="store_true", help="say what was done as JSON")

    def handle(self, *, to: Path | None, base: str | None, json: bool, fresh: bool, **options: Any) -> None:
        base = (base or home_address()).rstrip("/")
        try:
            with door("worker", actor=WORKER):
                shut = not is_open()
                if fresh or not has_content():
                    load_content(centre=settings.LYKTA_CENTRE)
                content = content_of_centre()
            if shut:
                site = shut_site(content.catalogue, exit_url=settings.LYKTA_EXIT_URL)
            else:
                site = render_site(content, exit_url=settings.LYKTA_EXIT_URL, base=base, on=clock.today())
        except (PageFault, CatalogueError) as fault:
            raise CommandError(f"nothing was published: {fault}") from fault
        done = export(site, to) if to else publish(site, settings.LYKTA_DATA / "published")
        if done.is_new and not to:
            with door("worker", actor=WORKER):
                note_published(answers=done.answers)
        self.stdout.write(as_json(done) if json else as_words(done))


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
