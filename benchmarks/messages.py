"""Anonymous messages, end to end: the form is sent, the 303 followed, and the page with the code read."""

import http.client
import re
import statistics
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from journeys.served import Site

CODE = re.compile(r"<li>(\d{4})</li>")


@dataclass(frozen=True)
class Writing:
    """What came of a number of messages sent by some writers at once. Times in milliseconds."""

    writers: int
    sent: int
    with_code: int
    per_second: float
    median_ms: float
    p95_ms: float

    @property
    def lost(self) -> int:
        """Messages whose writer got no code of her own."""
        return self.sent - self.with_code


def write(site: Site, *, writers: int, each: int) -> Writing:
    """Let `writers` people write `each` messages, every one a new dialogue from a new browser."""
    host = site.url.removeprefix("http://")
    times: list[float] = []
    codes: set[str] = set()
    lock = threading.Lock()

    def one_person(number: int) -> None:
        for round_ in range(each):
            took, code = _one_message(host, f"Mätning {number} {round_}")
            with lock:
                times.append(took)
                codes.update([code] if code else [])

    threads = [threading.Thread(target=one_person, args=(number,)) for number in range(writers)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - began
    ordered = sorted(times)
    return Writing(
        writers=writers,
        sent=writers * each,
        with_code=len(codes),
        per_second=len(codes) / whole,
        median_ms=statistics.median(ordered) * 1000,
        p95_ms=ordered[max(0, round(len(ordered) * 0.95) - 1)] * 1000,
    )


def _one_message(host: str, text: str) -> tuple[float, str]:
    """Seconds from sending to having read the page, and the code on it, or "" where there was none."""
    browser = http.client.HTTPConnection(host, timeout=60)
    began = time.perf_counter()
    form = urlencode({"deed": "write", "text": text, "municipality": "none", "hurt": "none"})
    browser.request("POST", "/sida/", form, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = browser.getresponse()
    answer.read()
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    browser.request("GET", "/sida/", headers={"Cookie": cookie})
    page = browser.getresponse().read().decode()
    took = time.perf_counter() - began
    browser.close()
    found = CODE.findall(page)
    return took, "".join(found) if len(found) == 5 else ""


def stored(site: Site) -> int:
    """Dialogues that stand in the database, counted past every wall."""
    import json

    import psycopg

    from lykta.config.cluster import Cluster

    address = Cluster(site.data).address()
    password = json.loads((site.data / "keys.json").read_text())["database"][address.superuser]
    with psycopg.connect(address.dsn(address.superuser, password, address.dbname)) as boss:
        row = boss.execute("SELECT count(*) FROM contact_dialogue").fetchone()
    return int(row[0]) if row else 0
