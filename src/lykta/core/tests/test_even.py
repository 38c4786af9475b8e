"""What took a little more and what took a little less leave at the same time."""

import pytest

from lykta.core.even import rest_of_beat


@pytest.mark.parametrize(
    ("spent", "leaves_at"), [(0.0, 0.1), (0.04, 0.1), (0.0999, 0.1), (0.1, 0.2), (0.1001, 0.2), (0.31, 0.4)]
)
def test_an_answer_leaves_at_the_next_whole_beat(spent, leaves_at):
    assert spent + rest_of_beat(spent, 0.1) == pytest.approx(leaves_at)
