"""Turning a ring while the house is at work: two holders at once, a writer on the way, a process that is killed."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from lykta.access.enums import Role
from lykta.core.doors import door
from lykta.sealing import signing
from lykta.sealing.actions import new_case_key, turn_ring
from lykta.sealing.enums import RingName
from lykta.sealing.models import RingShare, Wrap
from lykta.sealing.queries import case_keys
from lykta.sealing.turning import turn_wraps, ways

C = RingName.CONTACT


@pytest.fixture
def cast(house):
    """An installed house: a head and two counsellors, each with a key to the contact room."""
    house.install()
    members = house.member("Gunnel", Role.HEAD, walls=()), house.member("Maja"), house.member("Tomas")
    return house, *map(house.actor, members)


def sealed_cases(number):
    made = {}
    for _ in range(number):
        case, part = uuid4(), uuid4()
        with door("public", visitor="somebody", case=str(case)):
            made[case] = {part: new_case_key(centre=settings.LYKTA_CENTRE, case=case, part=part, ring_name=C)}
    return made


def turn(head):
    with door("staff", actor=head.member):
        turn_ring(name=C, seed=signing.open_seed(head.holder))


def at_once(*deeds):
    """Do each in a thread with a connection of its own; what one raises is raised here."""
    wrong = []

    def run(deed):
        try:
            deed()
        except Exception as why:
            wrong.append(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if wrong:
        raise wrong[0]


def all_open(actor, cases):
    with door("staff", actor=actor.member):
        assert ways(actor.holder) == []
        assert {case: case_keys(actor.holder, case) for case in cases} == cases


def test_two_holders_move_keys_at_once_and_none_is_lost_or_doubled(cast):
    house, head, maja, tomas = cast
    cases = sealed_cases(30)
    turn(head)

    def moving(actor):
        def move():
            for _ in range(60):
                with door("staff", actor=actor.member):
                    if not turn_wraps(actor.holder, limit=3).left:
                        return

        return move

    at_once(moving(maja), moving(tomas))
    all_open(maja, cases)
    all_open(tomas, cases)
    with house.as_superuser() as boss:
        one_each = "SELECT count(*), count(DISTINCT case_id) FROM sealing_wrap w JOIN sealing_ring r ON r.id = ring_id"
        assert boss.execute(f"{one_each} WHERE r.name = 'contact'").fetchone() == (30, 30)


def test_who_is_just_writing_is_waited_for_so_that_no_word_lies_under_a_ring_nobody_has(cast):
    _, head, maja, _ = cast
    begun, case, part = threading.Event(), uuid4(), uuid4()
    keys = {}

    def write():
        with door("public", visitor="somebody", case=str(case)):
            keys[part] = new_case_key(centre=settings.LYKTA_CENTRE, case=case, part=part, ring_name=C)
            begun.set()
            time.sleep(1)

    def turn_and_move():
        begun.wait(10)
        turn(head)
        with door("staff", actor=maja.member):
            assert turn_wraps(maja.holder).moved == 1

    at_once(write, turn_and_move)
    with door("staff", actor=maja.member):
        assert case_keys(maja.holder, case) == keys
        assert not RingShare.objects.filter(ring__name=C, ring__version=1).exists()


KILLED = """
    import sys, time
    import django
    django.setup()
    from uuid import UUID
    from lykta.core.doors import door
    from lykta.sealing.holder import Holder
    from lykta.sealing.turning import turn_wraps
    member = UUID(sys.argv[1])
    with door("staff", actor=member):
        turned = turn_wraps(Holder(member, bytes.fromhex(sys.stdin.readline().strip())), limit=4)
        print(turned.moved, flush=True)
        time.sleep(60)
"""


def test_a_process_killed_in_the_middle_leaves_nothing_half_moved_and_another_goes_on(cast):
    _, head, maja, tomas = cast
    cases = sealed_cases(10)
    turn(head)
    with door("staff", actor=maja.member):
        turn_wraps(maja.holder, limit=3)
    surroundings = {
        **os.environ,
        "LYKTA_DATA": str(settings.LYKTA_DATA),
        "LYKTA_SOCKET": connection.settings_dict["HOST"],
        "DJANGO_SETTINGS_MODULE": "lykta.config.settings",
    }
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(maja.member)]
    process = subprocess.Popen(
        command, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    process.stdin.write(maja.holder.private.hex().encode() + b"\n")
    process.stdin.flush()
    assert process.stdout.readline() == b"4\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with door("staff", actor=tomas.member):
        assert Wrap.objects.filter(ring__version=1, ring__name=C).count() == 7
        assert turn_wraps(tomas.holder).moved == 7
    all_open(maja, cases)
