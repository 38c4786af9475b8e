"""No order of steps makes a reader of who may not read, or takes from a reader what she should read.

Two thousand steps, the same each time; more of them, and others, with READERS_STEPS in the surroundings.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from journeys.house import House
from journeys.readers import Readers

STEPS = int(os.environ.get("READERS_STEPS", "2000"))
IN_A_TEST, IN_A_RUN = 500, 100
RUNS = IN_A_TEST // IN_A_RUN + 2  # a run may stop before its last step


@pytest.mark.parametrize("part", range(STEPS // IN_A_TEST))
def test_only_those_who_may_read_do_whatever_is_done_in_whatever_order(house: House, part: int) -> None:
    Readers.house, Readers.taken = house, 0
    run_state_machine_as_test(
        seed(part)(type("Readers", (Readers,), {})),
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=IN_A_RUN,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
    assert Readers.taken >= IN_A_TEST
