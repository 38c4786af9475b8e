"""What `lykta serve` runs before it serves, while the centre's signing seed lies on the machine."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lykta.centre import word
from lykta.centre.completing import complete
from lykta.centre.models import Installation
from lykta.core.doors import WORKER, door
from lykta.people.models import Centre


class Command(BaseCommand):
    """Prints one line of JSON: the one-time word of an empty house, or nothing in it."""

    help = "Complete a centre of an earlier release, or make an empty house ready to be installed."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """In one transaction."""
        with door("worker", actor=WORKER):
            stands = Centre.objects.exists()
            if stands:
                Installation.objects.all().delete()
                complete()
            elif not Installation.objects.update(tries=0):
                Installation.objects.create(centre_id=settings.LYKTA_CENTRE, sealed=b"")
        if stands:
            word.forget()
        self.stdout.write(json.dumps({} if stands else {"word": word.make()}))
