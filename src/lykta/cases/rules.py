"""What may be done with a file, by whom, and what is safe to do. Plain values in, a verdict out."""

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from lykta.cases.enums import Answer, Channel, Guard, OpenReason

OPENING_MINUTES = 60
"""How long an opening of a file one is not assigned to lasts (design, section 4)."""
ASK_AGAIN_DAYS = 90
"""Days after which the person is asked again how she can safely be reached."""
MOST_SIGNS = 20_000


@dataclass(frozen=True)
class Opening:
    """A member's opening of a file she is not assigned to: half-open in time."""

    member: UUID
    at: datetime

    def lasts(self, *, at: datetime) -> bool:
        """Whether it still holds."""
        return self.at <= at < self.at + timedelta(minutes=OPENING_MINUTES)


def may_read(
    *,
    reader: UUID,
    inside: bool,
    named: bool,
    lent: bool,
    team: Container[UUID],
    openings: Collection[Opening],
    at: datetime,
) -> bool:
    """Whether a member may read a file's words now (the database asks the same: migrations cases 0002 and 0013).

    inside: she works inside the file's wall today. team: who is assigned today. A named file opens to its team, and to
    whom it is lent to (see glass_rules).
    """
    if not inside:
        return False
    if reader in team:
        return True
    return (lent or not named) and any(o.member == reader and o.lasts(at=at) for o in openings)


def opening_reason(given: str) -> OpenReason | None:
    """The reason for opening a file one is not assigned to, or None where it is none of those there are."""
    return OpenReason(given) if given in tuple(OpenReason) else None


@dataclass(frozen=True)
class SafeContact:
    """How somebody can be reached without danger, as she has said. hours: (from, until) in whole minutes of a day."""

    ways: Mapping[Channel, Answer]
    days: frozenset[int] = frozenset(range(7))
    hours: tuple[time, time] | None = None
    asked_on: date | None = None


def contact_refused(safe: SafeContact | None, channel: Channel, *, at: datetime) -> str:
    """Why one must not use a channel at a moment: "never_asked", "no", "unknown", "day", "hour", or "" where one may.

    at: in the person's own time. A voice message needs leave of its own; so does each other way. Never asked is no.
    Hours and days concern what rings or buzzes: calls, voice messages and texts. domain.md 4g.
    """
    if safe is None:
        return "never_asked"
    answer = safe.ways.get(channel, Answer.UNKNOWN)
    if answer != Answer.YES:
        return "no" if answer == Answer.NO else "unknown"
    if channel in (Channel.LETTER, Channel.MAIL):
        return ""
    if at.weekday() not in safe.days:
        return "day"
    if safe.hours and not safe.hours[0] <= at.time() < safe.hours[1]:
        return "hour"
    return ""


NEAREST = ("hour", "day", "no", "unknown", "never_asked")
"""Which reason is told where every way is shut: first the one that passes by itself."""
PHONE_DIGITS = 7


def kept_back(safe: SafeContact | None, ways: Collection[Channel], *, at: datetime) -> str:
    """Why a number or an address must not be shown at a moment; "" where one of the ways it is for may be used.

    at, and the codes: as contact_refused.
    """
    reasons = [contact_refused(safe, way, at=at) for way in ways]
    return "" if "" in reasons else min(reasons, key=NEAREST.index)


def ways_of(text: str) -> tuple[Channel, ...]:
    """What something noted as safe to use is for. As many digits as a number has: it rings, whatever else it says."""
    if sum(sign.isdecimal() for sign in text) >= PHONE_DIGITS:
        return (Channel.CALL, Channel.TEXT)
    return (Channel.MAIL,) if "@" in text else (Channel.LETTER, Channel.MAIL)


def ask_again_on(asked: date | None) -> date | None:
    """The day from which the person should be asked again; None where she never was, and should be now."""
    return asked + timedelta(days=ASK_AGAIN_DAYS) if asked else None


def is_stale(asked: date | None, *, on: date) -> bool:
    """Whether it is time to ask again how the person can be reached."""
    again = ask_again_on(asked)
    return again is None or on >= again


def fault_of_text(text: str) -> str:
    """What keeps words from being a note: "empty", "long", or "" where nothing does."""
    if not text.strip():
        return "empty"
    return "long" if len(text) > MOST_SIGNS else ""


def guard_fault(guards: Collection[Guard], reason: str) -> str:
    """What is kept from the person the file is about needs a reason (OSL 12:2, 10:3): "reason", or ""."""
    return "reason" if Guard.PARTY in guards and not reason.strip() else ""


def name_tokens(name: str) -> frozenset[str]:
    """The words of a name as they are searched: folded, parted at blanks and hyphens; one-letter parts are left out."""
    parts = name.replace("-", " ").replace("\u2010", " ").replace("\u2011", " ").casefold().split()
    return frozenset(part for part in parts if len(part) > 1)


STREET = re.compile(r"([^\d,]*[^\d,\s])\s*(\d+)\s*([a-zåäö]?)\b")


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are the same house: street, number and letter, and the postal code where both have one.

    Case, blanks and commas say nothing. What has no street with a number is the same as nothing.
    """
    texts = [" ".join(text.casefold().replace(",", " ").split()) for text in (one, other)]
    houses = [STREET.match(text) for text in texts]
    if not all(houses) or len({house.groups() for house in houses if house}) > 1:
        return False
    codes = {found.groups() for text in texts if (found := re.search(r"\b(\d{3}) ?(\d{2})\b", text))}
    return len(codes) < 2


MOST_IN_LOG = 40
"""Signs a reason in the log may have, codes of what concerns the reader among them."""


def marks_of(
    reader: str, identity: Mapping[str, str], colleagues: Collection[str], *, lives_at: str = "", beside: str = ""
) -> str:
    """Codes of what concerns the reader: "same_surname", "own_colleague", "own_address", several, or "".

    reader, colleagues: whole names of members; the last word of one is the surname. A colleague is meant where every
    word of her name is among the person's names. lives_at: the reader's own address, if she has told it.
    beside: the reason that stands before them in the log; codes that find no room there are left out, the last first.
    SoLPuL 10 §: systematic log checks; the log gets the code, no name.
    """
    surnames = name_tokens(identity.get("family_name", "")) | name_tokens(identity.get("earlier_names", ""))
    names = surnames | name_tokens(identity.get("given_names", ""))
    own = name_tokens("".join(reader.split()[-1:]))
    codes = ["same_surname"] if own & surnames else []
    if any(words and words <= names for words in map(name_tokens, colleagues)):
        codes.append("own_colleague")
    if same_address(lives_at, identity.get("address", "")):
        codes.append("own_address")
    while codes and len(" ".join([beside, *codes]).strip()) > MOST_IN_LOG:
        codes.pop()
    return " ".join(codes)
