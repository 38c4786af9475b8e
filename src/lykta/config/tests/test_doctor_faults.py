"""Faults planted in a real house, one at a time: the doctor finds each, the start refuses what is unsafe, and after
mending nothing of it is left. Each row says what was done, what is found, and how it is undone.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from journeys.house import House
from journeys.served import free_port
from lykta.config.cluster import Cluster
from lykta.config.doctor.examine import dangers, examine
from lykta.config.doctor.findings import Finding, Severity

SOMEBODY = "ALTER ROLE lykta_public SET \"lykta.actor\" = '00000000-0000-0000-0000-000000000001'"
FUTURE = """
INSERT INTO audit_head SELECT centre_id, 'staff', 1, '\\x00' FROM people_centre;
INSERT INTO audit_event SELECT centre_id, 'staff', 1, date_trunc('minute', now() + interval '2 hours'), NULL,
    'people:member:sign-in', NULL, '', 0, '\\x00', '\\x00' FROM people_centre
"""
NOT_SENT = """
INSERT INTO audit_sending (id, centre_id, "on", way, at, tries, trouble, lines)
    SELECT gen_random_uuid(), centre_id, current_date, 'folder', now(), 9, 'no answer', '' FROM people_centre
"""
BACK_DOOR = """
CREATE FUNCTION lykta_all() RETURNS SETOF people_member LANGUAGE sql SECURITY DEFINER AS 'TABLE people_member';
ALTER FUNCTION lykta_all() OWNER TO lykta_owner
"""
EVERYBODY = """
CREATE OR REPLACE VIEW people_colleague WITH (security_barrier = true) AS
    SELECT id, centre_id, name, role, is_active AND (leaves_on IS NULL
               OR leaves_on > (now() AT TIME ZONE 'Europe/Stockholm')::date) AS is_active,
           also, joined_on, leaves_on, left_on FROM people_member
"""
COLLEAGUES = EVERYBODY + " WHERE centre_id = lykta_centre() AND lykta_actor() IS NOT NULL"
ACTOR = "CREATE OR REPLACE FUNCTION lykta_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $${}$$"
ACTOR_BODY = " SELECT lykta_held('actor')::uuid "


@dataclass(frozen=True)
class Fault:
    """SQL that plants it and SQL that mends it, as superuser. starts: the house may be lit all the same."""

    name: str
    plant: str
    mend: str
    starts: bool = False


FAULTS = [
    # roles
    Fault("role-too-strong", "ALTER ROLE lykta_public SUPERUSER", "ALTER ROLE lykta_public NOSUPERUSER"),
    Fault("role-too-strong", "ALTER ROLE lykta_staff BYPASSRLS", "ALTER ROLE lykta_staff NOBYPASSRLS"),
    Fault("role-too-strong", "ALTER ROLE lykta_worker CREATEROLE", "ALTER ROLE lykta_worker NOCREATEROLE"),
    Fault("role-too-strong", "ALTER ROLE lykta_app INHERIT", "ALTER ROLE lykta_app NOINHERIT"),
    Fault("member-too-many", "CREATE ROLE kim LOGIN; GRANT lykta_staff TO kim", "DROP ROLE kim"),
    Fault("member-too-many", "GRANT lykta_owner TO lykta_app", "REVOKE lykta_owner FROM lykta_app"),
    Fault("member-too-many", "GRANT pg_read_all_data TO lykta_public", "REVOKE pg_read_all_data FROM lykta_public"),
    Fault(
        "member-maker",
        "CREATE ROLE kim LOGIN; GRANT lykta_staff TO kim WITH ADMIN TRUE, SET FALSE, INHERIT FALSE",
        "DROP ROLE kim",
        starts=True,
    ),
    Fault(
        "door-shut",
        "REVOKE lykta_agency FROM lykta_app",
        "GRANT lykta_agency TO lykta_app WITH INHERIT FALSE, SET TRUE",
    ),
    Fault(
        "door-always-open",
        "GRANT lykta_staff TO lykta_app WITH INHERIT TRUE",
        "GRANT lykta_staff TO lykta_app WITH INHERIT FALSE",
    ),
    Fault("role-swayed", SOMEBODY, 'ALTER ROLE lykta_public RESET "lykta.actor"'),
    Fault(
        "role-swayed",
        "ALTER DATABASE lykta SET session_replication_role = replica",
        "ALTER DATABASE lykta RESET session_replication_role",
    ),
    Fault("several-superusers", "CREATE ROLE kim LOGIN SUPERUSER", "DROP ROLE kim", starts=True),
    Fault("stranger-let-in", "GRANT CONNECT ON DATABASE lykta TO PUBLIC", "REVOKE ALL ON DATABASE lykta FROM PUBLIC"),
    Fault(
        "role-without-haste",
        "ALTER ROLE lykta_public RESET statement_timeout",
        "ALTER ROLE lykta_public SET statement_timeout = '15s'",
        starts=True,
    ),
    # walls
    Fault(
        "wall-down",
        "ALTER TABLE contact_message NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE contact_message FORCE ROW LEVEL SECURITY",
    ),
    Fault(
        "wall-down",
        "ALTER TABLE people_member DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE people_member ENABLE ROW LEVEL SECURITY",
    ),
    Fault(
        "policy-missing",
        "ALTER POLICY public_insert_0 ON contact_message RENAME TO other",
        "ALTER POLICY other ON contact_message RENAME TO public_insert_0",
    ),
    Fault(
        "policy-added",
        "CREATE POLICY helpful ON contact_message FOR SELECT TO lykta_staff USING (true)",
        "DROP POLICY helpful ON contact_message",
    ),
    Fault(
        "policy-changed",
        "ALTER POLICY public_select_1 ON contact_message USING (true)",
        "ALTER POLICY public_select_1 ON contact_message USING"
        " (centre_id = lykta_centre() AND dialogue_id::text = lykta_held('case'))",
    ),
    Fault(
        "policy-changed",
        "ALTER POLICY worker_select_6 ON contact_message TO lykta_public",
        "ALTER POLICY worker_select_6 ON contact_message TO lykta_worker",
    ),
    Fault("table-strange", "CREATE TABLE copy AS TABLE people_member", "DROP TABLE copy"),
    Fault(
        "owner-strange",
        "ALTER TABLE account_emailconfirmation OWNER TO lykta_agency",
        "ALTER TABLE account_emailconfirmation OWNER TO lykta_owner",
    ),
    Fault(
        "right-too-many",
        "GRANT SELECT ON contact_message TO lykta_app",
        "REVOKE ALL ON contact_message FROM lykta_app",
    ),
    Fault("right-too-many", "GRANT SELECT ON people_centre TO PUBLIC", "REVOKE ALL ON people_centre FROM PUBLIC"),
    Fault(
        "right-too-many",
        "GRANT SELECT (sealed) ON contact_message TO lykta_public",
        "REVOKE SELECT (sealed) ON contact_message FROM lykta_public",
    ),
    Fault(
        "right-missing",
        "REVOKE INSERT ON contact_message FROM lykta_public",
        "GRANT INSERT ON contact_message TO lykta_public",
    ),
    Fault("function-changed", ACTOR.format(f" SELECT '{UUID(int=1)}'::uuid "), ACTOR.format(ACTOR_BODY)),
    Fault(
        "function-changed",
        "ALTER FUNCTION lykta_holds(uuid) RESET search_path",
        "ALTER FUNCTION lykta_holds(uuid) SET search_path = pg_catalog, public",
    ),
    Fault(
        "function-callers",
        "GRANT EXECUTE ON FUNCTION lykta_sign_pair TO PUBLIC",
        "REVOKE EXECUTE ON FUNCTION lykta_sign_pair FROM PUBLIC",
    ),
    Fault("function-strange", BACK_DOOR, "DROP FUNCTION lykta_all"),
    Fault("view-changed", EVERYBODY, COLLEAGUES),
    Fault(
        "trigger-asleep",
        "ALTER TABLE audit_event DISABLE TRIGGER audit_event_rows",
        "ALTER TABLE audit_event ENABLE TRIGGER audit_event_rows",
    ),
    Fault(
        "constraint-gone",
        "ALTER TABLE audit_event RENAME CONSTRAINT audit_event_coarse TO other",
        "ALTER TABLE audit_event RENAME CONSTRAINT other TO audit_event_coarse",
        starts=True,
    ),
    # the server and its log
    Fault(
        "log-keeps-values", "ALTER DATABASE lykta SET log_statement = 'all'", "ALTER DATABASE lykta RESET log_statement"
    ),
    Fault(
        "log-keeps-values",
        "ALTER DATABASE lykta SET log_min_error_statement = 'error'",
        "ALTER DATABASE lykta RESET log_min_error_statement",
    ),
    Fault(
        "role-logged",
        "ALTER ROLE lykta_public SET log_min_duration_statement = 0",
        "ALTER ROLE lykta_public RESET log_min_duration_statement",
    ),
    Fault("not-durable", "ALTER DATABASE lykta SET synchronous_commit = off", "ALTER DATABASE lykta RESET ALL"),
    Fault(
        "time-zone",
        "ALTER DATABASE lykta SET timezone = 'America/New_York'",
        "ALTER DATABASE lykta RESET timezone",
        starts=True,
    ),
    Fault(
        "copies-elsewhere",
        "SELECT pg_create_physical_replication_slot('away')",
        "SELECT pg_drop_replication_slot('away')",
        starts=True,
    ),
    # the house
    Fault(
        "tables-older",
        "CREATE TABLE django_migrations_kept AS TABLE django_migrations;"
        " DELETE FROM django_migrations WHERE app = 'sealing' AND name = '0004_turning'",
        "DELETE FROM django_migrations; INSERT INTO django_migrations OVERRIDING SYSTEM VALUE"
        " TABLE django_migrations_kept; DROP TABLE django_migrations_kept",
    ),
    Fault(
        "tables-newer",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('contact', '9999_later', now())",
        "DELETE FROM django_migrations WHERE name = '9999_later'",
        starts=True,
    ),
    Fault(
        "clock-set-back",
        FUTURE,
        "SET session_replication_role = replica; DELETE FROM audit_event; DELETE FROM audit_head",
    ),
    Fault(
        "ring-unsigned",
        "UPDATE sealing_ring SET signature = sha512('somebody else') WHERE name = 'contact'",
        "SELECT 1",
        starts=True,
    ),
    Fault("recovery-none", "UPDATE sealing_ring SET name = 'lost' WHERE name = 'recovery'", "SELECT 1", starts=True),
    Fault("centre-none", "DELETE FROM people_centre", "SELECT 1", starts=True),
]


@pytest.fixture
def environ(house: House) -> dict[str, str]:
    """The surroundings of the house, as the doctor is given them."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("LYKTA_")}
    host = Cluster(Path(settings.LYKTA_DATA)).address().host
    return {**surroundings, "LYKTA_DATA": str(settings.LYKTA_DATA), "LYKTA_SOCKET": host}


def found(environ: Mapping[str, str]) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(environ).findings}


def forbidding(environ: Mapping[str, str]) -> set[str]:
    return {finding.name for finding in dangers(environ, listens="127.0.0.1")}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.name}: {fault.plant.strip()[:50]}")
def test_what_is_planted_in_the_database_is_found_and_forbids_the_start(
    house: House, environ: dict[str, str], fault: Fault
) -> None:
    with house.as_superuser() as boss:
        boss.execute(fault.plant)
        try:
            seen, forbidden = found(environ), forbidding(environ)
        finally:
            boss.execute(fault.mend)
    assert fault.name in seen
    assert (fault.name in forbidden) != fault.starts
    assert seen[fault.name].severity == Severity.UNSAFE or fault.starts
    assert all(finding.said.endswith(".") and finding.do for finding in seen.values())


def test_many_kinds_of_fault_are_planted_here() -> None:
    kinds = {fault.name for fault in FAULTS if not fault.starts} | {name for name, _ in [*KEYS, *SETTINGS]}
    assert len(kinds) >= 30, "each of them both found by the doctor and refused by the start"


def test_nothing_of_all_this_is_left_in_a_sound_house(environ: dict[str, str]) -> None:
    """And everything our migrations write is understood: what is compared is all there is."""
    left = set(found(environ)) & {fault.name for fault in FAULTS}
    assert left == set()
    assert forbidding(environ) == set()


# --- what lies outside the database ---


@contextmanager
def changed(path: Path, content: bytes | None = None, *, mode: int | None = None) -> Iterator[None]:
    """A file with other content or another mode, or (neither given) away, for as long as the block lasts."""
    before, was = path.stat().st_mode, path.read_bytes() if path.is_file() else b""
    kept = path.with_name(f"{path.name}.kept")
    if mode is not None:
        path.chmod(mode)
    elif content is None:
        path.rename(kept)
    else:
        path.write_bytes(content)
    try:
        yield
    finally:
        if kept.exists():
            kept.rename(path)
        if content is not None:
            path.write_bytes(was)
        path.chmod(before)


@pytest.mark.parametrize(("name", "what", "mode"), [("keys-readable", "keys.json", 0o644), ("data-open", ".", 0o755)])
def test_who_else_may_read_is_found_and_forbids_the_start(
    environ: dict[str, str], name: str, what: str, mode: int
) -> None:
    with changed(Path(environ["LYKTA_DATA"]) / what, mode=mode):
        assert name in found(environ)
        assert name in forbidding(environ)


KEYS: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("key-size", lambda keys: keys.update(pepper="00ff")),
    ("key-size", lambda keys: keys.pop("site_salt")),
    ("key-size", lambda keys: keys.update(worker_seed="not hexadecimal")),
    ("key-not-random", lambda keys: keys.update(pepper="00" * 32)),
    ("keys-alike", lambda keys: keys.update(worker_seed=keys["totp_key"])),
    ("passwords-alike", lambda keys: keys["database"].update(lykta_agency=keys["database"]["lykta_public"])),
    ("password-weak", lambda keys: keys["database"].update(lykta_agency="hemligt")),
    ("password-weak", lambda keys: keys["database"].update(lykta_agency="lykta_agency-2026-november")),
    ("pinned-key-strange", lambda keys: keys.update(centre_verify_key=secrets.token_hex(32))),
]


@pytest.mark.parametrize(("name", "spoil"), KEYS)
def test_a_spoiled_key_is_found_and_forbids_the_start(
    environ: dict[str, str], name: str, spoil: Callable[[dict[str, Any]], object]
) -> None:
    path = Path(environ["LYKTA_DATA"]) / "keys.json"
    keys = json.loads(path.read_text())
    spoil(keys)
    with changed(path, json.dumps(keys).encode()):
        assert name in found(environ)
        assert name in forbidding(environ)


SETTINGS: list[tuple[str, dict[str, str]]] = [
    ("no-tls", {"LYKTA_HOSTS": "lykta.example"}),
    ("hosts-any", {"LYKTA_HOSTS": ".lykta.example", "LYKTA_HTTPS": "1"}),
    (
        "exit-home",
        {"LYKTA_HOSTS": "lykta.example", "LYKTA_HTTPS": "1", "LYKTA_EXIT_URL": "https://lykta.example/"},
    ),
    (
        "exit-open",
        {"LYKTA_HOSTS": "lykta.example", "LYKTA_HTTPS": "1", "LYKTA_EXIT_URL": "http://localhost/"},
    ),
]


@pytest.mark.parametrize(("name", "said"), SETTINGS)
def test_settings_that_do_not_fit_are_found_and_forbid_the_start(
    environ: dict[str, str], name: str, said: dict[str, str]
) -> None:
    assert name in found(environ | said)
    assert name in forbidding(environ | said)


def test_settings_of_a_real_house_are_fine(environ: dict[str, str]) -> None:
    real = environ | {"LYKTA_HOSTS": "lykta.example,127.0.0.1", "LYKTA_HTTPS": "1", "LYKTA_ANCHOR_DIR": "/mnt/a"}
    ours = {f.name for f in examine(real).findings if f.subject in ("settings", "keys", "roles", "walls")}
    assert ours == {"seed-on-machine"}, "the installation is not finished in this house"


def test_the_demo_is_not_for_the_world(environ: dict[str, str]) -> None:
    accounts = Path(environ["LYKTA_DATA"]) / "demo-accounts.json"
    accounts.write_text("[]")
    try:
        assert "demo-outside" in forbidding(environ | {"LYKTA_HOSTS": "lykta.example", "LYKTA_HTTPS": "1"})
    finally:
        accounts.unlink()


def test_listening_to_the_world_without_tls_is_forbidden(environ: dict[str, str]) -> None:
    assert {finding.name for finding in dangers(environ, listens="0.0.0.0")} == {"no-tls"}


def test_a_password_that_is_its_own_name_is_found(house: House, environ: dict[str, str]) -> None:
    kept = json.loads((Path(environ["LYKTA_DATA"]) / "keys.json").read_text())["database"]["lykta_agency"]
    with house.as_superuser() as boss:
        boss.execute("ALTER ROLE lykta_agency PASSWORD 'lykta_agency'")
        try:
            assert "password-guessed" in found(environ)
        finally:
            boss.execute(f"ALTER ROLE lykta_agency PASSWORD '{kept}'")


def test_a_door_that_asks_for_no_password_is_found(house: House, environ: dict[str, str]) -> None:
    with house.as_superuser() as boss:
        rules = Path(boss.execute("SHOW hba_file").fetchone()[0])
        with changed(rules, b"local all lykta_staff trust\n" + rules.read_bytes()):
            boss.execute("SELECT pg_reload_conf()")
            assert "lykta_staff" in waited(lambda: found(environ).get("no-password-asked"))
        boss.execute("SELECT pg_reload_conf()")


def waited(look: Callable[[], Finding | None]) -> str:
    """What is said once it is found: the server takes a moment to read its rules anew."""
    for _ in range(50):
        if finding := look():
            return finding.said
        time.sleep(0.1)
    return ""


# --- the log and its anchors, the pages ---


@pytest.fixture
def lived_in(house: House) -> House:
    """With rows in the log."""
    house.dialogue("Hej")
    house.dialogue("Hej igen")
    return house


LOG = [
    ("log-broken", "UPDATE audit_event SET act = 'contact:dialogue:erase' WHERE chain = 'public' AND seq = 1"),
    ("log-broken", "DELETE FROM audit_event WHERE chain = 'public' AND seq = 1"),
    ("log-broken", "UPDATE audit_head SET hash = sha256('other') WHERE chain = 'public'"),
]


@pytest.mark.parametrize(("name", "plant"), LOG)
def test_a_touched_log_is_found(lived_in: House, environ: dict[str, str], name: str, plant: str) -> None:
    assert not {"log-broken", "anchors-none"} & set(found(environ))
    with lived_in.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")
        boss.execute(plant)
    assert name in found(environ)


def test_anchors_that_are_gone_are_missed(lived_in: House, environ: dict[str, str]) -> None:
    shutil.rmtree(Path(environ["LYKTA_DATA"]) / "anchors")
    assert "anchors-none" in found(environ)


def test_an_anchor_that_does_not_arrive_is_told(house: House, environ: dict[str, str]) -> None:
    folder = environ | {"LYKTA_ANCHOR_DIR": "/mnt/lykta-anchors"}
    with house.as_superuser() as boss:
        boss.execute(NOT_SENT)
    assert "anchor-unsent" in found(folder)
    assert "anchor-unsent" not in found(environ), "a way that is not used any more"
    with house.as_superuser() as boss:
        boss.execute("UPDATE audit_sending SET trouble = ''")
    assert "anchor-unsent" not in found(folder)


def test_pages_that_are_missing_or_spoiled_are_found(environ: dict[str, str]) -> None:
    pages = Path(environ["LYKTA_DATA"]) / "published"
    assert "pages-none" in found(environ)
    pages.mkdir()
    try:
        (pages / "current").write_text("2026")
        assert "pages-unreadable" in found(environ)
    finally:
        shutil.rmtree(pages)


def test_a_house_with_nobody_to_open_it_is_told(environ: dict[str, str]) -> None:
    assert {"rings-few", "heads-few", "rings-missing", "backup-none", "worker-silent"} <= set(found(environ))


# --- the commands themselves ---


def command(environ: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-P", "-m", "lykta.config.cli", *words]
    surroundings = {name: value for name, value in environ.items() if name != "LYKTA_SOCKET"}
    return subprocess.run(run, env=surroundings, capture_output=True, text=True, timeout=60, check=False)


def test_the_start_says_in_one_sentence_why_nobody_is_served_and_the_doctor_says_it_too(
    house: House, environ: dict[str, str]
) -> None:
    with house.as_superuser() as boss:
        boss.execute("ALTER TABLE contact_message NO FORCE ROW LEVEL SECURITY")
        try:
            started = command(environ, "serve", "--empty", "--port", str(free_port()))
            told = command(environ, "doctor", "--json")
        finally:
            boss.execute("ALTER TABLE contact_message FORCE ROW LEVEL SECURITY")
    assert started.returncode == 1
    assert started.stderr.splitlines()[-1] == (
        "lykta: Row-level security on the table contact_message is not forced."
        " As lykta_owner: ALTER TABLE contact_message FORCE ROW LEVEL SECURITY Nothing is served."
    )
    assert (told.returncode, json.loads(told.stdout)["status"]) == (2, 2)
    assert "wall-down" in {finding["name"] for finding in json.loads(told.stdout)["findings"]}
