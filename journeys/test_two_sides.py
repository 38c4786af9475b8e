"""Who works on one side of a relation cannot learn by any means whether the other is a client."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.filler import fill_file, new_file, pages_of
from journeys.house import House
from journeys.sides import Sides, addresses, plain, probes, two_sides
from lykta.access.enums import Wall
from lykta.sealing import queries as sealing_queries

PROBES = probes()


@pytest.fixture
def sides(house: House) -> Sides:
    return two_sides(house)


def refusals(house: House) -> list[tuple[object, str]]:
    with house.as_superuser() as boss:
        query = "SELECT object, reason FROM audit_event WHERE act = 'access:door:refused' ORDER BY seq"
        return list(boss.execute(query).fetchall())


def test_there_is_something_to_try() -> None:
    assert len(list(addresses())) > 8


def test_whatever_is_tried_in_whatever_order_a_client_and_nobody_look_alike(sides: Sides) -> None:
    @settings(max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(sorted(PROBES)), min_size=4, max_size=8))
    def tried(names: list[str]) -> None:
        for name in names:
            client, nobody = (plain(PROBES[name](sides, sought), sought) for sought in (sides.client, sides.nobody))
            assert client == nobody, name

    tried()


def test_each_way_to_a_file_is_refused_alike_byte_for_byte_and_logged_once(house: House, sides: Sides) -> None:
    for name in (name for name in PROBES if name.startswith(("read", "write"))):
        before = len(refusals(house))
        answers = [PROBES[name](sides, sought) for sought in (sides.client, sides.nobody)]
        assert answers[0].content == answers[1].content, name
        statuses = [a.status_code for a in answers]
        if statuses == [405, 405]:  # nothing can be sent to a paper, whosever it is
            continue
        assert statuses == [404, 404], name
        logged = refusals(house)[before:]
        assert [thing for thing, _ in logged] == [sides.client.file, sides.nobody.file], name
        assert len({reason for _, reason in logged}) == 1, name


def counted(boss) -> int:
    """How many values the log says were opened, in all."""
    return boss.execute("SELECT sum(count) FROM audit_event WHERE act LIKE '%:read'").fetchone()[0]


def test_every_word_of_a_file_that_is_opened_is_counted_in_the_log(house: House, monkeypatch) -> None:
    house.install()
    member = house.member("Maja", walls=(Wall.CONTACT, Wall.EXPOSED))
    hands = house.signed_in(member)
    hands.defaults["HTTP_HOST"] = "127.0.0.1"
    words = (f"ord{number}" for number in itertools.count())
    file = new_file(hands, words)
    for _ in range(2):
        fill_file(hands, file, words)
    opened: list[object] = []
    real = sealing_queries.unseal
    monkeypatch.setattr(sealing_queries, "unseal", lambda *a: opened.append(a) or real(*a))  # counts, changes nothing
    paths = [path for path, _ in pages_of(hands, file)]
    assert len(paths) > 8
    with house.as_superuser() as boss:
        for path in paths:
            before = counted(boss)
            opened.clear()
            hands.get(path)
            assert counted(boss) - before == len(opened), path
