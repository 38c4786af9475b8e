"""The practice centre: plainly marked everywhere, and never made where a real one stands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from journeys.house import House
from lykta.core.frame import Frame, frame

NAME = "from django.conf import settings; print(settings.SESSION_COOKIE_NAME)"


@pytest.fixture
def practised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory with the file of accounts that only invented members have."""
    monkeypatch.setattr(settings, "LYKTA_DATA", tmp_path)
    (tmp_path / "demo-accounts.json").write_text("[]")
    return tmp_path


def framed(lang: str) -> Frame:
    return frame(lang=lang, title="", exit_url="https://www.smhi.se/", phones={}, paths={lang: "/"})


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_public_page_of_invented_people_says_so(practised: Path, lang: str) -> None:
    f = framed(lang)
    assert f.demo
    assert f.w["core"]["demo"].startswith("Demo. ")
    assert ".demo{" in f.sheet.css


def test_a_public_page_of_a_real_house_says_and_carries_nothing_of_it() -> None:
    f = framed("sv")
    assert not f.demo
    assert ".demo{" not in f.sheet.css


def test_where_a_centre_stands_no_practice_centre_is_made(house: House) -> None:
    with pytest.raises(CommandError, match="A centre stands here already"):
        call_command("demo")
    assert not (Path(settings.LYKTA_DATA) / "demo-accounts.json").exists()
    assert "<b>Demo." not in Client().get("/personal/logga-in/", HTTP_HOST="127.0.0.1").content.decode()


def test_one_browser_can_be_signed_in_to_both(tmp_path: Path) -> None:
    """Cookies know no ports, so the two need names of their own."""

    def name() -> str:
        command = [sys.executable, "-c", NAME]
        kept = {k: v for k, v in os.environ.items() if not k.startswith("LYKTA_")}
        surroundings = kept | {"LYKTA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lykta.config.settings"}
        paths = ":".join(path for path in sys.path if path)
        done = subprocess.run(command, env=surroundings | {"PYTHONPATH": paths}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    real = name()
    (tmp_path / "demo-accounts.json").write_text("[]")
    assert {real, name()} == {"lykta", "lykta-demo"}
