"""Serves a published folder from memory on a free port, for tests that need a real browser."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from lykta.core import clock
from lykta.core.policy import leaving_headers
from lykta.public.content import content_from_repository
from lykta.public.files import publish
from lykta.public.memory import Memory
from lykta.public.publish import render_site
from lykta.public.rendered import Site

type Seen = list[tuple[str, str, dict[str, str]]]


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """No test needs a log line."""


def application(folder: Path, *, exit_url: str, seen: Seen) -> Callable[..., list[bytes]]:
    """Memory first; then what Django would answer: the exit, and the page that says nothing is here."""
    memory = Memory(folder, look_every=0)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        sent = {name[5:].lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
        seen.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], sent))
        if environ["PATH_INFO"] == "/lamna":
            start_response("303 See Other", list(leaving_headers(exit_url).items()))
            return [b""]
        found = memory.answer(environ) or memory.missing(environ)
        assert found is not None, "nothing is published here"
        status, headers, body = found
        start_response(status, headers)
        return [body]

    return answer


@contextmanager
def quiet_server(folder: Path, *, exit_url: str) -> Iterator[tuple[str, Seen]]:
    """(address without a slash at its end, requests seen as (method, path, headers))."""
    seen: Seen = []
    app = application(folder, exit_url=exit_url, seen=seen)
    with make_server("127.0.0.1", 0, app, server_class=_Threaded, handler_class=_Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", seen
        finally:
            server.shutdown()


@contextmanager
def neutral_target() -> Iterator[tuple[str, Seen, threading.Event]]:
    """A page about the weather: (address, requests seen, event that lets answers go, set from the start)."""
    seen: Seen = []
    let_go = threading.Event()
    let_go.set()

    class Weather(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if urlsplit(self.path).path != "/":
                self.send_error(404)
                return
            seen.append(("GET", "/", {name.lower(): value for name, value in self.headers.items()}))
            let_go.wait(30)
            body = b"<!doctype html><title>Weather</title><h1>Snow</h1>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """No test needs a log line."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/", seen, let_go
    finally:
        let_go.set()
        server.shutdown()
        server.server_close()


def publish_repository(folder: Path, *, exit_url: str) -> Site:
    """Render everything in the repository as of today and publish it into the folder."""
    site = render_site(content_from_repository(), exit_url=exit_url, base="https://lykta.example", on=clock.today())
    publish(site, folder)
    return site
