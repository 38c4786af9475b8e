"""The cast of this room's tests: a head of an installed house, and hands for anybody."""

from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.test import Client

from journeys.house import House
from lykta.access.enums import Role, Wall
from lykta.access.rules import Actor, Term
from lykta.core import clock
from lykta.core.doors import door
from lykta.people import invitations
from lykta.people.models import Member

GOOD = "fyra ord som inte hör ihop"


def head_of(house: House, name: str = "Gunnel") -> Actor:
    """A head, who lets members in. The house must be installed."""
    return house.actor(house.member(name, Role.HEAD, walls=()))


def hands(house: House, actor: Actor) -> Client:
    """A member's browser, both factors just shown."""
    with door("staff", actor=actor.member):
        member = Member.objects.get(pk=actor.member)
    client = house.signed_in(member)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    return client


def browser() -> Client:
    """A browser nobody has signed in with."""
    return Client(headers={"host": "127.0.0.1"})


def invited(head: Actor, name: str = "Ny Kollega", role: Role = Role.COUNSELLOR) -> invitations.Link:
    """A link to a newcomer who will work in the contact room."""
    with door("staff", actor=head.member):
        terms = [Term(Wall.CONTACT, clock.today())]
        return invitations.invite(by=head, name=name, email="Ny@Test.example", role=role, terms=terms)


def acts(house: House) -> list[tuple[str, str, UUID | None]]:
    """Deeds, reasons and objects of the staff's chain, in order."""
    with house.as_superuser() as boss:
        query = "SELECT act, reason, object FROM audit_event WHERE chain = 'staff' ORDER BY seq"
        return boss.execute(query).fetchall()


def refused(actor: Actor, tries: list[str], names: dict[str, object]) -> None:
    """Each statement, typed by hand as the staff role, is refused by the database itself."""
    for statement in tries:
        with pytest.raises(ProgrammingError) as told, door("staff", actor=actor.member), connection.cursor() as cursor:
            cursor.execute(statement, names)
        assert isinstance(told.value.__cause__, psycopg.errors.InsufficientPrivilege), statement
