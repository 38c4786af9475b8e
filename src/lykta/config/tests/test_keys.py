import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lykta.config.keys import FROM_THE_FIRST, LOGINS, SECRETS, VERIFY, make_keys


def test_keys_are_made_once_readable_by_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"

    keys = make_keys(path)

    assert {name: len(bytes.fromhex(keys[name])) for name in SECRETS} == SECRETS
    assert set(keys["database"]) == set(LOGINS)
    assert len(set(keys["database"].values())) == len(LOGINS)
    assert path.stat().st_mode & 0o777 == 0o600
    assert make_keys(path) == keys


def test_a_key_that_a_later_release_needs_is_added_and_no_other_touched(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    before = make_keys(path)
    without = {name: value for name, value in before.items() if name != VERIFY} | {"later": "kept"}
    path.write_text(json.dumps(without))

    after = make_keys(path)

    assert after == before | {"later": "kept"}


@pytest.mark.parametrize("gone", FROM_THE_FIRST)
def test_a_key_that_words_hang_on_is_never_made_anew(tmp_path: Path, gone: str) -> None:
    path = tmp_path / "keys.json"
    before = make_keys(path)
    left = json.dumps({name: value for name, value in before.items() if name != gone})
    path.write_text(left)

    with pytest.raises(ValueError, match=f"lacks {gone}"):
        make_keys(path)

    assert path.read_text() == left


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
