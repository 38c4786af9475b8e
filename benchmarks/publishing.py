"""Publishing the whole public side, every page new, in two languages and in ten. Run as a program it prints seconds."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 3


@dataclass(frozen=True)
class Seconds:
    """The middle one of some rounds, from content to pages that are shown. addresses: how many."""

    languages: int
    addresses: int
    seconds: float


def published() -> list[Seconds]:
    """In a process of its own, with a data directory of its own."""
    with tempfile.TemporaryDirectory(prefix="lykta-bench-") as data:
        surroundings = {**os.environ, "LYKTA_DATA": data, "DJANGO_SETTINGS_MODULE": "lykta.config.settings"}
        command = [sys.executable, "-m", "benchmarks.publishing"]
        said = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True).stdout
    return [Seconds(**row) for row in json.loads(said)]


def main() -> None:
    """Measure and print."""
    import django

    django.setup()
    from lykta.public.content import content_from_repository
    from lykta.public.tests.ten_languages import content, ten_languages

    found = [_measured(2, content_from_repository())]
    with ten_languages():
        found.append(_measured(10, content(catalogue_too=True)))
    print(json.dumps([vars(one) for one in found]))


def _measured(languages: int, content: object) -> Seconds:
    rounds = sorted(_once(content) for _ in range(ROUNDS))
    seconds, addresses = rounds[ROUNDS // 2]
    return Seconds(languages, addresses, seconds)


def _once(content: object) -> tuple[float, int]:
    from lykta.core import clock
    from lykta.public.files import publish
    from lykta.public.publish import render_site

    with tempfile.TemporaryDirectory(prefix="lykta-bench-") as folder:
        begun = time.perf_counter()
        site = render_site(content, exit_url="https://weather.example/", base="https://l.example", on=clock.today())  # type: ignore[arg-type]
        done = publish(site, Path(folder))
        return time.perf_counter() - begun, done.answers


if __name__ == "__main__":
    main()
