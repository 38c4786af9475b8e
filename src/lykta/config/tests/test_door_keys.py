"""Which keys each door is given: what it needs, and nothing another door has alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from lykta.config import env
from lykta.config.door_keys import OF_DOOR, keys_of_door
from lykta.config.keys import SECRETS, SEED, make_keys
from lykta.config.tests.test_cli import lykta

SERVER = {"LYKTA_DATABASE_URL": "postgresql://127.0.0.1:1/lykta"}


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, Any]:
    """The keys of a centre that is installed: its signing seed has left them."""
    keys = make_keys(tmp_path / "keys.json")
    del keys[SEED]
    (tmp_path / "keys.json").write_text(json.dumps(keys))
    return keys


@pytest.mark.parametrize("door", OF_DOOR)
def test_a_door_has_one_login_and_no_secret_that_is_not_its_own(whole: dict[str, Any], door: str) -> None:
    small = keys_of_door(whole, door)
    assert set(small["database"]) == {f"lykta_{door}"}
    assert set(small) & set(SECRETS) - {"centre", "secret_key"} == set(OF_DOOR[door])
    assert small["secret_key"] != whole["secret_key"]


def test_no_two_doors_sign_alike(whole: dict[str, Any]) -> None:
    assert len({keys_of_door(whole, door)["secret_key"] for door in OF_DOOR}) == len(OF_DOOR)


def test_nothing_is_given_before_the_centre_is_installed(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys.json")
    (tmp_path / "keys.json").chmod(0o600)
    done = lykta("keys", "--door", "public", "--to", "out", cwd=tmp_path, LYKTA_DATA=str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "the centre is not installed yet" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("door", ["all", "staff"])
def test_keys_of_one_door_do_for_no_other(whole: dict[str, Any], tmp_path: Path, door: str) -> None:
    file = tmp_path / "public.json"
    file.write_text(json.dumps(keys_of_door(whole, "public")))
    with pytest.raises(env.SettingsError, match="holds the keys of the door 'public'"):
        env.load(SERVER | {"LYKTA_KEYS": str(file), "LYKTA_DOOR": door})
    told = env.load(SERVER | {"LYKTA_KEYS": str(file)})
    assert (told.door, told.database.user) == ("public", "lykta_public")


def test_other_keys_need_a_server_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(env.SettingsError, match="LYKTA_KEYS needs LYKTA_DATABASE_URL"):
        env.load({"LYKTA_DATA": str(tmp_path), "LYKTA_KEYS": str(tmp_path / "keys.json")})
