"""An empty house, and what two people say when they install it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from journeys.house import House
from lykta.centre import word
from lykta.core.lights import lights

BASE = "/personal/installation/"
SAID: dict[str, dict[str, Any]] = {
    "centrum": {"name": "Provcentrum", "board": "Provnämnden", "municipalities": ["2380", "2309"]},
    "nummer": {"use_0": "main", "number_0": "063-00 00 01", "checked_on_0": "2026-01-02"},
    "tider": {"day_0": "8-16", "shut_on_holidays": "on"},
    "utat": {"languages": ["sv", "en"]},
    "medarbetare": {
        "head_name": "Gunnel Åkerström",
        "head_email": "Gunnel@centrum.example",
        "head_waits": "on",
        "reader_name": "Maja Norrby",
        "reader_email": "maja@centrum.example",
        "reader_role": "counsellor",
        "reader_walls": ["contact", "exposed"],
    },
}
PASSWORDS = {"secret_head": "snöskor under granen", "secret_reader": "varm mjölk och kanel"}
TWICE = PASSWORDS | {f"{name}_again": said for name, said in PASSWORDS.items()}


def prepare() -> dict[str, str]:
    """As a start does. Gives what it prints."""
    out = StringIO()
    call_command("prepare", stdout=out)
    told: dict[str, str] = json.loads(out.getvalue())
    return told


@dataclass
class Browser:
    """One browser at an empty house."""

    client: Client = field(default_factory=lambda: Client(headers={"host": "127.0.0.1"}))

    def get(self, step: str = "") -> HttpResponse:
        return self.client.get(BASE + (f"{step}/" if step else ""))

    def send(self, step: str = "", **fields: Any) -> HttpResponse:
        return self.client.post(BASE + (f"{step}/" if step else ""), fields)

    def say(self, step: str, **changed: Any) -> HttpResponse:
        """Save a page as its owner would: with the mark of how often it had been saved when it was shown."""
        times = self.get(step).context["times"]
        return self.send(step, **SAID[step] | changed, times=times)

    def paper(self, way: str = "whole") -> list[str]:
        """Have the recovery key made, write it down, type it back. Gives the rows."""
        self.send("reservnyckel", deed="make", way=way, seen=self.seen())
        rows = [" ".join(row) for row in self.get("reservnyckel").context["rows"]]
        self.send("reservnyckel", deed="written", seen=self.seen())
        self.send("reservnyckel", deed="back", secret_first=rows[0], secret_second="".join(rows[1:2]), seen=self.seen())
        return rows

    def seen(self) -> str:
        """Which key the page shows that it knows of."""
        return str(self.get("reservnyckel").context["seen"])

    def say_all(self) -> list[str]:
        """Everything but the passwords. Gives the paper."""
        for step in SAID:
            self.say(step)
        return self.paper()


@pytest.fixture
def vacant(_standing_house: House) -> Iterator[House]:
    """A house without a centre, made ready as a start does."""
    lights._dark_until = float("-inf")
    prepare()
    yield _standing_house
    _standing_house.clear()
    word.forget()


@pytest.fixture
def browser(vacant: House) -> Browser:
    """A browser that has given the word."""
    one = Browser()
    one.send(secret_word=prepare()["word"])
    return one
