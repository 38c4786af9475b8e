"""Personal files: one with 200 notes beside the same unsealed and unwalled; list and search among ever more files.

Run as a program it prints its figures. The house is one of its own, met in the same process, pages and all.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

NOTES, LETTERS = 200, 600
OPENINGS, ASKINGS = 15, 60
FEW, MANY = 10_000, 1_000_000
OWN = 300  # files the reader is on the team of
NUMBER = "199001019984"
FILES = "/personal/akter/"


@dataclass(frozen=True)
class Figures:
    """Milliseconds. p95 of list and search: what was asked -> at FEW and at MANY files."""

    sealed_ms: float
    open_ms: float
    asked: dict[str, tuple[float, float]]


def measured() -> Figures:
    """In a process of its own, with a data directory of its own."""
    with tempfile.TemporaryDirectory(prefix="lykta-bench-") as data:
        surroundings = {**os.environ, "LYKTA_DATA": data, "DJANGO_SETTINGS_MODULE": "lykta.config.settings"}
        command = [sys.executable, "-m", "benchmarks.files"]
        said = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True).stdout
    return Figures(**json.loads(said.splitlines()[-1]))


def main() -> None:
    """Measure and print."""
    from lykta.config.keys import make_keys

    data = Path(os.environ["LYKTA_DATA"])
    make_keys(data / "keys.json")
    import django

    django.setup()
    from journeys.house import House

    with ExitStack() as stack:
        house = House.raise_up(data, stack)
        house.furnish()
        house.install()
        sealed, unsealed = _one_file(house)
        asked = _many_files(house)
    print(json.dumps({"sealed_ms": sealed, "open_ms": unsealed, "asked": asked}))


def _reader(house: Any) -> tuple[Any, Any]:
    """Maja, who works with the exposed, and her browser."""
    from lykta.access.enums import Wall

    member = house.member("Maja", walls=(Wall.CONTACT, Wall.EXPOSED))
    browser = house.signed_in(member)
    browser.defaults["HTTP_HOST"] = "127.0.0.1"
    return house.actor(member), browser


def _opened(maja: Any, number: str = "") -> UUID:
    from lykta.access.enums import Wall
    from lykta.cases import actions
    from lykta.cases.enums import Mode
    from lykta.core.doors import door

    file = uuid4()
    identity = {"given_names": "Påhittad", "family_name": "Mätarsson", "number_kind": "none"}
    if number:
        identity |= {"number": number, "number_kind": "personnummer"}
    values = {"wall": Wall.EXPOSED, "service": "ENSK", "mode": Mode.FULL, "identity": identity, "named": False}
    with door("staff", actor=maja.member):
        actions.open_file(by=maja, file=file, **values)
    return file


# --- one file ---
def _one_file(house: Any) -> tuple[float, float]:
    """Median of a page with 200 notes, and of the same page with plain words and no walls, in turns."""
    from lykta.cases import actions, queries
    from lykta.core.doors import door

    maja, browser = _reader(house)
    file = _opened(maja)
    text = ("Ett påhittat ord till " * (LETTERS // 20))[:LETTERS]
    for number in range(NOTES):
        with door("staff", actor=maja.member):
            at, values = queries.file_for(maja, file), {"dissent": "", "guards": (), "why": ""}
            actions.write(by=maja, file=at, note=uuid4(), text=f"{number}. {text}", **values)
    path, sealed, unsealed = f"{FILES}{file}/", [], []
    for _ in range(4):
        sealed += _times(lambda: browser.get(path), OPENINGS, marker=f"{NOTES - 1}. Ett")
        with _unwalled(house, maja, file):
            unsealed += _times(lambda: browser.get(path), OPENINGS, marker=f"{NOTES - 1}. Ett")
    house.clear()
    return statistics.median(sealed), statistics.median(unsealed)


@contextmanager
def _unwalled(house: Any, maja: Any, file: UUID) -> Iterator[None]:
    """The same house without row-level security anywhere, and with the file's words lying plain in the same rows."""
    from lykta.audit.actions import record
    from lykta.cases import queries
    from lykta.cases.places import note_place, sheet_place
    from lykta.core.doors import door
    from lykta.sealing.queries import case_keys
    from lykta.sealing.words import unseal

    with door("staff", actor=maja.member, case=str(file)):
        keys = case_keys(maja.holder, file)

    def plain(holder: Any, case: UUID, words: Sequence[Any], *, act: Any, reason: str = "", marks: Any = None) -> Any:
        opened = [bytes(word.sealed).decode() for word in words]
        record(act, object=case, reason=f"{reason} {marks(opened) if marks else ''}".strip(), count=len(opened))
        return opened

    sealing, queries.open_words = queries.open_words, plain  # type: ignore[assignment]
    with house.as_superuser() as boss:
        kept = {}
        for table, place in (("cases_note", note_place), ("cases_sheet", sheet_place)):
            rows = boss.execute(f"SELECT id, part, sealed FROM {table} WHERE file_id = %s", [file]).fetchall()
            kept[table] = [(bytes(sealed), row) for row, _, sealed in rows]
            words = [(unseal(keys[part], place(file, row), bytes(sealed)), row) for row, part, sealed in rows]
            boss.cursor().executemany(f"UPDATE {table} SET sealed = %s WHERE id = %s", words)
        walled = boss.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'").fetchall()
        _walls(boss, walled, "DISABLE")
        try:
            yield
        finally:
            _walls(boss, walled, "ENABLE")
            for table, rows in kept.items():
                boss.cursor().executemany(f"UPDATE {table} SET sealed = %s WHERE id = %s", rows)
            queries.open_words = sealing


def _walls(boss: Any, tables: Sequence[tuple[str]], how: str) -> None:
    for (table,) in tables:
        boss.execute(f'ALTER TABLE "{table}" {how} ROW LEVEL SECURITY')


def _times(deed: Callable[[], Any], times: int, *, marker: str) -> list[float]:
    """Milliseconds of each, the first left out. The page must hold the marker, or nothing was measured."""
    found = []
    for _ in range(times + 1):
        began = time.perf_counter()
        answer = deed()
        found.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer
        assert marker in answer.content.decode()
    return found[1:]


# --- many files ---
FILE_ROWS = """
INSERT INTO cases_file (id, centre_id, ref, wall, service, mode, state, named, part, opened_on, last_note_on, closed_on,
                        closed_reason, note_count)
SELECT md5('f' || n)::uuid, %(centre)s::uuid, 'M-' || n, (ARRAY['exposed', 'exposed', 'child', 'relative'])[1 + n %% 4],
       'ENSK', 'full', CASE WHEN n %% 5 = 0 THEN 'open' ELSE 'closed' END, false, md5('p' || n)::uuid,
       CURRENT_DATE - (n %% 2000)::int - 30, CURRENT_DATE - (n %% 2000)::int,
       CASE WHEN n %% 5 = 0 THEN NULL ELSE CURRENT_DATE - (n %% 2000)::int END,
       CASE WHEN n %% 5 = 0 THEN '' ELSE 'completed' END, 3
FROM generate_series(%(first)s::int, %(last)s::int) n
"""
TEAM_ROWS = """
INSERT INTO cases_assignment (id, centre_id, file_id, member_id, leads, from_on, until_on)
SELECT md5('a' || n)::uuid, %(centre)s::uuid, md5('f' || n)::uuid,
       CASE WHEN n <= %(own)s::int THEN %(maja)s::uuid ELSE md5('m' || n %% 40)::uuid END, true, CURRENT_DATE - 30, NULL
FROM generate_series(%(first)s::int, %(last)s::int) n
"""
TOKEN_ROWS = """
INSERT INTO cases_token (id, centre_id, file_id, wall, field, token)
SELECT md5('t' || n || f)::uuid, %(centre)s::uuid, md5('f' || n)::uuid,
       (ARRAY['exposed', 'exposed', 'child', 'relative'])[1 + n %% 4], CASE f WHEN 0 THEN 'number' ELSE 'name' END,
       substring(sha256((CASE f WHEN 0 THEN n ELSE n %% 3000 END || '-' || f)::text::bytea) FOR 8)
FROM generate_series(%(first)s::int, %(last)s::int) n, generate_series(0, 2) f
"""


def _many_files(house: Any) -> dict[str, tuple[float, float]]:
    """p95 of each way to ask, at FEW files and at MANY."""
    house.furnish()
    house.install()
    maja, browser = _reader(house)
    _opened(maja, NUMBER)
    ways: dict[str, Callable[[], Any]] = {
        "own files": lambda: browser.get(FILES),
        "all files": lambda: browser.get(f"{FILES}?visa=alla"),
        "closed files": lambda: browser.get(f"{FILES}?visa=avslutade"),
        "search by number": lambda: browser.post(FILES, {"by": str(maja.member), "sok": NUMBER}),
        "search by name": lambda: browser.post(FILES, {"by": str(maja.member), "sok": "Mätarsson"}),
    }
    few = _asked_at(house, maja, ways, 1, FEW)
    many = _asked_at(house, maja, ways, FEW + 1, MANY)
    return {way: (few[way], many[way]) for way in ways}


def _asked_at(house: Any, maja: Any, ways: dict[str, Callable[[], Any]], first: int, last: int) -> dict[str, float]:
    values = {"centre": maja.centre, "maja": maja.member, "own": OWN, "first": first, "last": last}
    with house.as_superuser() as boss:
        boss.execute("SET session_replication_role = replica")  # rows by the million, past every trigger
        for rows in (FILE_ROWS, TEAM_ROWS, TOKEN_ROWS):
            boss.execute(rows, values)
        boss.execute("VACUUM ANALYZE cases_file, cases_assignment, cases_token")
    times: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ASKINGS):
        for way, deed in ways.items():
            times[way] += _times(deed, 1, marker='<th scope="row"><a href="/personal/akter/')
    return {way: sorted(found)[round(ASKINGS * 0.95) - 1] for way, found in times.items()}


if __name__ == "__main__":
    main()
