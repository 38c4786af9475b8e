import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def lykta(*words: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the console script in an environment that holds nothing of ours but the given settings."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("LYKTA_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "lykta.config.cli", *words],
        cwd=cwd,
        env={**surroundings, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "settings", "status", "said"),
    [
        ((), {}, 2, ""),
        (
            ("lys",),
            {},
            2,
            "lykta: no command 'lys'. There are: serve, migrate, keys, demo, publish, match, doctor, admit, ",
        ),
        (("publish", "--data="), {}, 2, "lykta: --data needs a directory."),
        (("publish",), {"LYKTA_FOO": "1"}, 1, "lykta: LYKTA_FOO is not a setting of Lykta."),
        (("publish", "--data", "nowhere"), {}, 1, "lykta: there is no house in "),
        (
            ("demo",),
            {"LYKTA_DATABASE_URL": "postgresql://a:b@127.0.0.1:1/lykta"},
            1,
            "lykta: the database says: connection failed",
        ),
    ],
)
def test_what_we_do_not_understand_or_reach_is_said_in_one_line(
    tmp_path: Path, words: tuple[str, ...], settings: dict[str, str], status: int, said: str
) -> None:
    done = lykta(*words, cwd=tmp_path, **settings)

    assert (done.returncode, done.stderr[: len(said)]) == (status, said)
    assert done.stderr.count("\n") == (1 if said else 0)


def test_asking_what_it_can_makes_no_data_directory(tmp_path: Path) -> None:
    done = lykta("serve", "--help", cwd=tmp_path)

    assert done.returncode == 0
    assert all(flag in done.stdout for flag in ("--port", "--empty", "--data", "--door"))
    assert list(tmp_path.iterdir()) == []


def test_a_command_for_a_house_that_is_not_there_makes_none(tmp_path: Path) -> None:
    lykta("verify-log", "--data", "nowhere", cwd=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_told_with_a_hint_before_the_database_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        done = lykta("serve", "--port", str(port), "--data", "house", cwd=tmp_path)

    assert done.returncode == 1
    assert f"port {port} (Address already in use). Try another: --port {port + 1}" in done.stderr
    assert not (tmp_path / "house/pg").exists()


def test_a_second_start_tells_where_the_house_is_lit(tmp_path: Path) -> None:
    house = tmp_path / "house"
    house.mkdir()
    with (house / "serve-all.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("http://127.0.0.1:8123\n")
        lock.flush()
        done = lykta("serve", "--data", str(house), cwd=tmp_path)

    assert (done.returncode, done.stdout.strip()) == (
        0,
        "Lykta är redan tänd (already running): http://127.0.0.1:8123",
    )
