"""A house of an earlier release, with data, under today's code: nothing is lost and every word can be read.

The kept houses are in journeys/data/, each made by its own release's journeys/keep_release.py. They stand here without
a worker: their days are long past, and it would rightly forget what is due.
"""

import json
import secrets
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from journeys import plain
from journeys.keep_release import ROLE, boss, letters, program, read
from journeys.served import Site, _stop, _wait_for, free_port
from lykta.config.cluster import Cluster
from lykta.config.ground import ask, ground
from lykta.config.keys import SEED, make_keys
from lykta.config.roles import bootstrap
from lykta.sealing.enums import OF_HOUSE, RingName

RELEASES = sorted((Path(__file__).parent / "data").glob("*.tar.xz"))
CHANGED: dict[str, str] = {
    "public_pagetext": "a page was one row and is a text with versions now",
    "catalogue_entry.body": "limits stood within their service and are rows of their own now",
}
"""What migrations since a kept release rightly removed or wrote anew: table or table.column, each with its reason."""

Columns = dict[str, list[str]]
Rows = dict[str, Counter[tuple[str, ...]]]


@dataclass
class Upgraded:
    """A kept house: its columns and rows before today's migrations and after them, and where it is served now."""

    facts: dict[str, Any]
    before: tuple[Columns, Rows]
    after: tuple[Columns, Rows]
    site: Site
    surroundings: Mapping[str, str]


@pytest.fixture(scope="module", params=RELEASES, ids=lambda path: path.name.removesuffix(".tar.xz"))
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    data = tmp_path_factory.mktemp("kept")
    with tarfile.open(request.param) as packed:
        packed.extractall(data, filter="data")
    keys = json.loads((data / "keys.json").read_text())
    # The id names the database's place: two runs at once on one machine must not meet in it.
    (data / "keys.json").write_text(json.dumps(keys | {"id": secrets.token_hex(6)}))
    with ExitStack() as stack:
        stack.callback(Cluster(data).remove)
        stack.enter_context(Cluster(data).using())
        restore(data)
        with boss(data) as database:
            before = columns(database), rows(database)
        surroundings = stack.enter_context(ground(data))
        with boss(data) as database:
            after = columns(database), rows(database)
        assert ask(surroundings, "django", "prepare").strip() == "{}"
        facts = json.loads((data / "facts.json").read_text(encoding="utf-8"))
        yield Upgraded(facts, before, after, serve_without_worker(data, surroundings, stack), surroundings)


def restore(data: Path) -> None:
    """Roles as every start makes them, and into the empty database what the dump holds."""
    address, keys = Cluster(data).address(), make_keys(data / "keys.json")
    bootstrap(address.dsn(address.superuser, keys["database"][address.superuser], "postgres"), keys)
    program("psql", data, "-q", "-v", "ON_ERROR_STOP=1", stdin=(data / "dump.sql").read_bytes())


def serve_without_worker(data: Path, surroundings: Mapping[str, str], stack: ExitStack) -> Site:
    """The web server alone; the dialogue and the staff's pages need nothing published."""
    port, log = free_port(), data / "serve.log"
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-access-log"]
    file = stack.enter_context(log.open("wb"))
    command = [*server, "lykta.config.wsgi:application"]
    process = subprocess.Popen(command, env=surroundings, stdout=file, stderr=subprocess.STDOUT)
    stack.callback(_stop, process)
    _wait_for(f"http://127.0.0.1:{port}/readyz", process, log)
    accounts = json.loads((data / "demo-accounts.json").read_text(encoding="utf-8"))
    return Site(f"http://127.0.0.1:{port}", data, "", accounts, [], process)


def columns(database: psycopg.Connection[Any]) -> Columns:
    """Columns of every table."""
    found: Columns = {}
    for table, column in database.execute(
        "SELECT table_name, column_name FROM information_schema.columns JOIN pg_tables ON tablename = table_name"
        " WHERE table_schema = 'public' AND schemaname = 'public' ORDER BY 1, ordinal_position"
    ):
        found.setdefault(table, []).append(column)
    return found


def rows(database: psycopg.Connection[Any]) -> Rows:
    """Every row of every table, its columns as text."""
    found: Rows = {}
    for table, names in columns(database).items():
        texts = SQL(", ").join(SQL("coalesce({}::text, '')").format(Identifier(name)) for name in names)
        found[table] = Counter(database.execute(SQL("SELECT {} FROM {}").format(texts, Identifier(table))).fetchall())
    return found


def test_there_is_a_kept_release() -> None:
    assert RELEASES
    assert all(path.stat().st_size < 300_000 for path in RELEASES)


def test_no_row_and_no_value_is_lost(upgraded: Upgraded) -> None:
    """Rows may be added; what stood there stands there still, or CHANGED says why not."""
    (shape, before), (shape_now, after) = upgraded.before, upgraded.after
    assert {table: sum(found.values()) for table, found in before.items()} == upgraded.facts["rows"]
    lost = {}
    for table in sorted(set(before) - set(CHANGED)):
        kept = [name for name in shape[table] if f"{table}.{name}" not in CHANGED]
        assert [name for name in kept if name not in shape_now.get(table, [])] == [], table
        lost[table] = only(before[table], shape[table], kept) - only(after[table], shape_now[table], kept)
    assert {table: missing for table, missing in lost.items() if missing} == {}


def only(found: Counter[tuple[str, ...]], names: list[str], kept: list[str]) -> Counter[tuple[str, ...]]:
    """The rows with the kept columns alone."""
    places = [names.index(name) for name in kept]
    return Counter(tuple(row[place] for place in places) for row in found.elements())


def test_every_limit_within_a_service_is_a_row_that_says_the_same(upgraded: Upgraded) -> None:
    (shape, before), (shape_now, after) = upgraded.before, upgraded.after
    stood = [json.loads(row[-1]) for row in only(before["catalogue_entry"], shape["catalogue_entry"], ["body"])]
    limits = [text for body in stood for text in body.get("limits", []) + body.get("house_limits", [])]
    if limits:  # of a release that kept them so
        kept = only(after["catalogue_entry"], shape_now["catalogue_entry"], ["body"])
        assert [limit for limit in limits if json.dumps(limit) not in {row[0] for row in kept}] == []


def test_every_page_is_the_first_version_of_a_text_and_says_the_same(upgraded: Upgraded) -> None:
    (shape, before), (shape_now, after) = upgraded.before, upgraded.after
    if "public_pagetext" in shape:  # of a release that kept them so
        stood = only(before["public_pagetext"], shape["public_pagetext"], ["id", "centre_id", "body"])
        kept = only(after["public_version"], shape_now["public_version"], ["text_id", "centre_id", "body"])
        assert stood - kept == Counter()
        texts = only(after["public_text"], shape_now["public_text"], ["id", "slug", "language"])
        assert only(before["public_pagetext"], shape["public_pagetext"], ["id", "slug", "language"]) == texts


def test_a_counsellor_signs_in_and_reads_every_word(upgraded: Upgraded) -> None:
    member = plain.staff(upgraded.site, ROLE)
    said = upgraded.facts["dialogues"]
    assert set(said) <= set(plain.dialogues(member))  # one more may have come by now
    for address, words in said.items():
        page = letters(read(member, address))
        assert [text for text in words if text not in page] == [], address


def test_the_seed_is_off_the_machine_and_every_ring_can_be_opened_and_recovered(upgraded: Upgraded) -> None:
    """The rings that were there get their spare from a holder who signs in; all others at the first start."""
    assert SEED not in json.loads((upgraded.site.data / "keys.json").read_text(encoding="utf-8"))
    plain.staff(upgraded.site, ROLE)
    with boss(upgraded.site.data) as database:
        rings = {name for (name,) in database.execute("SELECT name FROM sealing_ring")}
        spared = {
            n for (n,) in database.execute("SELECT name FROM sealing_ring r JOIN sealing_ringspare ON ring_id = r.id")
        }
        shared = {
            n for (n,) in database.execute("SELECT name FROM sealing_ring r JOIN sealing_ringshare ON ring_id = r.id")
        }
    assert rings == {*OF_HOUSE, RingName.RECOVERY}
    assert spared == set(OF_HOUSE)
    assert {RingName.CONTACT, RingName.HOUSE, RingName.REVIEW} <= shared


def test_a_visitor_comes_back_with_her_code_and_reads_the_reply(upgraded: Upgraded) -> None:
    her = upgraded.facts["visitor"]
    assert her["reply"] in letters(plain.come_back(plain.visitor(upgraded.site), her["code"]))


def test_new_words_are_written_and_answered(upgraded: Upgraded) -> None:
    visitor = plain.visitor(upgraded.site)
    code = plain.write(visitor, "Skrivet efter bytet.")
    member = plain.staff(upgraded.site, ROLE)
    address = next(a for a in plain.dialogues(member) if "Skrivet efter bytet." in letters(read(member, a)))
    plain.submit(member, address, deed="take")
    fields = {"deed": "answer", "text": "Svarat efter bytet.", "signed": "house", "seen": plain.seen(member, address)}
    assert plain.submit(member, address, **fields).status_code == 303
    assert "Svarat efter bytet." in letters(plain.come_back(plain.visitor(upgraded.site), code))


def test_the_log_is_whole(upgraded: Upgraded) -> None:
    command = [sys.executable, "-m", "lykta.config.cli", "verify-log", "--json"]
    done = subprocess.run(command, env=upgraded.surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    reports = json.loads(done.stdout)
    assert {report["chain"] for report in reports if report["rows"]} == {"staff", "public", "worker"}
