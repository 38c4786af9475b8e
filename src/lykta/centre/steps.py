"""The way through an installation: its steps in order, and how far somebody has come. Plain values."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """slug: in the address; empty for the steps after the house stands. name: under its stone."""

    slug: str
    name: str


STEPS = (
    Step("centrum", "Centrumet"),
    Step("nummer", "Nummer"),
    Step("tider", "Öppettider"),
    Step("utat", "Utåt"),
    Step("reservnyckel", "Reservnyckeln"),
    Step("medarbetare", "Ni två"),
    Step("losenord", "Lösenord"),
    Step("", "Andra faktorn"),
    Step("", "Öppna"),
)
FACTOR, OPENING = 7, 8
"""Places of the two last steps, which come when the house stands."""

TYPED = tuple(step.slug for step in STEPS if step.slug not in ("", "reservnyckel", "losenord"))
"""Steps whose fields are kept as they were typed."""


@dataclass(frozen=True)
class Stone:
    """One step as it is drawn. state: "done", "here" or "ahead"."""

    number: int
    step: Step
    state: str


def stones(here: int, done: Collection[str]) -> list[Stone]:
    """The whole way. here: place of the present step. done: slugs of steps that are finished."""
    return [Stone(at + 1, step, _state(at, step, here, done)) for at, step in enumerate(STEPS)]


def _state(at: int, step: Step, here: int, done: Collection[str]) -> str:
    if at == here:
        return "here"
    return "done" if step.slug in done or (here >= FACTOR and at < here) else "ahead"


def place_of(slug: str) -> int:
    """Where in the way a step is. Raises StopIteration for one that is none."""
    return next(at for at, step in enumerate(STEPS) if step.slug and step.slug == slug)


def next_after(slug: str) -> str:
    """The step that comes after this one, before the house stands."""
    return STEPS[min(place_of(slug) + 1, FACTOR - 1)].slug


def first_undone(done: Collection[str]) -> str:
    """Where to go on: the first step that is not finished, at last the one that makes the house."""
    return next((step.slug for step in STEPS if step.slug and step.slug not in done), STEPS[FACTOR - 1].slug)
