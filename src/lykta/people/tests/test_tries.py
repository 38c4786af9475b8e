"""Tries to get in are counted for all processes together, and nothing about an address outlives its window."""

import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.core.internal.ratelimit import get_cache_key, parse_rate
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory

from journeys.house import PASSWORD, House
from lykta.core import clock
from lykta.core.doors import door
from lykta.people.adapters import TOO_MANY, WRONG
from lykta.people.models import Member, Try
from lykta.people.tasks import forget_old_tries
from lykta.people.tries import CODE_SECONDS, Tries

SIGN_IN = "/personal/logga-in/"
HERE, THERE = "192.0.2.7", "198.51.100.9"


def process() -> Tries:
    """The cache as another process of the house has it."""
    return Tries("", {})


def rows(house: House) -> list[tuple]:
    with house.as_superuser() as boss:
        return boss.execute("SELECT * FROM people_try").fetchall()


def knock(member: Member, *, network: str, password: str = "wrong") -> str:
    """One sign-in from a network; gives the page, "" where it led on."""
    client = Client(REMOTE_ADDR=network, headers={"host": "127.0.0.1"})
    return client.post(SIGN_IN, {"login": member.email, "password": password}).content.decode()


def test_what_one_process_counts_another_sees(house: House) -> None:
    now = clock.now().timestamp()
    with door("staff"):
        process().set("who", [now], 60)
    with door("staff"):
        assert process().get("who") == [now]
        process().set("who", [now + 1, now], 60)
    with door("staff"):
        assert process().get("who") == [now + 1, now]
        process().set("who", [now], 60)  # the second try was right, and is taken back
    with door("staff"):
        assert process().get("who", []) == [now]


def test_a_process_that_knew_less_takes_nothing_away(house: House) -> None:
    now = clock.now().timestamp()
    seen = threading.Event(), threading.Event()

    def slow() -> None:
        with door("staff"):
            process().set("who", [now], 60)
            seen[0].set()
            assert seen[1].wait(10)
        connection.close()

    other = threading.Thread(target=slow)
    other.start()
    assert seen[0].wait(10)
    with door("staff"):  # sees nothing of the other's, which is not over yet
        process().set("who", [now + 1], 60)
    seen[1].set()
    other.join()
    with door("staff"):
        assert process().get("who") == [now + 1, now]


def test_a_code_shown_to_two_processes_at_once_is_taken_by_one(house: House) -> None:
    taken: list[bool] = []

    def show() -> None:
        with door("staff"):
            taken.append(process().add("code", "y", 30))
        connection.close()

    both = [threading.Thread(target=show) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(taken) == [False, True]


@pytest.mark.parametrize(("seconds", "taken"), [(CODE_SECONDS - 1, False), (CODE_SECONDS + 1, True)])
def test_a_used_code_stays_used_as_long_as_it_could_be_shown_again(house: House, seconds: int, taken: bool) -> None:
    with time_machine.travel("2026-11-23T23:59:30+01:00", tick=False):  # and past midnight
        with door("staff"):
            process().add("code", "y", 30)
        with time_machine.travel(clock.now() + timedelta(seconds=seconds), tick=False), door("staff"):
            assert process().add("code", "y", 30) is taken


def test_a_row_says_neither_which_network_nor_whom_and_not_the_same_on_two_days(house: House) -> None:
    maja = house.member("Maja")
    names = set()
    for day in ("2026-11-23", "2026-11-24"):
        with time_machine.travel(f"{day}T12:00:00+01:00", tick=False):
            knock(maja, network=HERE)
    found = rows(house)
    assert len(found) == 2 * 4  # the page, the network, the network with the account, the account
    for row in found:
        assert not any(told in str(row) for told in (HERE, maja.email, str(maja.pk)))
        names.add(row[2])
    assert len(names) == len(found)


def test_when_the_window_is_over_the_worker_leaves_nothing(house: House) -> None:
    maja = house.member("Maja")
    knock(maja, network=HERE)
    forget_old_tries(0)
    assert len(rows(house)) == 4
    for minutes, left in ((2, 2), (6, 1), (16, 0)):
        with house.as_superuser() as boss:
            boss.execute("UPDATE people_try SET until_at = until_at - interval '1 minute' * %s", [minutes])
        forget_old_tries(0)
        assert len(rows(house)) == left
        with house.as_superuser() as boss:
            boss.execute("UPDATE people_try SET until_at = until_at + interval '1 minute' * %s", [minutes])


def test_no_row_comes_into_an_archive_of_changes(house: House) -> None:
    with house.as_superuser() as boss:
        assert boss.execute("SELECT relpersistence FROM pg_class WHERE relname = 'people_try'").fetchone() == ("u",)


def test_who_can_not_name_what_was_tried_sees_nothing(house: House) -> None:
    with door("staff"):
        process().set("who", [clock.now().timestamp()], 60)
    with door("staff"):
        assert Try.objects.count() == 0
        assert process().get("somebody else") is None


def test_wrong_passwords_from_elsewhere_do_not_keep_a_member_out(house: House) -> None:
    maja = house.member("Maja")
    told = [TOO_MANY in knock(maja, network=HERE) for _ in range(6)]
    assert told == [False] * 5 + [True]
    assert TOO_MANY in knock(maja, network=HERE, password=PASSWORD)
    assert knock(maja, network=THERE, password=PASSWORD) == ""


def test_very_many_from_everywhere_hold_the_account_back_for_all(house: House) -> None:
    maja = house.member("Maja")
    rate = parse_rate(WRONG["for the account"])
    request = RequestFactory().post(SIGN_IN)
    key = get_cache_key(request, app="lykta.people", action="for the account", rate=rate, key=maja.email)
    now = clock.now().timestamp()
    for many, held in ((rate.amount - 1, False), (rate.amount, True)):
        with door("staff"):
            process().delete(key)
            process().set(key, [now - n for n in range(many)], rate.duration)
        assert (TOO_MANY in knock(maja, network=THERE)) is held


def test_a_right_password_is_not_counted_as_a_wrong_one(house: House) -> None:
    maja = house.member("Maja")
    knock(maja, network=HERE, password=PASSWORD)
    assert len(rows(house)) == 1  # only that the page was asked


@pytest.mark.parametrize("network", ["2001:db8:1:1::1", "2001:db8:1:ffff::1"])
def test_a_whole_hosting_customer_is_one_network(house: House, network: str) -> None:
    maja = house.member("Maja")
    for _ in range(5):
        knock(maja, network="2001:db8:1::1")
    assert TOO_MANY in knock(maja, network=network)
    assert settings.ALLAUTH_RATE_LIMIT_IPV6_PREFIX == 48
