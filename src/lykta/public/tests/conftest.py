"""A house whose program's own pages are shown, and an editor in it."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from journeys.house import House
from lykta.access.enums import Role
from lykta.access.rules import Actor
from lykta.people.models import Member
from lykta.public.actions import folder


def command(name: str, **options: Any) -> str:
    """What a command says."""
    said = StringIO()
    call_command(name, stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def published(house: House) -> Iterator[House]:
    aside = folder().with_name("published.aside")  # what lies there whole is taken up again by the next test
    if aside.exists():
        aside.rename(folder())
    command("publish")
    yield house
    for one in folder().glob("*current*"):
        one.unlink()
    folder().rename(aside)


@pytest.fixture
def olle(published: House) -> Member:
    """An editor; his work needs no ring."""
    return published.member("Olle", Role.EDITOR, place=False, share=False)


@pytest.fixture
def editor(olle: Member) -> Actor:
    return Actor(olle.pk, olle.centre_id, olle.name, Role.EDITOR, frozenset())


@pytest.fixture
def browser(published: House, olle: Member) -> Client:
    return published.signed_in(olle)
