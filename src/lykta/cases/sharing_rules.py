"""When something may leave a file: consents as they stand on a day, and the grounds there are without one.

Pure. Sources: OSL chapters 10, 12 and 26; SoL 21:1-2 and 3:4; Föräldrabalken 6:13 and 6:13 a (domain.md 4b and 4c).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lykta.cases.enums import Agency, ConsentState, GivenBy, Route

MOST_DAYS = 365
"""The longest a consent can last from its first day: whoever lifts her secrecy is asked again each year."""
ADULT, CHILD_MAY_ALONE, CHILD_MAY_BY_DECISION = 18, 15, 12
"""Ages in whole years: of one's own; a child's consent may suffice without assessment; the same with a decision."""


@dataclass(frozen=True)
class Terms:
    """What a consent says. Both days are included."""

    agency: Agency
    begins: date
    ends: date
    withdrawn_on: date | None = None


def consent_state(terms: Terms, *, on: date) -> ConsentState:
    """How a consent stands on a day. Withdrawn is withdrawn at once, also on the day itself."""
    if terms.withdrawn_on is not None and on >= terms.withdrawn_on:
        return ConsentState.WITHDRAWN
    if on < terms.begins:
        return ConsentState.COMING
    return ConsentState.HOLDS if on <= terms.ends else ConsentState.ENDED


def covers(terms: Terms, agency: Agency, *, on: date) -> bool:
    """Whether something may leave to this agency on this day by this consent. Asked anew at each use."""
    return terms.agency == agency and consent_state(terms, on=on) == ConsentState.HOLDS


def days_fault(begins: date, ends: date, *, on: date) -> str:
    """What is wrong with a new consent's days: "order", "past", "long", or ""."""
    if ends < begins:
        return "order"
    if ends < on:
        return "past"
    return "long" if ends - begins > timedelta(days=MOST_DAYS) else ""


def age_on(born: date, on: date) -> int:
    """Whole years. Who is born on 29 February has her birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def route_for(age: int, *, by_decision: bool) -> Route:
    """Whose consent a child's support rests on, by age and by whether there is a decision behind it."""
    if age >= ADULT:
        return Route.OWN
    alone = CHILD_MAY_BY_DECISION if by_decision else CHILD_MAY_ALONE
    return Route.CHILD_IF_SUITABLE if age >= alone else Route.GUARDIANS


def giver_fault(given_by: GivenBy, route: Route | None, reason: str) -> str:
    """What is wrong with who gave it: "guardians" where a child can't alone, "adult" where guardians can't for her,
    "one" where one of the guardians alone needs a reason (FB 6:13 a), or "". route: None where no age is known.
    """
    if given_by == GivenBy.ONE_GUARDIAN and route != Route.OWN and not reason.strip():
        return "one"
    if route == Route.GUARDIANS and given_by == GivenBy.PERSON:
        return "guardians"
    return "adult" if route == Route.OWN and given_by != GivenBy.PERSON else ""


@dataclass(frozen=True)
class Ground:
    """A legal ground for giving something without consent. begins, ends: half-open; None is open."""

    code: str
    law: str
    text: str
    duty: bool = False
    to: tuple[Agency, ...] = ()
    begins: date | None = None
    ends: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it stood in the law on that day."""
        return (self.begins is None or self.begins <= on) and (self.ends is None or on < self.ends)


def grounds_for(grounds: Iterable[Ground], agency: Agency | None, *, on: date) -> list[Ground]:
    """The grounds that lead to an agency on a day; to any with None."""
    return [g for g in grounds if g.holds(on) and (agency is None or not g.to or agency in g.to)]


def disclosure_fault(
    *, ground: Ground | None, consent: Terms | None, agency: Agency, on: date, weighing: str, today: date
) -> str:
    """What keeps something from being written as given: "future", "consent" that does not cover it, "ground" that does
    not lead there on that day, "none" of both, "weighing" not written, or "".
    """
    if on > today:
        return "future"
    if consent is not None:
        return "" if covers(consent, agency, on=on) else "consent"
    if ground is None:
        return "none"
    if ground not in grounds_for([ground], agency, on=on):
        return "ground"
    return "" if weighing.strip() else "weighing"


def text_hash(text: str) -> str:
    """SHA-256 of the exact words that were shown, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
