"""A wave of messages: what a network may send, how waiting helps, and that nothing is remembered."""

import threading
from dataclasses import fields

import pytest

from lykta.contact.flood import FORGET, SALT_SECONDS, TICKET_FROM, TICKET_UNTIL, Flood, Verdict, network

HERE, ELSEWHERE = "192.0.2.7", "192.0.2.8"


def emptied(burst: int = 5, **more: object) -> Flood:
    """A flood guard whose bucket for HERE is empty at second 0."""
    flood = Flood(burst, **more)  # type: ignore[arg-type]
    assert [flood.ask(HERE, 0.0).passes for _ in range(burst)] == [True] * burst
    return flood


def test_a_network_may_send_its_burst_at_once_and_then_waits() -> None:
    verdict = emptied().ask(HERE, 0.0)
    assert (verdict.passes, verdict.seconds, bool(verdict.ticket)) == (False, TICKET_FROM, True)


def test_another_network_is_not_held_up() -> None:
    assert emptied().ask(ELSEWHERE, 0.0) == Verdict(True)


@pytest.mark.parametrize(("later", "passes"), [(1.9, False), (2.0, True)])
def test_the_bucket_fills_again_by_one_in_two_seconds(later: float, passes: bool) -> None:
    assert emptied().ask(HERE, later).passes is passes


@pytest.mark.parametrize(
    ("age", "passes"),
    [
        (0, False),
        (TICKET_FROM - 1, False),
        (TICKET_FROM, True),
        (TICKET_UNTIL, True),
        (TICKET_UNTIL + 1, False),
    ],
)
def test_a_ticket_is_good_between_its_first_and_its_last_second(age: float, passes: bool) -> None:
    flood = emptied()
    ticket = flood.ask(HERE, 0.0).ticket
    drain(flood, HERE, age)
    assert flood.ask(HERE, age, ticket=ticket).passes is passes


def drain(flood: Flood, address: str, now: float) -> None:
    """Take everything the first bucket has got back, as a program does that never rests."""
    while flood.ask(address, now).passes:
        pass


def test_a_ticket_lets_one_through_and_no_second() -> None:
    flood = emptied()
    ticket = flood.ask(HERE, 0.0).ticket
    drain(flood, HERE, 30.0)
    assert [flood.ask(HERE, 30.0, ticket=ticket).passes for _ in range(2)] == [True, False]


def test_a_ticket_shown_too_early_is_kept_and_the_rest_of_the_wait_is_told() -> None:
    flood = emptied()
    ticket = flood.ask(HERE, 0.0).ticket
    drain(flood, HERE, 15.0)
    assert flood.ask(HERE, 15.0, ticket=ticket) == Verdict(False, 6, ticket)


@pytest.mark.parametrize("change", [lambda t: t[:-1] + "x", lambda t: "9" + t, lambda t: "å", lambda t: "." * 99])
def test_a_forged_ticket_is_worth_nothing(change: "object") -> None:
    flood = emptied()
    ticket = flood.ask(HERE, 0.0).ticket
    drain(flood, HERE, 30.0)
    assert flood.ask(HERE, 30.0, ticket=change(ticket)).passes is False  # type: ignore[operator]


def test_a_ticket_of_another_network_is_worth_nothing() -> None:
    flood = emptied()
    for _ in range(5):
        flood.ask(ELSEWHERE, 0.0)
    ticket = flood.ask(ELSEWHERE, 0.0).ticket
    drain(flood, HERE, 30.0)
    assert flood.ask(HERE, 30.0, ticket=ticket).passes is False


def test_thirty_people_behind_the_address_of_a_program_all_get_through() -> None:
    flood, bot, waiting, through = Flood(240), 0, {}, set()
    for second in range(3600):
        bot += sum(flood.ask(HERE, second + n / 20).passes for n in range(20))
        if second % 120 == 60:
            waiting[second // 120] = ""
        for person, ticket in list(waiting.items()):
            if second % 5 == 0:
                verdict = flood.ask(HERE, float(second), ticket=ticket)
                waiting[person] = verdict.ticket
                if verdict.passes:
                    through.add(person)
                    del waiting[person]
    assert through == set(range(30))
    assert bot <= 240 + 3600 * 0.5


def test_fifty_at_once_pass_and_no_more_than_the_burst() -> None:
    flood, passed, start = Flood(50), [], threading.Barrier(80)

    def come() -> None:
        start.wait()
        passed.append(flood.ask(HERE, 0.0).passes)

    crowd = [threading.Thread(target=come) for _ in range(80)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sum(passed) == 50


def test_all_codes_together_have_a_budget_and_waiting_helps_there_too() -> None:
    flood = Flood(5, shared=(3, 0.1))
    assert [flood.ask(f"192.0.2.{n}", 0.0).passes for n in range(4)] == [True, True, True, False]
    ticket = flood.ask(HERE, 0.0).ticket
    assert flood.ask(HERE, 20.0, ticket=ticket).passes is True


@pytest.mark.parametrize(("idle", "remembered"), [(FORGET - 1, 2), (FORGET, 1)])
def test_a_network_is_forgotten_after_ten_idle_minutes(idle: float, remembered: int) -> None:
    flood = emptied()
    flood.ask(ELSEWHERE, float(idle))
    assert flood.remembers() == remembered


def test_with_the_day_everybody_is_forgotten() -> None:
    flood = emptied()
    for second in range(0, SALT_SECONDS, 300):
        flood.ask(HERE, float(second))
    flood.ask(ELSEWHERE, float(SALT_SECONDS))
    assert flood.remembers() == 1


def test_no_address_stands_anywhere_in_memory() -> None:
    flood = emptied()
    flood.ask(HERE, 0.0)
    assert HERE not in " ".join(repr(getattr(flood, one.name)) for one in fields(flood))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("unknown", "unknown", True),
    ],
)
def test_which_addresses_are_one_network(one: str, other: str, same: bool) -> None:
    assert (network(one) == network(other)) is same
