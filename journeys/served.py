"""A demo centre served as `./start` serves it, for browsers, attacks and benchmarks. Knows nothing of Django."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from lykta.config.cluster import Cluster


@dataclass
class Site:
    """A served demo centre. `neutral` is where Leave quickly leads; `asked` is what was asked for there."""

    url: str
    data: Path
    neutral: str
    accounts: list[dict[str, str]]
    asked: list[dict[str, str]]
    process: "subprocess.Popen[bytes]"

    def account(self, role: str) -> dict[str, str]:
        """The demo account of a role."""
        return next(a for a in self.accounts if a["role"] == role)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def serve_site(stack: ExitStack, *, environment: dict[str, str] | None = None, flags: tuple[str, ...] = ()) -> Site:
    """Serve a fresh demo centre until the stack is closed."""
    data = Path(tempfile.mkdtemp(prefix="lykta-site-"))
    stack.callback(shutil.rmtree, data, ignore_errors=True)
    stack.callback(Cluster(data).remove)
    neutral, asked = _neutral_place(stack)
    port = free_port()
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("LYKTA_") or k == "LYKTA_CHROMIUM"}
    surroundings |= {"LYKTA_EXIT_URL": neutral} | (environment or {})
    command = [sys.executable, "-m", "lykta.config.cli", "serve", "--port", str(port), "--data", str(data), *flags]
    log = stack.enter_context((data / "serve.log").open("wb"))
    process = subprocess.Popen(command, env=surroundings, stdout=log, stderr=subprocess.STDOUT)
    stack.callback(_stop, process)
    url = f"http://127.0.0.1:{port}"
    _wait_for(f"{url}/readyz", process, data / "serve.log")
    accounts = data / "demo-accounts.json"
    return Site(url, data, neutral, json.loads(accounts.read_text()) if accounts.exists() else [], asked, process)


def public_door(site: Site, stack: ExitStack, *, workers: int) -> str:
    """The public door of the same house as a process of its own, as in production. Gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "lykta.config.cli", "serve", "--door", "public", "--workers", str(workers)]
    log = site.data / "public.log"
    file = stack.enter_context(log.open("wb"))
    process = subprocess.Popen(
        [*command, "--port", str(port), "--data", str(site.data)], stdout=file, stderr=subprocess.STDOUT
    )
    stack.callback(_stop, process)
    _wait_for(f"http://127.0.0.1:{port}/healthz", process, log)
    return f"http://127.0.0.1:{port}"


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the address answers; a server that died tells what it said."""
    for _ in range(1800):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer: {log.read_text()[-2000:]}")


def _neutral_place(stack: ExitStack) -> tuple[str, list[dict[str, str]]]:
    """A plain page on another port, as the place to leave to; remembers the headers it was asked with."""
    asked: list[dict[str, str]] = []

    class Neutral(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(dict(self.headers))
            body = b"<!doctype html><title>Weather</title><h1>Weather</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Neutral)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stack.callback(server.server_close)
    stack.callback(server.shutdown)
    return f"http://127.0.0.1:{server.server_address[1]}/", asked
