"""Published pages from memory and as files."""

import gzip
import json
import os
from pathlib import Path

import brotli
import pytest

from lykta.public.files import export, file_of, publish, version_of
from lykta.public.memory import Memory, accepted
from lykta.public.rendered import Rendered, Site

HEADERS = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Vary": "Accept-Encoding"}
BODY = b"<!doctype html>" + b"<p>A page.</p>" * 50


def site(body: bytes = BODY) -> Site:
    return Site(
        answers={
            "/": Rendered(200, HEADERS, body),
            "/en/about/": Rendered(200, HEADERS, b"about" * 20),
            "/skriv/": Rendered(303, {"Location": "/sida/", "Cache-Control": "no-store"}),
            "/robots.txt": Rendered(200, {"Content-Type": "text/plain"}, b"User-agent: *\n"),
        },
        missing={"": Rendered(404, HEADERS, b"inget"), "en": Rendered(404, HEADERS, b"nothing")},
    )


def asked(path: str, *, method: str = "GET", encoding: str | None = None) -> dict[str, str]:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
    return environ if encoding is None else {**environ, "HTTP_ACCEPT_ENCODING": encoding}


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    publish(site(), tmp_path)
    return Memory(tmp_path, look_every=0)


@pytest.mark.parametrize(
    ("header", "choice"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0, gzip;q=0", "identity"),
        ("br;q=0.001", "br"),
        ("BR", "br"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("identity", "identity"),
        ("identity;q=0", "identity"),
        ("br;q=nonsense", "identity"),
        ("gzip ; q=1.0 , br ; q=0", "gzip"),
        ("xbr, gzipped", "identity"),
    ],
)
def test_the_best_form_that_the_browser_accepts(header: str, choice: str) -> None:
    assert accepted(header) == choice


@pytest.mark.parametrize(("encoding", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)])
def test_every_form_holds_the_same_page(memory: Memory, encoding: str, read: object) -> None:
    answer = memory.answer(asked("/", encoding=encoding))
    assert answer is not None
    status, headers, body = answer

    assert (status, read(body)) == ("200 OK", BODY)  # type: ignore[operator]
    assert dict(headers).get("Content-Encoding", "") == encoding
    assert dict(headers)["Content-Length"] == str(len(body))


def test_head_has_the_headers_of_get_and_no_body(memory: Memory) -> None:
    get, head = memory.answer(asked("/")), memory.answer(asked("/", method="HEAD"))
    assert get is not None
    assert head is not None

    assert (head[0], head[1], head[2]) == (get[0], get[1], b"")


@pytest.mark.parametrize(
    "environ", [asked("/none/"), asked("/", method="POST"), asked("//"), asked("/../"), asked("/index.json")]
)
def test_everything_else_is_left_to_others(memory: Memory, environ: dict[str, str]) -> None:
    assert memory.answer(environ) is None


@pytest.mark.parametrize(("path", "status", "to"), [("/skriv/", "303", "/sida/"), ("/en/about", "308", "/en/about/")])
def test_some_addresses_only_lead_on(memory: Memory, path: str, status: str, to: str) -> None:
    answer = memory.answer(asked(path))
    assert answer is not None

    assert (answer[0][:3], dict(answer[1])["Location"], answer[2]) == (status, to, b"")
    assert dict(answer[1])["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("path", "body"), [("/x/", b"inget"), ("/en/x/", b"nothing"), ("/english/", b"inget")])
def test_nothing_here_is_said_in_the_language_of_the_address(memory: Memory, path: str, body: bytes) -> None:
    answer = memory.missing(asked(path))
    assert answer is not None

    assert (answer[0], answer[2]) == ("404 Not Found", body)


def test_before_the_first_publication_there_is_no_answer(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "none", look_every=0)

    assert (memory.answer(asked("/")), memory.missing(asked("/"))) == (None, None)


def test_a_new_publication_is_noticed_without_a_restart(memory: Memory, tmp_path: Path) -> None:
    publish(site(b"new words"), tmp_path)

    answer = memory.answer(asked("/"))

    assert answer is not None
    assert answer[2] == b"new words"


def test_a_publication_that_cannot_be_read_leaves_the_old_one_standing(memory: Memory, tmp_path: Path) -> None:
    assert memory.answer(asked("/")) is not None
    (tmp_path / "current").write_text("gone")

    assert memory.answer(asked("/")) is not None


def test_publishing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    first, second = publish(site(), tmp_path), publish(site(), tmp_path)

    assert (first.is_new, second.is_new, first.version) == (True, False, second.version)


def test_another_word_or_another_header_is_another_version() -> None:
    other_header = Site(answers={**site().answers, "/": Rendered(200, {**HEADERS, "X": "y"}, BODY)})

    assert len({version_of(site()), version_of(site(b"other")), version_of(other_header)}) == 3


def test_only_the_last_two_versions_are_kept(tmp_path: Path) -> None:
    made = []
    for word in (b"one", b"two", b"three"):
        made.append(publish(site(word), tmp_path).version)
        os.utime(tmp_path / made[-1] / "index.json", (0, 0))  # long ago
    publish(site(b"three"), tmp_path)

    kept = {one.name for one in tmp_path.iterdir() if one.is_dir()}

    assert kept == set(made[1:])


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/en/", "en/index.html"),
        ("/stod/x/", "stod/x/index.html"),
        ("/robots.txt", "robots.txt"),
    ],
)
def test_an_address_has_its_file(path: str, file: str) -> None:
    assert file_of(path) == file


def test_an_export_can_be_served_by_any_web_server(tmp_path: Path) -> None:
    export(site(), tmp_path / "out")
    out = tmp_path / "out"

    assert (out / "index.html").read_bytes() == BODY
    assert gzip.decompress((out / "index.html.gz").read_bytes()) == BODY
    assert brotli.decompress((out / "index.html.br").read_bytes()) == BODY
    assert json.loads((out / "index.json").read_text())["answers"]["/"]["headers"] == HEADERS
    assert "return 303 /sida/;" in (out / "nginx.conf").read_text()
