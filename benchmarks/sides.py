"""Whether the time tells the other side of a relation who is a client: two samples in turns, and how likely by chance.

Run as a program it prints its figures. Reported, never asserted.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

EACH, SHUFFLES = 150, 2_000
TRIED = ("whole name", "number", "reference", "read /personal/akter/<uuid:file>/")


@dataclass(frozen=True)
class Told:
    """Medians in milliseconds. chance: how often two samples shuffled at random lie as far apart (permutation test)."""

    probe: str
    client_ms: float
    nobody_ms: float
    chance: float


def told() -> list[Told]:
    """In a process of its own, with a data directory of its own."""
    with tempfile.TemporaryDirectory(prefix="lykta-bench-") as data:
        surroundings = {**os.environ, "LYKTA_DATA": data, "DJANGO_SETTINGS_MODULE": "lykta.config.settings"}
        command = [sys.executable, "-m", "benchmarks.sides"]
        said = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True).stdout
    return [Told(**row) for row in json.loads(said.splitlines()[-1])]


def main() -> None:
    """Measure and print."""
    from lykta.config.keys import make_keys

    data = Path(os.environ["LYKTA_DATA"])
    make_keys(data / "keys.json")
    import django

    django.setup()
    from journeys.house import House
    from journeys.sides import probes, two_sides

    with ExitStack() as stack:
        house = House.raise_up(data, stack)
        house.furnish()
        sides = two_sides(house)
        tried, found = probes(), []
        for name in TRIED:
            samples: dict[str, list[float]] = {"client": [], "nobody": []}
            for turn in range(EACH):
                for who in random.sample(sorted(samples), 2):  # neither is always first
                    began = time.perf_counter()
                    tried[name](sides, getattr(sides, who))
                    if turn >= EACH // 10:  # the first ones warm caches
                        samples[who].append((time.perf_counter() - began) * 1000)
            client, nobody = samples["client"], samples["nobody"]
            found.append(Told(name, statistics.median(client), statistics.median(nobody), _chance(client, nobody)))
    print(json.dumps([vars(one) for one in found]))


def _chance(one: list[float], other: list[float]) -> float:
    apart = abs(statistics.median(one) - statistics.median(other))
    both, further = one + other, 0
    for _ in range(SHUFFLES):
        random.shuffle(both)
        halves = both[: len(one)], both[len(one) :]
        further += abs(statistics.median(halves[0]) - statistics.median(halves[1])) >= apart
    return further / SHUFFLES


if __name__ == "__main__":
    main()
