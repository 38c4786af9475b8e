"""What facts mean: each check with both sides of its edge. Faults in a real house are planted in test_doctor_faults."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from lykta.audit.rules import START, Row, row_hash
from lykta.config.doctor.around import BACKUP_MARK, disk_of, files_of, machine_of
from lykta.config.doctor.command import as_json, as_words
from lykta.config.doctor.database import Server
from lykta.config.doctor.examine import Report
from lykta.config.doctor.findings import Finding, Severity, listed, unsafe, warning, worst
from lykta.config.doctor.house import (
    Chain,
    Files,
    House,
    Ring,
    Steps,
    check_chain,
    check_files,
    check_house,
    check_steps,
)
from lykta.config.doctor.machine import Disk, Machine, check_machine
from lykta.config.doctor.secrets import Place, check_places, check_seed
from lykta.config.doctor.server import check_monotony, check_server, is_near
from lykta.config.doctor.silence import QUIET, check_silence
from lykta.config.doctor.statements import statements
from lykta.config.doctor.surroundings import Surroundings, check_surroundings
from lykta.config.tests.test_cli import lykta
from lykta.sealing.boxes import sign
from lykta.sealing.enums import RingName

GIGA = 1_000_000_000


def names(findings: Iterable[Finding]) -> list[str]:
    return [finding.name for finding in findings]


# --- the server ---

SOUND = Server(
    version=150000,
    settings={
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
    },
    ahead_seconds=0.0,
    address="",
    encrypted=False,
    sslmode="prefer",
    slots=0,
)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"version": 149999}, ["too-old"]),
        ({"version": 180006}, []),
        ({"settings": {"server_encoding": "LATIN1"}}, ["encoding"]),
        ({"settings": {"server_encoding": "SQL_ASCII"}}, ["encoding"]),
        ({"settings": {"TimeZone": "Europe/Stockholm"}}, []),
        ({"settings": {"TimeZone": "Australia/Perth"}}, ["time-zone"]),
        ({"ahead_seconds": 2.0}, []),
        ({"ahead_seconds": -2.5}, ["clocks-apart"]),
        ({"settings": {"synchronous_commit": "remote_apply"}}, []),
        ({"settings": {"synchronous_commit": "off"}}, ["not-durable"]),
        ({"settings": {"fsync": "off"}}, ["not-durable"]),
        ({"settings": {"data_checksums": "off"}}, ["no-checksums"]),
        ({"settings": {"archive_mode": "on"}}, ["copies-elsewhere"]),
        ({"slots": 1}, ["copies-elsewhere"]),
        ({"address": "127.0.0.1"}, []),
        ({"address": "db.example"}, ["line-open"]),
        ({"address": "db.example", "encrypted": True}, ["line-unverified"]),
        ({"address": "db.example", "encrypted": True, "sslmode": "verify-ca"}, ["line-unverified"]),
        ({"address": "db.example", "encrypted": True, "sslmode": "verify-full"}, []),
    ],
)
def test_the_server(facts: dict[str, Any], found: list[str]) -> None:
    settings = SOUND.settings | facts.get("settings", {})
    assert names(check_server(replace(SOUND, **facts | {"settings": settings}))) == found


@pytest.mark.parametrize(("seconds", "severity"), [(60.0, Severity.WARNING), (-61.0, Severity.UNSAFE)])
def test_clocks_a_minute_apart_are_unsafe(seconds: float, severity: Severity) -> None:
    assert worst(check_server(replace(SOUND, ahead_seconds=seconds))) == severity


@pytest.mark.parametrize(("minutes", "found"), [(None, []), (-5.0, []), (2.0, []), (2.1, ["clock-set-back"])])
def test_a_log_from_the_future_means_a_wrong_clock(minutes: float | None, found: list[str]) -> None:
    assert names(check_monotony(minutes)) == found


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("", True),
        ("/var/run/postgresql", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.5", False),
        ("lykta.example", False),
        ("localhost.example", False),
    ],
)
def test_what_is_this_machine(host: str, near: bool) -> None:
    assert is_near(host) == near


# --- its log ---


def test_a_quiet_server_is_quiet() -> None:
    assert names(check_silence(QUIET)) == []


@pytest.mark.parametrize("setting", QUIET)
def test_each_setting_that_lets_values_into_the_log_is_told(setting: str) -> None:
    (found,) = check_silence(QUIET | {setting: "other"})
    assert (found.name, found.severity) == ("log-keeps-values", Severity.UNSAFE)
    assert f"{setting} is other" in found.said
    assert f"{setting} = '{QUIET[setting]}'" in found.do


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"auto_explain.log_min_duration": "-1"}, []),
        ({"auto_explain.log_min_duration": "0"}, ["auto-explain"]),
        ({"pg_stat_statements.track": "none"}, []),
        ({"pg_stat_statements.track": "top"}, ["statement-statistics"]),
        ({"log_connections": "on"}, ["log-connections"]),
        ({"log_disconnections": "on"}, ["log-connections"]),
        ({"log_connections": "off"}, []),
    ],
)
def test_modules_and_connections(settings: dict[str, str], found: list[str]) -> None:
    assert names(check_silence(QUIET | settings)) == found


# --- the machine ---

ROOMY = Disk("/srv", 50 * GIGA, 0.5, 1_000_000)
CALM = Machine((3, 12), [ROOMY], True, [], False, 65536)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"python": (3, 11)}, ["python-old"]),
        ({"synchronised": None}, []),
        ({"synchronised": False}, ["clock-alone"]),
        ({"swaps": ["/dev/sda2"]}, ["swap-open"]),
        ({"dumps": True}, ["core-dumps"]),
        ({"files": 4096}, []),
        ({"files": 4095}, ["few-files"]),
        ({"disks": [replace(ROOMY, free_bytes=GIGA)]}, []),
        ({"disks": [replace(ROOMY, free_bytes=GIGA - 1)]}, ["disk-little"]),
        ({"disks": [replace(ROOMY, free_share=0.049)]}, ["disk-little"]),
        ({"disks": [replace(ROOMY, free_bytes=GIGA // 10 - 1)]}, ["disk-full"]),
        ({"disks": [replace(ROOMY, free_inodes=9_999)]}, ["inodes-few"]),
        ({"disks": [replace(ROOMY, free_inodes=10_000)]}, []),
        ({"disks": [replace(ROOMY, free_inodes=None)]}, []),
    ],
)
def test_the_machine(facts: dict[str, Any], found: list[str]) -> None:
    assert names(check_machine(replace(CALM, **facts))) == found


def test_this_machine_can_be_asked(tmp_path: Path) -> None:
    machine = machine_of(tmp_path, tmp_path / "nowhere")
    assert [disk.path for disk in machine.disks] == [str(tmp_path)]
    assert disk_of(tmp_path).free_bytes > 0
    assert "python-old" not in names(check_machine(machine))


# --- keys and settings ---

MINE = Place(Path("/srv/lykta"), 1000, 0o700)
FILE = Place(Path("/srv/lykta/keys.json"), 1000, 0o600)


@pytest.mark.parametrize(
    ("file", "data", "me", "files", "found"),
    [
        (FILE, MINE, 1000, "/srv/lykta/pg", []),
        (FILE, MINE, 0, None, []),
        (FILE, replace(MINE, mode=0o711), 1000, None, []),
        (replace(FILE, mode=0o640), MINE, 1000, None, ["keys-readable"]),
        (replace(FILE, mode=0o400), MINE, 1000, None, []),
        (replace(FILE, owner=1001), MINE, 0, None, ["keys-owner"]),
        (FILE, MINE, 1001, None, ["keys-owner"]),
        (FILE, replace(MINE, mode=0o750), 1000, None, ["data-open"]),
        (FILE, replace(MINE, mode=0o702), 1000, None, ["data-open"]),
        (FILE, MINE, 1000, "/srv/lykta", ["keys-in-database"]),
    ],
)
def test_who_may_read_the_keys(file: Place, data: Place, me: int, files: str | None, found: list[str]) -> None:
    assert names(check_places(file, data, me=me, database_files=Path(files) if files else None)) == found


@pytest.mark.parametrize(("keys", "installed"), [({}, True), ({"centre_signing_seed": "00"}, False)])
def test_the_seed_may_lie_on_the_machine_until_the_centre_is_installed(keys: dict[str, str], installed: bool) -> None:
    assert names(check_seed(keys, installed=installed)) == []
    assert names(check_seed({"centre_signing_seed": "00"}, installed=True)) == ["seed-on-machine"]


HOME = Surroundings(["127.0.0.1", "localhost", "[::1]"], False, "https://www.smhi.se/", False, "127.0.0.1")
REAL = Surroundings(["lykta.example", "127.0.0.1"], True, "https://www.smhi.se/", False, "127.0.0.1", anchors=True)


@pytest.mark.parametrize(
    ("around", "found"),
    [
        (HOME, []),
        (REAL, []),
        (replace(HOME, demo=True), []),
        (replace(HOME, exit_url="http://127.0.0.1:9/"), []),
        (replace(HOME, listens="0.0.0.0"), ["no-tls"]),
        (replace(HOME, https=True), ["hosts-none"]),
        (replace(REAL, anchors=False), ["anchor-stays"]),
        (replace(REAL, https=False), ["no-tls"]),
        (replace(REAL, listens="0.0.0.0"), []),
        (replace(REAL, hosts=["*"]), ["hosts-any"]),
        (replace(REAL, demo=True), ["demo-outside"]),
        (replace(REAL, exit_url="https://lykta.example/sida/"), ["exit-home"]),
    ],
)
def test_settings_fit_the_way_the_house_is_reached(around: Surroundings, found: list[str]) -> None:
    assert names(check_surroundings(around)) == found


# --- the house ---

SEED = bytes(range(32))
VERIFY_KEY = bytes(SigningKey(SEED).verify_key)
CENTRE = "0a0b0c0d-0000-0000-0000-000000000000"


def ring(name: str, holders: int, seed: bytes = SEED) -> Ring:
    context, public = f"ring {CENTRE} {name} 1", bytes(32)
    return Ring(name, context, public, sign(seed, context, public), holders)


FULL = House(
    centre_id=CENTRE,
    centre="Centrum",
    rings=[ring(name.value, 0 if name == RingName.RECOVERY else 2) for name in RingName],
    heads=2,
    worker_silent_seconds=120.0,
)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"worker_silent_seconds": None}, ["worker-silent"]),
        ({"worker_silent_seconds": 121.0}, ["worker-silent"]),
        ({"failed_jobs": 1}, ["jobs-failed"]),
        ({"unsent": ["mail"]}, ["anchor-unsent"]),
        ({"centre": None, "rings": [], "heads": 0}, ["centre-none"]),
        ({"heads": 1}, ["heads-few"]),
        ({"rings": FULL.rings[:-1]}, ["recovery-none"]),
        ({"rings": FULL.rings[1:]}, ["rings-missing"]),
        ({"rings": [ring(FULL.rings[0].name, 1), *FULL.rings[1:]]}, ["rings-few"]),
        ({"rings": [ring(FULL.rings[0].name, 2, seed=bytes(32)), *FULL.rings[1:]]}, ["ring-unsigned"]),
    ],
)
def test_the_house(facts: dict[str, Any], found: list[str]) -> None:
    assert names(check_house(replace(FULL, **facts), verify_key=VERIFY_KEY)) == found


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (None, []),
        ({("a", "1"), ("b", "1")}, []),
        ({("a", "1")}, ["tables-older"]),
        ({("a", "1"), ("b", "1"), ("b", "2")}, ["tables-newer"]),
        ({("a", "1"), ("b", "2")}, ["tables-older"]),
    ],
)
def test_tables_and_program_are_of_one_release(done: set[tuple[str, str]] | None, found: list[str]) -> None:
    assert names(check_steps(Steps({("a", "1"), ("b", "1")}, done))) == found


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (Files(40, True, 0.5), []),
        (Files(40, True, 2.0), []),
        (Files(40, True, 2.1), ["backup-old"]),
        (Files(40, True, None), ["backup-none"]),
        (Files(40, False, 1.0), ["pages-old"]),
        (Files(0, True, 1.0), ["pages-none"]),
        (Files(0, True, 1.0, "ValueError"), ["pages-unreadable"]),
    ],
)
def test_pages_and_backups(files: Files, found: list[str]) -> None:
    assert names(check_files(files)) == found


def test_a_backup_is_known_by_its_mark(tmp_path: Path) -> None:
    assert files_of(tmp_path).backup_days is None
    mark = tmp_path / BACKUP_MARK
    mark.touch()
    days = files_of(tmp_path, now=mark.stat().st_mtime + 3 * 86_400).backup_days
    assert days == pytest.approx(3)


def chain(*acts: str) -> Chain:
    rows, previous = [], START
    for number, act in enumerate(acts, start=1):
        row = Row(number, "2026-11-23T00:00", "", act, "", "", 0, previous, b"")
        rows.append(replace(row, hash=row_hash(CENTRE, "public", row)))
        previous = rows[-1].hash
    return Chain("public", len(rows), rows, (len(rows), previous), {row.seq: row.hash for row in rows})


WHOLE = chain("contact:dialogue:write", "contact:reply:collect", "contact:dialogue:erase")


@pytest.mark.parametrize(
    ("touched", "found"),
    [
        (WHOLE, []),
        (chain(), []),
        (replace(WHOLE, rows=WHOLE.rows[1:]), []),  # only the end is looked at
        (replace(WHOLE, count=2), ["log-broken"]),
        (replace(WHOLE, rows=WHOLE.rows[:2]), ["log-broken"]),
        (replace(WHOLE, rows=[WHOLE.rows[0], replace(WHOLE.rows[1], act="a:b:c"), WHOLE.rows[2]]), ["log-broken"]),
        (replace(WHOLE, head=(3, bytes(32))), ["log-broken"]),
        (replace(WHOLE, anchors={2: bytes(32)}), ["log-broken"]),
        (replace(WHOLE, anchors={1: WHOLE.rows[0].hash}), []),
        (replace(WHOLE, anchors={}), ["anchors-none"]),
    ],
)
def test_the_end_of_the_log(touched: Chain, found: list[str]) -> None:
    assert names(check_chain(CENTRE, touched)) == found


# --- how it is told ---


def test_the_worst_comes_first_and_decides_the_status() -> None:
    report = Report([warning("a", "small", "Small.", "Do."), unsafe("b", "great", "Great.", "Do now.")], ["Nothing."])
    assert as_words(report).splitlines() == [
        "UNSAFE  b: Great.",
        "        → Do now.",
        "mend    a: Small.",
        "        → Do.",
        "Not looked at: Nothing.",
        "Unsafe: 1. To mend: 1.",
    ]
    told = json.loads(as_json(report))
    assert (told["status"], told["findings"][1]["severity"], told["unseen"]) == (2, "unsafe", ["Nothing."])
    assert [worst([]), worst(report.findings[:1]), worst(report.findings)] == [0, 1, 2]
    assert as_words(Report()) == "Nothing found that is wrong or unsafe."


def test_long_lists_are_cut() -> None:
    assert listed(["b", "a"]) == "a, b"
    assert listed("gfedcba", most=3) == "a, b, c and 4 more"


@pytest.mark.parametrize(
    ("settings", "said"),
    [({}, "There is no house in "), ({"LYKTA_DOR": "staff"}, "LYKTA_DOR is not a setting of Lykta.")],
)
def test_where_nothing_can_be_looked_at_that_is_found(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    done = lykta("doctor", "--json", "--data", "nowhere", cwd=tmp_path, **settings)
    told = json.loads(done.stdout)
    assert (done.returncode, told["status"]) == (2, 2)
    assert told["findings"][0]["said"].startswith(said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("sql", "cut"),
    [
        ("A; B", ["A", "B"]),
        (["A;", ("B %s", [1])], ["A", "B %s"]),
        ("-- a note; with a mark\nA;", ["A"]),
        ("A ';' B; C", ["A ';' B", "C"]),
        ("F $$ x; y $$ G; H $b$ ; $$ ; $b$", ["F $$ x; y $$ G", "H $b$ ; $$ ; $b$"]),
    ],
)
def test_statements_are_cut_where_they_end(sql: object, cut: list[str]) -> None:
    assert list(statements(sql)) == cut
