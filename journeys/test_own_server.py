"""A house on an ordinary PostgreSQL server: first start as its superuser, then each door as a process of its own with
its own keys, put in its own place while fifty people write.
"""

import hmac
import json
import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import pytest

from journeys import packaged, plain
from journeys.own_house import OwnHouse
from journeys.packaged import Packaged
from journeys.served import Site
from journeys.writers import Writers
from lykta.config import roles
from lykta.config.doctor.silence import QUIET
from lykta.config.keys import make_keys
from lykta.sealing.passwords import code_secret, derive

WORD = "kanariefågel"
SAMPLE = 60


@pytest.fixture(scope="module")
def server() -> Iterator[Packaged]:
    """In another time zone and as talkative as can be, before Lykta comes."""
    with ExitStack() as stack:
        server = packaged.start(stack)
        with server.boss() as boss:
            boss.execute("ALTER SYSTEM SET timezone = 'America/New_York'")
            boss.execute("ALTER SYSTEM SET log_statement = 'all'")
            boss.execute("ALTER SYSTEM SET log_min_duration_statement = 0")
            boss.execute("SELECT pg_reload_conf()")
        yield server


@pytest.fixture(scope="module")
def house(server: Packaged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnHouse]:
    """Made by the server's superuser, furnished and served without one; each door has its own keys and process."""
    with ExitStack() as stack:
        house = OwnHouse(server, tmp_path_factory.mktemp("own"), stack).made()
        keys = make_keys(house.data / "keys.json")["database"]
        app = server.url("lykta_app", keys["lykta_app"])
        furnished = house.lykta("demo", LYKTA_DATABASE_URL=app)
        assert furnished.returncode == 0, furnished.stderr
        for door in ("public", "staff", "worker"):
            house.open(door, LYKTA_KEYS=str(house.keys_of(door)), LYKTA_FLOOD_BURST="1000000")
        yield house


@pytest.fixture
def doors(house: OwnHouse) -> dict[str, Site]:
    return house.doors


def test_a_word_goes_from_door_to_door(house: OwnHouse, doors: dict[str, Site]) -> None:
    before = house.dialogues()
    code = plain.write(plain.visitor(doors["public"]), f"{WORD} skriver")
    member = plain.staff(doors["staff"], "counsellor")
    (written,) = house.dialogues() - before  # not from the inbox: fifty others may have written before her
    address = f"/personal/inkorg/{written}/"
    assert WORD in member.get(address).text
    plain.submit(member, address, deed="take")
    fields = {"deed": "answer", "text": f"{WORD} svar", "signed": "house", "seen": plain.seen(member, address)}
    assert plain.submit(member, address, **fields).status_code == 303
    assert f"{WORD} svar" in plain.come_back(plain.visitor(doors["public"]), code)
    log = (house.server.files.parent / "server.log").read_text(errors="replace")
    assert "statement:" in log, "the server was talkative before we came"
    assert WORD not in log


def test_each_process_signs_in_as_its_own_door_and_nobody_as_more(house: OwnHouse) -> None:
    plain.visitor(house.doors["public"]).get("/readyz")
    plain.visitor(house.doors["staff"]).get("/readyz")
    _await(lambda: "lykta_worker" in _signed_in(house))
    assert _signed_in(house) == {"lykta_public", "lykta_staff", "lykta_worker"}


def _signed_in(house: OwnHouse) -> set[str]:
    with house.server.boss() as boss:
        return {str(name) for (name,) in boss.execute("SELECT usename FROM pg_stat_activity WHERE datname = 'lykta'")}


def test_a_door_holds_no_other_doors_secrets(house: OwnHouse) -> None:
    whole = json.loads((house.data / "keys.json").read_text())
    held = {door: json.loads(house.keys_of(door).read_text()) for door in ("public", "agency", "staff", "worker")}
    everyones = {"door", "centre", "centre_verify_key", "secret_key", "database"}
    assert {door: set(keys) - everyones for door, keys in held.items()} == {
        "public": {"pepper", "site_salt"},
        "agency": set(),
        "staff": {"totp_key", "anchor_seed"},
        "worker": {"worker_seed", "anchor_seed"},
    }
    assert all(set(keys["database"]) == {f"lykta_{door}"} for door, keys in held.items())
    assert len({keys["secret_key"] for keys in (whole, *held.values())}) == 5
    assert house.keys_of("public").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("role", ["lykta_app", "lykta_owner", "lykta_staff", "lykta_worker", "lykta_agency"])
def test_the_public_doors_login_becomes_nobody_else(house: OwnHouse, role: str) -> None:
    password = json.loads(house.keys_of("public").read_text())["database"]["lykta_public"]
    public = psycopg.connect(house.server.url("lykta_public", password), autocommit=True)
    with public, pytest.raises(psycopg.errors.InsufficientPrivilege):
        public.execute(f"SET ROLE {role}")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(house.server.url(role, password))


@pytest.mark.parametrize(
    ("door", "path"),
    [("public", "/personal/"), ("public", "/personal/logga-in/"), ("staff", "/sida/"), ("staff", "/hitta-stod/")],
)
def test_behind_a_door_another_doors_addresses_do_not_exist(doors: dict[str, Site], door: str, path: str) -> None:
    answer, unknown = (httpx.get(doors[door].url + address) for address in (path, "/finns-inte/"))
    assert (answer.status_code, answer.content) == (404, unknown.content)


def test_a_doors_keys_serve_that_door_alone_and_change_nothing(house: OwnHouse) -> None:
    keys = str(house.keys_of("public"))
    for words in (("serve", "--door", "staff"), ("migrate",), ("keys", "--door", "public", "--to", str(house.data))):
        done = house.lykta(*words, LYKTA_KEYS=keys)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert (
        "holds the keys of the door 'public'; it can't serve 'staff'"
        in house.lykta("serve", "--door", "staff", LYKTA_KEYS=keys).stderr
    )


def test_the_doctor_finds_nothing_unsafe_with_the_keys_of_the_house_or_of_a_door(house: OwnHouse) -> None:
    _await(lambda: house.count("SELECT count(*) FROM procrastinate_workers"))  # it takes a moment to show itself
    whole = json.loads(house.lykta("doctor", "--json").stdout)
    public = json.loads(house.lykta("doctor", "--json", LYKTA_KEYS=str(house.keys_of("public"))).stdout)
    for told in (whole, public):
        assert [found for found in told["findings"] if found["severity"] == "unsafe"] == []
    assert "worker-silent" not in {found["name"] for found in whole["findings"]}
    assert [bool(told["unseen"]) for told in (whole, public)] == [False, True]


def test_what_a_talkative_server_would_have_kept_is_quiet_for_every_door(house: OwnHouse) -> None:
    for login, password in make_keys(house.data / "keys.json")["database"].items():
        if login == "postgres":
            continue
        with psycopg.connect(house.server.url(login, password)) as session:
            said = {name: session.execute("SELECT current_setting(%s)", [name]).fetchone() for name in QUIET}
            assert said == {name: (quiet,) for name, quiet in QUIET.items()}
            assert session.execute("SHOW timezone").fetchone() == ("UTC",)


def test_a_door_does_not_serve_from_older_tables(house: OwnHouse) -> None:
    with house.server.boss("lykta") as boss:
        boss.execute("UPDATE django_migrations SET name = name || '_later' WHERE app = 'core' AND name LIKE '0003%'")
        try:
            done = house.lykta("serve", LYKTA_KEYS=str(house.keys_of("agency")))
        finally:
            boss.execute("UPDATE django_migrations SET name = replace(name, '_later', '') WHERE app = 'core'")
    assert done.returncode == 1
    assert "The tables are older than this program (1 steps behind). Run lykta migrate" in done.stderr


# --- while fifty people write ---


def test_a_renewed_server_and_a_killed_one_lose_no_acknowledged_message(house: OwnHouse) -> None:
    """Renewed, nobody is turned away. Killed, whoever it was answering sees the line break; nothing stored is lost."""
    public = house.doors["public"]
    before = house.count("SELECT count(*) FROM contact_dialogue")
    writers = Writers(public.url.removeprefix("http://"))
    writers.start(50)
    try:
        _let_write(writers, 20)
        old = _servers(public)
        _renew(house, public)
        _await(lambda: not old & _servers(public))
        _let_write(writers, 20)
        written, refused, broken, mute = len(writers.codes), list(writers.refused), len(writers.broken), writers.mute
        for process in psutil.Process(public.process.pid).children(recursive=True):
            if not process.children():
                process.kill()  # the one that answers, in the middle of what it does
        _let_write(writers, 20)
    finally:
        writers.stop()
    assert (refused, mute) == ([], 0), "nobody was turned away or left without her code"
    assert broken <= written // 10, "a line or two may break before anything was read from it"
    stored = house.count("SELECT count(*) FROM contact_dialogue") - before
    acknowledged = len(writers.codes) + writers.mute
    # Of what was not acknowledged some may stand there all the same; the form sent again finds it there.
    assert acknowledged <= stored <= acknowledged + len(writers.broken)
    assert len(set(writers.codes)) == len(writers.codes)
    assert _unfound(house, random.sample(writers.codes, min(SAMPLE, len(writers.codes)))) == []


def _renew(house: OwnHouse, public: Site) -> None:
    """Put the server in its own place; where it says that the old one serves on, its reason is the failure."""
    log = house.data / "public.log"
    os.kill(public.process.pid, signal.SIGHUP)
    _await(lambda: re.search(r"\(renewed\)|\(the old one serves on\)", log.read_text()))
    assert "(renewed)" in log.read_text(), log.read_text()[-2000:]


def _let_write(writers: Writers, more: int) -> None:
    until = len(writers.codes) + more
    _await(lambda: len(writers.codes) >= until)


def _await(done: Any) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.2)
    raise AssertionError("it did not come about")


def _servers(site: Site) -> set[int]:
    return {child.pid for child in psutil.Process(site.process.pid).children()}


def _unfound(house: OwnHouse, codes: list[str]) -> list[str]:
    """Codes that lead to no stored dialogue."""
    keys = json.loads((house.data / "keys.json").read_text())
    pepper, salt = bytes.fromhex(keys["pepper"]), bytes.fromhex(keys["site_salt"])
    with house.server.boss("lykta") as boss:
        kept = {bytes(lookup) for (lookup,) in boss.execute("SELECT lookup FROM contact_dialogue")}  # type: ignore[call-overload]
    lookups = {code: hmac.digest(pepper, derive(code_secret(code, salt), "lookup"), "sha256") for code in codes}
    return [code for code, lookup in lookups.items() if lookup not in kept]


# --- databases on which nobody is served ---


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'", "keeps text as LATIN1, in which letters would be lost."),
        ("TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'", "keeps text as SQL_ASCII, in which letters"),
    ],
)
def test_other_letters_are_refused_before_anything_is_made(
    server: Packaged, tmp_path: Path, how: str, said: str
) -> None:
    done = OwnHouse(server, tmp_path, ExitStack()).lykta("migrate", LYKTA_DATABASE_URL=server.database("odd", how))
    assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (1, True, 1), done.stderr
    with server.boss("odd") as boss:
        assert boss.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_somebody_elses_database_is_refused_and_left_alone(server: Packaged, tmp_path: Path) -> None:
    url = server.database("theirs")
    with server.boss("theirs") as boss:
        boss.execute("CREATE TABLE customers (name text)")
    done = OwnHouse(server, tmp_path, ExitStack()).lykta("migrate", LYKTA_DATABASE_URL=url)
    assert done.returncode == 1
    assert "The database theirs holds tables that are not Lykta's (customers)." in done.stderr
    with server.boss("theirs") as boss:
        assert boss.execute("SELECT has_database_privilege('public', 'theirs', 'CONNECT')").fetchone() == (True,)


def test_a_login_without_rights_is_told_what_is_needed(server: Packaged, tmp_path: Path) -> None:
    server.database("bare")
    with server.boss() as boss:
        boss.execute("CREATE ROLE nobody_much LOGIN PASSWORD 'nobody-much'")
        done = OwnHouse(server, tmp_path, ExitStack()).lykta(
            "migrate", LYKTA_DATABASE_URL=server.url("nobody_much", "nobody-much", "bare")
        )
        boss.execute("DROP ROLE nobody_much")
    assert done.returncode == 1
    assert "The login nobody_much may not do what the first start needs (" in done.stderr
    assert "Let LYKTA_DATABASE_URL name a superuser once" in done.stderr


def test_a_login_that_makes_roles_but_can_not_quiet_the_log_serves_nobody(house: OwnHouse, tmp_path: Path) -> None:
    """As with a rented server. What is left to do there is said, one sentence each, by the doctor."""
    server = house.server
    server.database("rented")
    with server.boss() as boss:
        boss.execute("CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'maker-of-roles'")
        boss.execute("ALTER DATABASE rented OWNER TO maker")
    rented = OwnHouse(server, tmp_path, ExitStack())
    (tmp_path / "keys.json").write_text((house.data / "keys.json").read_text())  # one server has one set of roles
    (tmp_path / "keys.json").chmod(0o600)
    try:
        done = rented.lykta("migrate", LYKTA_DATABASE_URL=server.url("maker", "maker-of-roles", "rented"))
    finally:
        with server.boss() as boss:
            boss.execute("DROP DATABASE rented WITH (FORCE)")
            boss.execute("DROP OWNED BY maker")
            boss.execute("DROP ROLE maker")
    assert done.returncode == 1
    assert "The database's log could keep what somebody wrote: log_statement is all." in done.stderr
    assert "more: run lykta doctor.) Nothing is served." in done.stderr


def test_a_house_restored_from_a_copy_is_whole_and_safe(house: OwnHouse, tmp_path: Path) -> None:
    """Conditions of policies come back in other words than they were written in, and mean the same."""
    url = house.server.database("again")
    house.server.tool("pg_dump", "--format=custom", f"--file={tmp_path / 'copy'}", "lykta")
    house.server.tool("pg_restore", "--dbname=again", str(tmp_path / "copy"))
    restored = OwnHouse(house.server, tmp_path, ExitStack())
    shutil.copytree(house.data / "anchors", tmp_path / "anchors")
    (tmp_path / "keys.json").write_text((house.data / "keys.json").read_text())
    (tmp_path / "keys.json").chmod(0o600)
    done = restored.lykta("migrate", LYKTA_DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    there = {"LYKTA_DATABASE_URL": house.server.url(dbname="again")}
    assert restored.lykta("verify-log", **there).returncode == 0
    with house.server.boss("again") as boss:
        boss.execute("ALTER POLICY public_select_1 ON contact_message USING (true)")
    told = json.loads(restored.lykta("doctor", "--json", **there).stdout)
    assert [f["name"] for f in told["findings"] if f["severity"] == "unsafe"] == ["policy-changed"]


def test_a_server_too_old_is_told_so(server: Packaged, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(roles, "OLDEST", 990000)
    with pytest.raises(roles.RolesError, match="too old"):
        roles.bootstrap(server.url("postgres", server.password, "postgres"), make_keys(tmp_path / "keys.json"))
