"""When a granted service must have begun, and what may be done with a decision. Plain values in, a verdict out.

Source: SoL (2025:400) 34:1, a granted service not begun within three months is reported to IVO by the board; domain.md,
section 3 (DECISION RECEIVED): warn at 60 and 80 days. The numbers themselves are rows of the catalogue.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from lykta.cases.decision_enums import Stage, Step, Warn

MOST_WORDS = 2_000
LONGEST_AGO_DAYS = 3_660
"""Ten years: a decision from before that is a slip of the hand."""

STEPS: dict[Step, frozenset[Stage]] = {
    Step.ACCEPT: frozenset({Stage.RECEIVED}),
    Step.DECLINE: frozenset({Stage.RECEIVED}),
    Step.START: frozenset({Stage.ACCEPTED}),
    Step.REPORT: frozenset({Stage.ACCEPTED, Stage.STARTED, Stage.ENDED}),
    Step.END: frozenset({Stage.ACCEPTED, Stage.STARTED}),
}
"""Step -> stages in which it can be taken. Declined is the end of it; what has ended can still be reported back."""

LEADS = {
    Step.ACCEPT: Stage.ACCEPTED,
    Step.DECLINE: Stage.DECLINED,
    Step.START: Stage.STARTED,
    Step.END: Stage.ENDED,
}
"""Where a step leads; a report leads nowhere."""


def may_take(step: Step, stage: Stage) -> bool:
    """Whether a step can be taken in a stage."""
    return stage in STEPS[step]


@dataclass(frozen=True)
class Wait:
    """How long a granted service may wait: days after the decision of both warnings, calendar months to the limit."""

    soon_days: int
    near_days: int
    months: int


def limit_on(decided: date, *, months: int) -> date:
    """The last day on which the service can begin in time: so many calendar months after the decision.

    A month too short for the day gives its last day (30 Nov + 3 months = 28 Feb).
    """
    years, month = divmod(decided.month - 1 + months, 12)
    year = decided.year + years
    return date(year, month + 1, min(decided.day, monthrange(year, month + 1)[1]))


def warn_of(decided: date, stage: Stage, *, on: date, wait: Wait) -> Warn:
    """How near the limit is for a decision that has not begun; nothing for what has begun, ended or was declined.

    Whole days since the decision: a warning stands on its day and after. On the limit's own day it is not past.
    """
    if stage not in (Stage.RECEIVED, Stage.ACCEPTED):
        return Warn.NONE
    if on > limit_on(decided, months=wait.months):
        return Warn.PAST
    days = (on - decided).days
    return Warn.NEAR if days >= wait.near_days else Warn.SOON if days >= wait.soon_days else Warn.NONE


def warn_words(warn: Warn, wait: Wait) -> str:
    """What a warning says; "" for none."""
    match warn:
        case Warn.SOON:
            return f"{wait.soon_days} dagar utan att ha börjat"
        case Warn.NEAR:
            return f"{wait.near_days} dagar utan att ha börjat"
        case Warn.PAST:
            return f"{wait.months} {'månad' if wait.months == 1 else 'månader'} har gått"
        case Warn.NONE:
            return ""


def order_faults(
    *, decided: date, received: date, begins: date | None, ends: date | None, today: date
) -> dict[str, str]:
    """What is wrong with an order's days, field by field: "future", "long_ago", "order". Nobody has to say begins."""
    faults = {
        "decided_on": day_fault(decided, today=today),
        "received_on": day_fault(received, today=today) or ("before" if received < decided else ""),
        "until_on": "order" if begins and ends and ends < begins else "",
    }
    return {name: fault for name, fault in faults.items() if fault}


def day_fault(day: date, *, today: date, after: date | None = None) -> str:
    """What is wrong with a day on which something was done: "future", "long_ago", "before" another, or ""."""
    if day > today:
        return "future"
    if after is not None and day < after:
        return "before"
    return "long_ago" if today - day > timedelta(days=LONGEST_AGO_DAYS) else ""


def words_fault(step: Step, words: str) -> str:
    """What is wrong with what is written to a step: "empty" where no word says why or how, "long", or ""."""
    if len(words) > MOST_WORDS:
        return "long"
    needed = step in (Step.DECLINE, Step.REPORT, Step.END)
    return "empty" if needed and not words.strip() else ""
