"""Whether the time tells anything: codes that lead nowhere, to a dialogue with or without a reply, to an erased one."""

import gc
import statistics
import time
from dataclasses import dataclass

from journeys import plain
from journeys.served import Site
from lykta.sealing.codes import new_code

EACH = 80


@dataclass(frozen=True)
class Shown:
    """Milliseconds from sending a code to having read the page, for one kind of code."""

    kind: str
    median_ms: float
    p95_ms: float


def shown(site: Site) -> list[Shown]:
    """Show codes of every kind in turn, so that a noisy moment is shared by all."""
    kinds = {
        "unknown": [new_code() for _ in range(EACH)],
        "no reply yet": [_written(site) for _ in range(EACH)],
        "with a reply": _answered(site),
        "erased": [_erased(site) for _ in range(EACH)],
    }
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for codes in zip(*kinds.values(), strict=True):
        for kind, code in zip(kinds, codes, strict=True):
            times[kind].append(_seconds(site, code) * 1000)
    return [Shown(kind, statistics.median(t), sorted(t)[round(len(t) * 0.95) - 1]) for kind, t in times.items()]


def _seconds(site: Site, code: str) -> float:
    with plain.visitor(site) as browser:
        gc.collect()  # between two measurings, so that our own sweeping is not taken for an answer's time
        began = time.perf_counter()
        plain.come_back(browser, code)
        return time.perf_counter() - began


def _written(site: Site) -> str:
    with plain.visitor(site) as browser:
        return plain.write(browser, "Mätning")


def _answered(site: Site) -> list[str]:
    """Codes of dialogues a member has answered."""
    codes = [_written(site) for _ in range(EACH)]
    member = plain.staff(site, "counsellor")
    for address in [a for a in plain.dialogues(member) if "Mätning" in member.get(a).text]:
        plain.submit(member, address, deed="answer", text="Svar", signed="name", seen=plain.seen(member, address))
    return codes


def _erased(site: Site) -> str:
    with plain.visitor(site) as browser:
        code = plain.write(browser, "Mätning")
        browser.post("/sida/", data={"deed": "erase"})
    return code
