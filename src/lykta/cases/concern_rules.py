"""A concern for a child: what a report must say, and what is due after it. Pure.

Who works here must report at once to the social board what may mean that it has to act for a child's protection
(SoL 19:1; secrecy gives way by OSL 10:28). The duty is each professional's own: no manager and no colleague can take
it over or say no to it, and consent is not asked. The board weighs at once whether the child needs protection (20:1),
decides within fourteen days whether to open an inquiry (20:2), and tells who reported within a week of that (19:6).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lykta.cases.concern_enums import ConcernState, GuardiansKnow, Step, Urgency

INQUIRY_DAYS, TELL_DAYS = 14, 7
"""The board's days to decide on an inquiry (SoL 20:2), and to tell who reported (19:6)."""
RECEIPT_DAYS = 3
"""After so many days without a receipt we ask whether the report has come. Our own habit, not law."""
MOST_WORDS = 10_000


@dataclass(frozen=True)
class Days:
    """A concern's running facts: the day each step was taken, None where it has not been."""

    decided_on: date
    reported: bool
    sent_on: date | None = None
    receipt_on: date | None = None
    asked_on: date | None = None
    feedback_on: date | None = None
    dropped_on: date | None = None


def state_of(days: Days) -> ConcernState:
    """Where it stands: the furthest step that was taken."""
    if not days.reported:
        return ConcernState.NOT_REPORTED
    steps = (
        (days.dropped_on, ConcernState.DROPPED),
        (days.feedback_on, ConcernState.ANSWERED),
        (days.asked_on, ConcernState.ASKED),
        (days.receipt_on, ConcernState.RECEIVED),
        (days.sent_on, ConcernState.SENT),
    )
    return next((state for day, state in steps if day), ConcernState.WRITTEN)


NEXT: Mapping[ConcernState, tuple[Step, ...]] = {
    ConcernState.NOT_REPORTED: (),
    ConcernState.WRITTEN: (Step.SENT, Step.DROPPED),
    ConcernState.SENT: (Step.RECEIPT, Step.ASKED, Step.FEEDBACK),
    ConcernState.RECEIVED: (Step.ASKED, Step.FEEDBACK),
    ConcernState.ASKED: (Step.FEEDBACK, Step.ASKED),
    ConcernState.ANSWERED: (),
    ConcernState.DROPPED: (),
}
"""Which steps may follow. The board may tell before anybody has asked, and one may ask again."""


def due_of(days: Days) -> tuple[Step, date] | None:
    """What is due next and on which day; None where nothing is. Late is the day after.

    A report is sent on the day it is written (at once); feedback is asked for when the board's days have run out, and
    is due a week after that, or a week after it was asked for where that is later.
    """
    sent = days.sent_on
    told = sent + timedelta(days=INQUIRY_DAYS + TELL_DAYS) if sent else None
    match state_of(days):
        case ConcernState.WRITTEN:
            return Step.SENT, days.decided_on
        case ConcernState.SENT if sent:
            return Step.RECEIPT, sent + timedelta(days=RECEIPT_DAYS)
        case ConcernState.RECEIVED if told:
            return Step.ASKED, told
        case ConcernState.ASKED if told and days.asked_on:
            return Step.FEEDBACK, max(told, days.asked_on + timedelta(days=TELL_DAYS))
    return None


def step_fault(days: Days, step: Step, *, on: date, today: date) -> str:
    """Why a step can't be taken on a day: "state", "future", "before" what came before it, or ""."""
    if step not in NEXT[state_of(days)]:
        return "state"
    if on > today:
        return "future"
    earlier = (days.decided_on, days.sent_on, days.receipt_on, days.asked_on)
    return "before" if on < max(day for day in earlier if day) else ""


@dataclass(frozen=True)
class Report:
    """What is told to the board, as it is typed. protected: somebody in it lives at an address nobody may know."""

    municipality: str
    children: str
    whereabouts: str
    seen: str
    source: str
    source_protected: bool
    urgency: Urgency
    guardians_know: GuardiansKnow
    why_not: str
    view: str
    title: str
    phone: str
    protected: bool


def report_of(values: Mapping[str, Any]) -> Report:
    """The report from plain values, as they come from a form. Raises ValueError for a choice there is not."""
    chosen = {"urgency": Urgency(values["urgency"]), "guardians_know": GuardiansKnow(values["guardians_know"])}
    return Report(**dict(values) | chosen)


MUST = ("municipality", "children", "seen", "source", "title", "phone")


def report_faults(report: Report, *, secret: tuple[str, ...] = ()) -> dict[str, str]:
    """What keeps a report from being written: field -> "empty", "why", "protected", "address".

    secret: the address and the telephone of the file's person, where the file knows them. With a protected person in
    the report no place is told, and neither of them may stand in any of its words (OSL 21:3, 26:14 c).
    """
    faults = {name: "empty" for name in MUST if not getattr(report, name).strip()}
    if report.guardians_know != GuardiansKnow.YES and not report.why_not.strip():
        faults["why_not"] = "why"
    if not report.protected:
        return faults
    if report.whereabouts.strip():
        faults["whereabouts"] = "protected"
    for name in ("municipality", "children", "seen", "source", "why_not", "view"):
        if tells(getattr(report, name), secret):
            faults[name] = "address"
    return faults


def tells(text: str, secret: tuple[str, ...]) -> bool:
    """Whether words give away an address or a number: its street with the house, or its digits in any notation."""
    folded = " ".join(text.casefold().split())
    digits = re.sub(r"\D", "", text)
    for one in secret:
        house = re.match(r"\s*([^\d,]*[^\d,\s])\s*(\d+)", one.casefold())
        if house and re.search(rf"{re.escape(' '.join(house[1].split()))}\s*{house[2]}\b", folded):
            return True
        number = re.sub(r"\D", "", one).removeprefix("46").removeprefix("0")
        if not house and len(number) >= 6 and number in digits:
            return True
    return False
