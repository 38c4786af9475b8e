"""Two keys for a named file: how long a question waits and an hour lasts. Plain values in, a verdict out (ADR 17)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from lykta.cases.glass_enums import AskState
from lykta.core.refs import LETTERS

LENT_MINUTES = 60
"""How long a colleague's yes lasts (design, section 4)."""
WAITS_HOURS = 8
"""How long a question can be answered: a working day. What is acute is not acute tomorrow, and is then asked anew."""
MOST_A_DAY = 10
"""Questions of one member in 24 hours, so that numbers are not tried one after another."""
REF = re.compile(f"L-[{LETTERS}]{{6}}")


@dataclass(frozen=True)
class Loan:
    """A yes: from when, and when it was ended before its time. Half-open."""

    since: datetime
    ended_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """The moment from which it holds no more."""
        last = self.since + timedelta(minutes=LENT_MINUTES)
        return min(last, self.ended_at) if self.ended_at else last

    def lasts(self, *, at: datetime) -> bool:
        """Whether it holds. A loan ended early is over whatever a clock says."""
        return self.ended_at is None and at < self.until


def state_of(
    *, asked_at: datetime, granted: bool | None, answered_at: datetime | None, ended_at: datetime | None, at: datetime
) -> AskState:
    """Where a question stands at a moment. granted: None while nobody has answered."""
    if granted is None or answered_at is None:
        if ended_at:
            return AskState.WITHDRAWN
        return AskState.WAITING if at < asked_at + timedelta(hours=WAITS_HOURS) else AskState.LAPSED
    if not granted:
        return AskState.DECLINED
    return AskState.LENT if Loan(answered_at, ended_at).lasts(at=at) else AskState.OVER


def ref_of(typed: str) -> str:
    """A file's number as it was typed, in small or capital letters, with or without what stands before it; or ""."""
    signs = "".join(typed.upper().split())
    plain = signs.removeprefix("L-") if "-" in signs or len(signs) != 7 else signs.removeprefix("L")
    ref = f"L-{plain}"
    return ref if REF.fullmatch(ref) else ""
