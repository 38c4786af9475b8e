"""The small cast of the log: Per who reviews, Gunnel who heads, Maja and Tomas who work, and what they did before."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from journeys.house import House
from journeys.planted import Planted, plant
from lykta.access.enums import Role
from lykta.core import clock
from lykta.people.models import Member


@pytest.fixture
def maja(house: House) -> Member:
    """A counsellor."""
    return house.member("Maja Norrby")


@pytest.fixture
def tomas(house: House) -> Member:
    """Another."""
    return house.member("Tomas Fjällgren")


@pytest.fixture
def per(house: House) -> Member:
    """The auditor."""
    return house.member("Per Granskare", Role.AUDITOR, place=False, share=False)


@pytest.fixture
def gunnel(house: House) -> Member:
    """The head."""
    return house.member("Gunnel Storsjö", Role.HEAD, place=False, share=False)


@pytest.fixture
def hands(house: House) -> Callable[[Member], Client]:
    """A member's browser."""

    def browser(member: Member) -> Client:
        client = house.signed_in(member)
        client.defaults["HTTP_HOST"] = "127.0.0.1"
        return client

    return browser


@pytest.fixture
def planted(house: House) -> Callable[..., None]:
    """Plant events as they come: chain, Swedish time and act, and more by name."""

    def put(*events: Planted) -> None:
        with house.as_superuser() as boss:
            plant(boss, Path(settings.LYKTA_DATA), settings.LYKTA_CENTRE, events)

    return put


def at(text: str) -> datetime:
    """`2026-11-02 22:14`, Swedish time."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.STOCKHOLM)


def acts(house: House, act: str) -> list[Any]:
    """Object, reason and count of every event of an act, in order."""
    with house.as_superuser() as boss:
        return boss.execute(
            "SELECT object, reason, count FROM audit_event WHERE act = %s ORDER BY chain, seq", [act]
        ).fetchall()
