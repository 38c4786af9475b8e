"""Rules of the dialogue: what a message may be, when an answer can be expected, which steps are allowed."""

from collections.abc import Container
from datetime import date, timedelta
from uuid import UUID

from lykta.contact.enums import ASKED_FOR, ReadReason, State
from lykta.contact.errors import EmptyMessage, TooLong

MOST_SIGNS = 20_000
"""Signs (Unicode code points) a message may hold: about ten pages, more than anybody has asked to write."""


def sound_message(typed: str) -> str:
    """The message as it is kept: line ends made one kind, NUL made visible; otherwise to the letter.

    Raises EmptyMessage where only space, marks or NUL were written, TooLong above MOST_SIGNS.
    """
    text = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd").strip("\n")
    if not any(sign.isprintable() and not sign.isspace() and sign != "\ufffd" for sign in text):
        raise EmptyMessage
    if len(text) > MOST_SIGNS:
        raise TooLong(str(len(text)))
    return text


def answer_by(written: date, *, free: Container[date]) -> date:
    """The next working day after `written`: when an answer comes at the latest.

    free: holidays. Saturdays and Sundays are free too. Source: the centre's promise, written in content.
    """
    day = written + timedelta(days=1)
    while day.weekday() >= 5 or day in free:
        day += timedelta(days=1)
    return day


def waited_days(since: date | None, *, on: date) -> int | None:
    """Whole days a message has waited; 0 on its own day, None when nothing waits."""
    return None if since is None else (on - since).days


def is_late(since: date | None, *, on: date, free: Container[date]) -> bool:
    """Whether the promised day has passed without an answer. On the promised day itself it is not late."""
    return since is not None and on > answer_by(since, free=free)


_OPEN = frozenset({State.WAITING, State.ANSWERED})
STEPS = dict.fromkeys(("write", "take", "answer", "hand_over", "ask", "note", "close", "mute"), _OPEN)
"""Deed -> states in which it is allowed. A closed dialogue has no words left: whoever writes again begins anew."""


def may_step(deed: str, state: State) -> bool:
    """Whether a deed is allowed in a state."""
    return state in STEPS[deed]


def read_reason(
    *,
    reader: UUID,
    taken_by: UUID | None,
    asked: Container[UUID | None],
    given: str,
    standing_in: Container[UUID | None] = (),
) -> ReadReason | None:
    """The reason that goes in the log when `reader` opens a dialogue, or None where she must first give one.

    Her own and a free one need none; a colleague she was asked about needs none; nor does one of somebody she stands in
    for today (standing_in). Any other needs one of ASKED_FOR.
    """
    if taken_by == reader:
        return ReadReason.OWN
    if taken_by is None:
        return ReadReason.FREE
    if taken_by in standing_in:
        return ReadReason.STAND_IN
    if reader in asked:
        return ReadReason.ASKED
    return ReadReason(given) if given in ASKED_FOR else None


ASKED_MAY_NOT = ("hand_over", "close")
"""What a colleague who was only asked may not do without a reason of her own."""


def deed_reason(
    deed: str,
    *,
    by: UUID,
    taken_by: UUID | None,
    asked: Container[UUID | None],
    given: str,
    standing_in: Container[UUID | None] = (),
) -> ReadReason | None:
    """The reason under which `by` may do a deed in a dialogue, or None where she must first give one.

    The same as for reading; but who was only asked does not end it or give it away. (Taking a colleague's needs none:
    it is refused whatever the reason.)
    """
    if deed == "take":
        return ReadReason.OWN if taken_by == by else ReadReason.FREE
    known = () if deed in ASKED_MAY_NOT else asked
    return read_reason(reader=by, taken_by=taken_by, asked=known, given=given, standing_in=standing_in)


def is_run_out(*, last_on: date, on: date, keep_days: int) -> bool:
    """Whether a dialogue has lain still for more than its days and must be forgotten. At exactly keep_days it stays."""
    return (on - last_on).days > keep_days
