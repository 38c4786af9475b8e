"""What the surroundings may say, and the one sentence where they say something odd."""

import argparse
from pathlib import Path

import pytest

from lykta.config import env, serve


@pytest.mark.parametrize("hosts", ["", " ", ",", " , "])
def test_no_host_at_all_is_refused(tmp_path: Path, hosts: str) -> None:
    with pytest.raises(env.SettingsError, match="LYKTA_HOSTS names no host"):
        env.load({"LYKTA_DATA": str(tmp_path), "LYKTA_HOSTS": hosts})


@pytest.mark.parametrize(
    ("hosts", "read"),
    [(None, ["127.0.0.1", "localhost", "[::1]"]), ("lykta.example, 127.0.0.1,", ["lykta.example", "127.0.0.1"])],
)
def test_hosts_are_read(tmp_path: Path, hosts: str | None, read: list[str]) -> None:
    surroundings = {"LYKTA_DATA": str(tmp_path)} | ({} if hosts is None else {"LYKTA_HOSTS": hosts})
    assert env.load(surroundings).hosts == read


@pytest.mark.parametrize("role", ["lykta_owner", "lykta_worker", "lykta_staff"])
def test_serve_chooses_its_roles_itself(role: str) -> None:
    with pytest.raises(env.SettingsError, match=f"LYKTA_DB_ROLE is '{role}'. Leave it out"):
        env.refuse_other_roles({"LYKTA_DB_ROLE": role})


@pytest.mark.parametrize("role", [{}, {"LYKTA_DB_ROLE": ""}, {"LYKTA_DB_ROLE": "lykta_app"}])
def test_the_ordinary_login_may_serve(role: dict[str, str]) -> None:
    env.refuse_other_roles(role)


def workers(text: str) -> int:
    """What the parser makes of --workers."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    serve.add_arguments(parser)
    count: int = parser.parse_args(["--workers", text]).workers
    return count


@pytest.mark.parametrize("text", ["0", "-1", "65", "x", "", "1" * 5000, "²"])
def test_an_odd_number_of_processes_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentError, match="Write one from 1 to 64"):
        workers(text)


@pytest.mark.parametrize("count", [1, 2, 64])
def test_a_sound_number_of_processes_is_taken(count: int) -> None:
    assert workers(str(count)) == count
