"""What stops the opening, and what is only left to do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lykta.centre.checks import Facts, checks, may_open

ON = date(2026, 11, 23)
READY = Facts(
    https=True,
    local=False,
    readers={"Maja Norrby": True},
    holders={"kontaktrummet": 2, "husets nyckelring": 2},
    own_factors=2,
    phones=1,
    oldest_check=ON - timedelta(days=180),
    open_days=5,
)
ALWAYS_LEFT = {"Läs igenom sidorna", "Säkerhetskopior", "Det som bara syns på servern"}


def titles(facts: Facts, state: str) -> set[str]:
    return {one.title for one in checks(facts, on=ON) if one.state == state}


def test_a_centre_that_is_ready_may_open_and_is_told_what_nobody_can_see_from_here():
    assert may_open(checks(READY, on=ON))
    assert titles(READY, "todo") == ALWAYS_LEFT


@pytest.mark.parametrize(
    ("changed", "stops"),
    [
        ({"readers": {}}, "Någon som läser"),
        ({"readers": {"Maja Norrby": False}}, "Någon som läser"),
        ({"https": False}, "Krypterad väg hit"),
    ],
)
def test_nobody_to_read_or_an_open_road_stops_the_opening(changed, stops):
    facts = replace(READY, **changed)
    assert not may_open(checks(facts, on=ON))
    assert titles(facts, "stop") == {stops}
    assert checks(facts, on=ON)[0].state == "stop"


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ({"https": False, "local": True}, "Krypterad väg hit"),
        ({"own_factors": 1}, "En till andra faktor åt dig"),
        ({"holders": {"kontaktrummet": 1, "husets nyckelring": 2}}, "Fler än en som kan öppna"),
        ({"phones": 0, "oldest_check": None}, "Era egna nummer"),
        ({"oldest_check": ON - timedelta(days=181)}, "Era egna nummer"),
        ({"open_days": 0}, "Öppettider"),
    ],
)
def test_what_is_left_is_told_and_stops_nothing(changed, left):
    facts = replace(READY, **changed)
    assert may_open(checks(facts, on=ON))
    assert titles(facts, "todo") == ALWAYS_LEFT | {left}


def test_names_are_told_as_they_are_said():
    facts = replace(READY, readers={"Maja": True, "Elsa": False}, holders={"barn": 1, "KAST": 1, "anhöriga": 1})
    said = {one.title: one.text for one in checks(facts, on=ON)}
    assert said["Någon som läser"].startswith("Maja har loggat in")
    assert "barn, KAST och anhöriga" in said["Fler än en som kan öppna"]
