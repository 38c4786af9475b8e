"""Raising a real house for tests: a database under the doors' roles, and a small cast."""

import json
import re
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg import sql

from lykta.access.enums import Role, Wall
from lykta.access.models import Place
from lykta.access.rules import Actor, rings_of
from lykta.config.cluster import Cluster
from lykta.config.ground import ground
from lykta.contact.keys import code_keys, pair_place
from lykta.contact.models import Dialogue
from lykta.contact.visits import Visitor
from lykta.core import clock, keyfile
from lykta.core.doors import WORKER, door
from lykta.core.lights import lights
from lykta.people.models import Centre, Member
from lykta.sealing import signing
from lykta.sealing.actions import make_recovery_ring, make_ring, make_staff_pair, share_ring
from lykta.sealing.enums import OF_HOUSE, RingName
from lykta.sealing.holder import Holder
from lykta.sealing.models import Ring
from lykta.sealing.paper import new_secret, recovery_pair, whole
from lykta.sealing.queries import password_key, staff_private
from lykta.sealing.words import unseal

PASSWORD = "a-long-password-for-tests"
KEPT = ("django_migrations", "django_content_type", "auth_permission")


@dataclass
class House:
    """The database of the test run, and what stands in it."""

    superuser: str
    seed: bytes = field(repr=False)
    ring: Ring = field(init=False)
    ring_private: bytes = field(init=False, repr=False)
    recovery_private: bytes = field(init=False, repr=False)
    recovery_paper: str = field(init=False, repr=False)
    rings: dict[RingName, tuple[Ring, bytes]] = field(init=False, repr=False)

    @classmethod
    def raise_up(cls, data: Path, stack: ExitStack) -> "House":
        """Start and migrate the cluster, and let Django know where its socket is."""
        stack.callback(Cluster(data).remove)
        surroundings = stack.enter_context(ground(data))
        host = surroundings["LYKTA_SOCKET"]
        keys = json.loads((data / "keys.json").read_text())
        connection.settings_dict["HOST"] = host
        stack.callback(connection.close_pool)
        stack.callback(connection.close)
        dsn = f"host={host} port=5432 dbname=lykta user=postgres password={keys['database']['postgres']}"
        with psycopg.connect(dsn, autocommit=True) as boss:
            boss.execute("ALTER SYSTEM SET synchronous_commit = off")
            boss.execute("SELECT pg_reload_conf()")
        return cls(dsn, bytes.fromhex(keys[signing.ON_MACHINE]))

    def furnish(self) -> None:
        """One centre and its rings; what a test before learnt of a dark database is forgotten."""
        lights._dark_until = float("-inf")
        with door("worker", actor=WORKER):
            Centre.objects.create(centre_id=settings.LYKTA_CENTRE, name="Testcentrum", opened_on=clock.today())
            secret = new_secret()
            self.recovery_paper, recovery = whole(secret), recovery_pair(secret)
            self.recovery_private = recovery.private
            make_recovery_ring(centre=settings.LYKTA_CENTRE, public=recovery.public)
            self.ring, self.ring_private = make_ring(centre=settings.LYKTA_CENTRE, name=RingName.CONTACT)
        self.rings = {RingName.CONTACT: (self.ring, self.ring_private)}

    def install(self) -> None:
        """As after a real installation: every ring is there, and the centre's signing seed is off the machine."""
        with door("worker", actor=WORKER):
            for name in OF_HOUSE:
                if name not in self.rings:
                    self.rings[name] = make_ring(centre=settings.LYKTA_CENTRE, name=name)
            recovery = Ring.objects.get(name=RingName.RECOVERY)
            signing.take_off_machine(house=self.rings[RingName.HOUSE][0], recovery=recovery)

    def clear(self) -> None:
        """Empty every table, past every trigger, as only the superuser can."""
        connection.close()
        with psycopg.connect(self.superuser, autocommit=True) as boss:
            boss.execute("SET session_replication_role = replica")
            rows = boss.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            names = [name for (name,) in rows if name not in KEPT]
            # Quicker than TRUNCATE for tables of a few rows, and in one go: one word to the server, one commit.
            boss.execute(sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in names))
        data = Path(settings.LYKTA_DATA)
        shutil.rmtree(data / "anchors", ignore_errors=True)
        if not signing.is_on_machine():
            keyfile.replace(
                data / keyfile.NAME, keyfile.read(data / keyfile.NAME) | {signing.ON_MACHINE: self.seed.hex()}
            )

    def as_superuser(self) -> psycopg.Connection[Any]:
        """A connection past every wall, to plant things and to play the thief."""
        return psycopg.connect(self.superuser, autocommit=True)

    def member(
        self,
        name: str,
        role: Role = Role.COUNSELLOR,
        *,
        walls: tuple[Wall, ...] = (Wall.CONTACT,),
        place: bool = True,
        share: bool = True,
        pair: bool = True,
        centre: UUID | None = None,
    ) -> Member:
        """A member with a pair; with places inside these walls and shares of their rings unless told otherwise.

        Once the house is installed she also has the rings that her role needs (see access.rules.rings_of).
        """
        centre = centre or settings.LYKTA_CENTRE
        with door("worker", actor=WORKER, centre=centre):
            member = Member(centre_id=centre, email=f"{name.lower()}@test.example", name=name, role=role)
            member.joined_on = clock.today()
            member.set_password(PASSWORD)
            member.save(force_insert=True)
            if pair:
                make_staff_pair(centre=centre, member=member.pk, password=PASSWORD, seed=self.seed)
            for wall in walls if place else ():
                Place.objects.create(centre_id=centre, member_id=member.pk, wall=wall, from_on=clock.today())
            for name in rings_of(role, walls) if share else ():
                if name in self.rings:
                    ring, private = self.rings[name]
                    share_ring(ring=ring, private=private, member=member.pk)
        return member

    def actor(self, member: Member) -> Actor:
        """The member as an actor whose keys are open, as after sign-in."""
        with door("staff", actor=member.pk, centre=member.centre_id):
            key = password_key(member.pk, PASSWORD)
            private = staff_private(member.pk, key) if key else b""
            places = Place.objects.filter(member_id=member.pk)
            walls = frozenset(Wall(p.wall) for p in places)
        return Actor(member.pk, member.centre_id, member.name, Role(member.role), walls, Holder(member.pk, private))

    def dialogue(self, text: str = "Hej") -> tuple[Visitor, str]:
        """A visitor who has written through the page, and her code."""
        client = Client()
        client.post("/sida/", {"deed": "write", "text": text})
        page = client.get("/sida/").content.decode()
        code = "".join(re.findall(r"<li>(\d{4})</li>", page))
        keys = code_keys(code)
        with door("public", visitor=keys.lookup.hex()):
            row = Dialogue.objects.get(lookup=keys.lookup)
        private = unseal(keys.key, pair_place(row.id), bytes(row.visitor_sealed_private))
        return Visitor(row.id, keys.lookup.hex(), private), code

    def signed_in(self, member: Member) -> Client:
        """A test client whose browser holds a sealed session of the member, both factors shown."""
        from lykta.people.sessions import SessionStore

        actor = self.actor(member)
        client = Client(enforce_csrf_checks=False)
        with door("staff", actor=member.pk, centre=member.centre_id):
            session = SessionStore()
            now = clock.now().timestamp()
            session.update(
                {
                    "_auth_user_id": str(member.pk),
                    "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
                    "_auth_user_hash": member.get_session_auth_hash(),
                    "private": actor.holder.private.hex() if actor.holder else "",
                    "two_factors": str(member.pk),
                    "two_factors_at": now,
                    "since": now,
                    "seen": now,
                }
            )
            session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client
