"""Public pages: throughput against nginx serving the same bytes with the same headers, and a first visit's weight."""

import os
import re
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tools import program
from journeys.served import Site, free_port

ROUNDS = 3
SECONDS = 3
CONNECTIONS = 32
ENCODING = "gzip"  # what both can serve; nginx needs a module of its own for brotli


@dataclass(frozen=True)
class Throughput:
    """Medians over alternating rounds, in answers a second."""

    ours: float
    nginx: float

    @property
    def ratio(self) -> float:
        """Ours for each of nginx's."""
        return self.ours / self.nginx


def throughput(url: str) -> Throughput:
    """Alternate between the two servers, so that a noisy machine is noisy for both. Raises Missing."""
    wrk, nginx = program("wrk", "wrk"), program("nginx", "nginx-light")
    body, headers = _get(f"{url}/", ENCODING)
    with _served_by(nginx, body, headers) as peer:
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(_rate(wrk, f"{url}/"))
            theirs.append(_rate(wrk, peer))
    return Throughput(statistics.median(ours), statistics.median(theirs))


def weights(site: Site) -> dict[str, tuple[int, int]]:
    """Address -> bytes on the wire of a first visit (page and what it loads, headers included) and its requests."""
    found = {}
    for path in ("/", "/en/", "/hitta-ratt-stod/", "/vald/", "/akut/", "/sida/"):
        try:
            body, headers = _get(site.url + path, "br")
        except urllib.error.HTTPError:
            continue
        page = _plain(site.url + path)
        loads = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(/[^"]+)"[^>]*>', page)
        loads = [load for load in loads if not re.search(rf'rel="(?:alternate|canonical)"[^>]*{re.escape(load)}', page)]
        parts = [(body, headers), *(_get(site.url + load, "br") for load in dict.fromkeys(loads))]
        found[path] = (sum(len(b) + _header_bytes(h) for b, h in parts), len(parts))
    return found


def _get(url: str, encoding: str) -> tuple[bytes, Mapping[str, str]]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read(), dict(answer.headers)


def _plain(url: str) -> str:
    return _get(url, "identity")[0].decode()


def _header_bytes(headers: Mapping[str, str]) -> int:
    return len("HTTP/1.1 200 OK\r\n\r\n") + sum(len(f"{name}: {value}\r\n") for name, value in headers.items())


def _rate(wrk: str, url: str) -> float:
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", f"Accept-Encoding: {ENCODING}", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{url} did not always answer 200")
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])


@contextmanager
def _served_by(nginx: str, body: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    """nginx with the page's encoded bytes as a file and the page's own headers, without a log, a worker a core."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="lykta-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "page.html").write_bytes(body)
        skipped = ("content-length", "content-type", "date", "server", "connection", "last-modified", "etag")
        lines = "\n".join(
            f"add_header {key} {value!r};" if "'" not in value else f'add_header {key} "{value}";'
            for key, value in headers.items()
            if key.lower() not in skipped
        )
        (folder / "nginx.conf").write_text(
            f"""worker_processes {os.cpu_count()}; pid {folder}/pid; error_log {folder}/error.log; daemon off;
            events {{ worker_connections 1024; }}
            http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000;
              open_file_cache max=100; etag off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
              fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
              server {{ listen 127.0.0.1:{port} backlog=1024; root {folder};
                location / {{ default_type "text/html; charset=utf-8"; try_files /page.html =404; {lines} }} }} }}"""
        )
        process = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-p", name], stderr=subprocess.DEVNULL)
        try:
            time.sleep(0.5)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait()
