"""Answers whose time should tell nothing leave on the beat, whatever they had to do meanwhile."""

import time


def rest_of_beat(spent: float, beat: float) -> float:
    """Seconds left until the next whole beat, counted from when the request came. spent, beat: seconds."""
    return beat - spent % beat


def leave_on_beat(began: float, beat: float) -> None:
    """Wait until the next whole beat after `began` (of time.monotonic)."""
    time.sleep(rest_of_beat(time.monotonic() - began, beat))
