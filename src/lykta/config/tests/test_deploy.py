"""deploy/ is what it says: every file it names is there, every command is one of ours, every setting is known."""

import argparse
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from lykta.config import cli, door_keys, env, serve

ROOT = Path(__file__).resolve().parents[4]
DEPLOY = ROOT / "deploy"
PAGE = (DEPLOY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL)
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def lines_of(file: Path) -> list[str]:
    """Lines that say something."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]


def test_the_table_of_settings_is_whole() -> None:
    rows = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("| `LYKTA_")]
    assert [row[0].strip(" `") for row in rows] == list(env.VARIABLES)
    assert all(len(row) == 4 and row[1].strip() for row in rows)


def test_what_is_named_is_there() -> None:
    named = set(re.findall(r"/opt/lykta/(deploy/[\w./-]*\w)", PAGE + "".join(map(Path.read_text, UNITS))))
    assert {name for name in named if not (ROOT / name).exists()} == set()
    rows = re.findall(r"^\| `([\w./]+)` \|", PAGE, flags=re.MULTILINE)
    assert {name for name in rows if "." in name and not (DEPLOY / name).exists()} == set()
    assert "deploy/README.md" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0][:30])
def test_a_block_can_be_read_by_the_shell(block: str) -> None:
    assert subprocess.run(["sh", "-n"], input=block, text=True, check=False).returncode == 0


def test_each_command_on_the_page_is_ours() -> None:
    said = re.findall(r"(?:deploy/house|\.venv/bin/lykta|\./lykta) (\w[\w-]*)", PAGE)
    assert set(said) <= set(cli.COMMANDS)
    assert {"migrate", "keys", "doctor", "verify-log"} <= set(said)


@pytest.mark.parametrize("file", ["lykta.env", "systemd/lykta.service", "systemd/lykta-door@.service", "Containerfile"])
def test_only_settings_there_are_are_set(file: str) -> None:
    assert set(re.findall(r"\b(LYKTA_\w+)=", (DEPLOY / file).read_text(encoding="utf-8"))) <= set(env.VARIABLES)


def test_the_settings_of_the_example_are_sound(tmp_path: Path) -> None:
    said = dict(line.split("=", 1) for line in lines_of(DEPLOY / "lykta.env"))
    told = env.load(said | {"LYKTA_DATA": str(tmp_path)})
    assert (told.https, told.hosts) == (True, ["stod.example.se"])
    text = (DEPLOY / "lykta.env").read_text(encoding="utf-8")
    more = dict(line.split("=", 1) for line in re.findall(r"^#(LYKTA_.*)$", text, flags=re.MULTILINE))
    assert env.load(said | more | {"LYKTA_DATA": str(tmp_path)}).anchor_mail


@pytest.mark.parametrize("unit", ["lykta.service", "lykta-door@.service"])
def test_what_a_unit_starts_is_understood(unit: str) -> None:
    (start,) = [line for line in lines_of(DEPLOY / "systemd" / unit) if line.startswith("ExecStart=")]
    for door in door_keys.OF_DOOR:
        words = shlex.split(start.replace("%i", door).replace("${PORT}", "8001").replace("${WORKERS}", "2"))
        parser = argparse.ArgumentParser()
        serve.add_arguments(parser)
        assert words[1] == "serve"
        assert parser.parse_args(words[2:]).port == 8001


def test_every_door_has_its_user_and_its_place() -> None:
    users = (DEPLOY / "systemd/sysusers.conf").read_text(encoding="utf-8")
    places = (DEPLOY / "systemd/tmpfiles.conf").read_text(encoding="utf-8")
    for door in door_keys.OF_DOOR:
        assert re.search(rf"^u lykta-{door} ", users, flags=re.MULTILINE)
        assert re.search(rf"^d /var/lib/lykta-keys/{door} +0700 lykta-{door} ", places, flags=re.MULTILINE)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for file in (DEPLOY / "systemd").iterdir():
        text = file.read_text(encoding="utf-8").replace("/opt/lykta/.venv/bin/lykta", "/bin/true")
        (tmp_path / file.name.replace("@", "@public")).write_text(text, encoding="utf-8")
    files = [str(file) for file in sorted(tmp_path.iterdir()) if file.suffix in (".service", ".timer")]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_is_made_of_what_is_there() -> None:
    copied = [line.split()[1:-1] for line in lines_of(DEPLOY / "Containerfile") if line.startswith("COPY")]
    assert {name for names in copied for name in names if not (ROOT / name).exists()} == set()
