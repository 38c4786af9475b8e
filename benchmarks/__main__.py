"""`./bench`: the table of figures. Every figure is measured in this run; none is asserted."""

import argparse
import os
import platform
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from benchmarks.codes import shown
from benchmarks.files import measured
from benchmarks.messages import stored, write
from benchmarks.pages import throughput, weights
from benchmarks.publishing import published
from benchmarks.sides import told
from benchmarks.tools import Missing
from journeys.served import Site, public_door, serve_site

FIGURES = Path(__file__).parents[1] / "docs" / "figures.md"
ROUNDS = ((1, 60), (16, 20), (50, 12))


def main() -> None:
    """Measure, print, and with --write put the table in docs/figures.md."""
    parser = argparse.ArgumentParser(prog="bench", description="Measures Lykta on this machine.")
    parser.add_argument("--write", action="store_true", help="put the table in docs/figures.md")
    options = parser.parse_args()
    lines = [
        f"Measured {date.today().isoformat()} on {os.cpu_count()} cores, Python {platform.python_version()},",  # noqa: DTZ011  # the machine's own day
        "server, database, load and peer on the same machine. Made by `./bench --write`.",
        "",
        "| what | figure | limit or peer | within |",
        "|---|---|---|---|",
    ]
    with ExitStack() as stack:
        site = serve_site(stack, environment={"LYKTA_FLOOD_BURST": "100000000"})
        lines += _pages(site) + _messages(site) + _codes(site)
    lines += _publishing() + _files() + _sides()
    table = "\n".join(lines)
    print(table)
    if options.write:
        FIGURES.write_text(f"# Figures\n\n{table}\n\n{NOTE}\n", encoding="utf-8")


NOTE = """The flood limit is lifted for the messages (`LYKTA_FLOOD_BURST`), since all writers here share one address.
"End to end" is: form sent, 303 followed, page with the code read, each from a new browser. "Lost" counts writers who
got no code of their own, and dialogues that are not in the database. The public door is a process of its own with a
worker a core, as nginx has; wrk, one thread and 32 connections, shares the same cores.

Files are met in one process, pages and all; "unsealed and without walls" is the same page from the same rows with plain
words and row-level security off. From the other side of the wall: two samples in turns and a permutation test; a chance
below 0.05 would say that the two take different times.

Longer run of the machine that takes any step anybody could take (`READERS_STEPS=50000 .venv/bin/python -m pytest
journeys/test_readers.py`, 2026-11-24): 50,000 steps, no reader who may not read, nobody who lost what she should read.
Before it the machine had found four faults, which are mended: a page that failed for who has a place but no key yet, a
file that could be begun without the wall's key, a named file that could not be named anew after a colleague had left,
and a wall given to who had left."""


def _row(what: str, figure: str, limit: str, within: bool) -> str:
    return f"| {what} | {figure} | {limit} | {'yes' if within else 'NO'} |"


def _pages(site: Site) -> list[str]:
    rows = []
    try:
        with ExitStack() as stack:
            found = throughput(public_door(site, stack, workers=os.cpu_count() or 1))
        said = f"{found.ours:,.0f}/s; nginx {found.nginx:,.0f}/s; ratio {found.ratio:.2f}"
        rows.append(_row("public page, same bytes", said, "≥ 0.7 of nginx", found.ratio >= 0.7))
    except Missing as why:
        rows.append(f"| public page, same bytes | not measured: {why} | ≥ 0.7 of nginx | |")
    for path, (size, requests) in weights(site).items():
        fits = size <= 14_000 and requests <= 2
        if path != "/sida/":
            rows.append(_row(f"first visit `{path}`", f"{size:,} B, {requests} requests", "≤ 14,000 B, ≤ 2", fits))
        else:
            rows.append(f"| the dialogue, padded | {size:,} B, {requests} requests | one step of 16 kB for all | |")
    return rows


def _messages(site: Site) -> list[str]:
    rows = []
    write(site, writers=4, each=5)  # warm
    before = stored(site)
    sent = 0
    for writers, each in ROUNDS:
        found = write(site, writers=writers, each=each)
        sent += found.sent
        said = (
            f"{found.per_second:.1f}/s, median {found.median_ms:.0f} ms, p95 {found.p95_ms:.0f} ms, lost {found.lost}"
        )
        limit = (
            "under 150 ms" if writers == 1 else "≥ 40/s, p95 ≤ 1,500 ms, none lost" if writers == 50 else "none lost"
        )
        within = {1: found.p95_ms < 150, 50: found.per_second >= 40 and found.p95_ms <= 1500}
        fits = not found.lost and within.get(writers, True)
        rows.append(_row(f"message end to end, {writers} at once", f"{said}, lost {found.lost}", limit, fits))
    missing = sent - (stored(site) - before)
    rows.append(_row(f"of {sent} messages, not in the database", str(missing), "0", missing == 0))
    return rows


def _codes(site: Site) -> list[str]:
    found = shown(site)
    said = "; ".join(f"{one.kind} {one.median_ms:.0f}/{one.p95_ms:.0f} ms" for one in found)
    apart = max(one.p95_ms for one in found) - min(one.p95_ms for one in found)
    return [_row("a code shown, median/p95", f"{said}; {apart:.1f} ms apart at p95", "below 5 ms apart", apart < 5)]


def _publishing() -> list[str]:
    return [
        _row(
            f"publishing everything, {one.languages} languages, {one.addresses} addresses",
            f"{one.seconds:.2f} s",
            "≤ 5 s for ten languages",
            one.seconds <= 5,
        )
        for one in published()
    ]


def _files() -> list[str]:
    found = measured()
    ratio = found.sealed_ms / found.open_ms
    said = f"{found.sealed_ms:.0f} ms; unsealed and without walls {found.open_ms:.0f} ms; ratio {ratio:.2f}"
    rows = [_row("a file with 200 notes, opened", said, "≤ 1.5 times", ratio <= 1.5)]
    for way, (few, many) in found.asked.items():
        said = f"{few:.0f} ms at 10,000 files, {many:.0f} ms at 1,000,000; ratio {many / few:.2f}"
        rows.append(_row(f"{way}, p95", said, "≤ 1.5 times", many / few <= 1.5))
    return rows


def _sides() -> list[str]:
    """A chance below 0.05 would say that the two take different times."""
    rows = []
    for one in told():
        said = f"client {one.client_ms:.2f} ms, nobody {one.nobody_ms:.2f} ms; by chance {one.chance:.2f}"
        what = one.probe.replace("<uuid:file>", "…")
        rows.append(_row(f"from the other side of the wall: {what}, median", said, "alike", one.chance >= 0.05))
    return rows


if __name__ == "__main__":
    main()
