"""What entries of a file tell of, and where goals, steps and days stand, with the words staff see."""

from enum import StrEnum

from lykta.core.worded import Worded


class Entered(StrEnum):
    """What an entry of a file tells of. Sealed with its words."""

    GOAL = "goal"
    RELATION = "relation"
    CHILD = "child"


class GoalState(Worded):
    """Where a goal stands."""

    OPEN = "open", "pågår"
    REACHED = "reached", "nått"
    LEFT = "left", "lämnat"


class Doer(Worded):
    """Who takes a step of the plan."""

    PERSON = "person", "personen själv"
    MEMBER = "member", "någon av oss"
    OTHER = "other", "någon annan"


class Due(Worded):
    """Where a day stands to today."""

    LATE = "late", "över tiden"
    TODAY = "today", "i dag"
    COMING = "coming", "kommer"
    DONE = "done", "klar"
