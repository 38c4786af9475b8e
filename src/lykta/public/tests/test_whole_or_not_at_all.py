"""A publication that breaks leaves the site as it was: a full disk, a killed process, a cut cable."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lykta.core.published import pointed
from lykta.public.files import lay_out, point, publish
from lykta.public.memory import Memory
from lykta.public.rendered import Rendered, Site

PAGES = 120


def site(word: str, *, size: int = 2_000) -> Site:
    """Every page says the same word, so that a mixture would show."""
    body = f"<!doctype html><p>{word}</p>".encode()
    answers = {f"/{n}/": Rendered(200, {"Content-Type": "text/html"}, body + os.urandom(size)) for n in range(PAGES)}
    return Site(answers=answers)


def read(folder: Path) -> set[bytes]:
    """What a process that starts now says on all pages."""
    memory = Memory(folder)
    found = [memory.answer({"REQUEST_METHOD": "GET", "PATH_INFO": f"/{n}/"}) for n in range(PAGES)]
    assert None not in found
    return {answer[2].split(b"</p>")[0][-3:] for answer in found if answer}


CHILD = """
import sys
from pathlib import Path
from lykta.public.files import publish
from lykta.public.tests.test_whole_or_not_at_all import site
new = site("new")
print("ready", flush=True)
publish(new, Path(sys.argv[1]))
"""


def child(folder: Path, *, limit: int = 0) -> "subprocess.Popen[str]":
    """A process of its own that publishes; limit: the largest file it may write, in bytes."""

    def starve() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-c", CHILD, str(folder)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, preexec_fn=starve)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_full_disk_leaves_the_old_site_and_nothing_else(tmp_path: Path) -> None:
    before = publish(site("old"), tmp_path)
    there = sorted(one.name for one in tmp_path.iterdir())

    process = child(tmp_path, limit=1_500)
    _, said = process.communicate(timeout=60)

    assert (process.returncode, "File too large" in said) == (1, True)
    assert (read(tmp_path), pointed(tmp_path)) == ({b"old"}, (before.version, 1))
    assert sorted(one.name for one in tmp_path.iterdir()) == there


def test_a_process_killed_at_any_moment_leaves_the_old_site_or_the_new_one_whole(tmp_path: Path) -> None:
    publish(site("old"), tmp_path)
    seen = set()
    for moment in (0.0, 0.004, 0.01, 0.02, 0.04, 0.08):
        process = child(tmp_path)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        words = read(tmp_path)
        assert len(words) == 1
        seen |= words
    assert b"old" in seen
    assert publish(site("end"), tmp_path).is_new
    assert read(tmp_path) == {b"end"}
    assert [one.name for one in tmp_path.glob(".new-*")] == []


def test_what_is_laid_out_is_not_shown_before_it_is_pointed_to(tmp_path: Path) -> None:
    publish(site("old"), tmp_path)
    done = lay_out(site("new"), tmp_path)

    assert read(tmp_path) == {b"old"}
    assert point(tmp_path, done.version, 2)
    assert read(tmp_path) == {b"new"}


def test_an_earlier_publication_that_comes_late_does_not_take_the_place_of_a_later_one(tmp_path: Path) -> None:
    publish(site("old"), tmp_path)
    early, late = lay_out(site("one"), tmp_path), lay_out(site("two"), tmp_path)

    assert (point(tmp_path, late.version, 3), point(tmp_path, early.version, 2)) == (True, False)
    assert read(tmp_path) == {b"two"}


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b""), lambda file: file.unlink()], ids=["cut", "gone"])
def test_after_a_power_cut_a_version_that_is_not_whole_is_not_read_but_mended(tmp_path: Path, spoil) -> None:
    first, second = site("old"), site("new")
    publish(first, tmp_path)
    done = publish(second, tmp_path)
    spoil(tmp_path / done.version / "7" / "index.html.br")

    assert read(tmp_path) == {b"old"}
    assert publish(second, tmp_path).is_new
    assert read(tmp_path) == {b"new"}


def test_a_page_that_says_what_it_said_is_not_compressed_again(tmp_path: Path) -> None:
    first = site("old")
    old = publish(first, tmp_path)
    mark = tmp_path / old.version / "7" / "index.html.br"
    changed = Site(answers=dict(first.answers) | {"/8/": Rendered(200, {}, b"another")})
    mark.write_bytes(b"kept")

    done = lay_out(changed, tmp_path)

    assert (tmp_path / done.version / "7" / "index.html.br").read_bytes() == b"kept"
