"""The house as tests meet it: a real database under the doors' roles, and a real server with a real browser.

Nothing here is mocked. `house` gives the tables, empty but for one centre and its rings; `site` a served demo centre.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

DATA = Path(tempfile.mkdtemp(prefix="lykta-test-"))
os.environ["LYKTA_DATA"] = str(DATA)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lykta.config.settings")

from lykta.config.keys import make_keys  # noqa: E402  # the settings read what this makes

make_keys(DATA / "keys.json")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from lykta.sealing import passwords  # noqa: E402

# Members by the hundred: their passwords cost little in this process. What is served beside it pays the real price,
# and so does the test that asks for it.
STAFF_COST = (passwords.STAFF_PASSES, passwords.STAFF_MEMORY)
passwords.STAFF_PASSES, passwords.STAFF_MEMORY = 1, 8192
settings.PASSWORD_HASHERS = ["journeys.quick.QuickArgon2"]

setup_test_environment()

from journeys.house import House  # noqa: E402
from journeys.served import Site, serve_site  # noqa: E402


def pytest_sessionfinish() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def _standing_house() -> Iterator[House]:
    """One cluster for the whole run, migrated once; durability is tested elsewhere, so it may be quick here."""
    with ExitStack() as stack:
        yield House.raise_up(DATA, stack)


@pytest.fixture
def house(_standing_house: House) -> Iterator[House]:
    """The house with one centre, its rings and nobody in it; emptied afterwards."""
    _standing_house.furnish()
    yield _standing_house
    _standing_house.clear()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A demo centre served by `lykta serve`, with a neutral place to leave to."""
    with ExitStack() as stack:
        yield serve_site(stack)
