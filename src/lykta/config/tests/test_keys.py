import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lykta.config.keys import LOGINS, SECRETS, make_keys


def test_keys_are_made_once_readable_by_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"

    keys = make_keys(path)

    assert {name: len(bytes.fromhex(keys[name])) for name in SECRETS} == SECRETS
    assert set(keys["database"]) == set(LOGINS)
    assert len(set(keys["database"].values())) == len(LOGINS)
    assert path.stat().st_mode & 0o777 == 0o600
    assert make_keys(path) == keys


def test_a_missing_key_is_added_and_no_other_touched(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    before = make_keys(path)
    without = {name: value for name, value in before.items() if name != "totp_key"} | {"later": "kept"}
    path.write_text(json.dumps(without))

    after = make_keys(path)

    assert {name: value for name, value in after.items() if name != "totp_key"} == without
    assert after["totp_key"] != before["totp_key"]


@pytest.mark.parametrize("spoiled", ["", "{", "[]", '{"database": "none"}'])
def test_a_spoiled_file_is_refused_and_left_as_it_is(tmp_path: Path, spoiled: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(spoiled)

    with pytest.raises(ValueError, match=r".+"):
        make_keys(path)

    assert path.read_text() == spoiled


def test_several_at_once_get_the_same_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        made = list(many.map(make_keys, [tmp_path / "keys.json"] * 8))

    assert made == made[:1] * 8
