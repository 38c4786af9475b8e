"""From the sealed sheet of safe contact to the rule's values, and to what stands on the page."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from lykta.cases.enums import Answer, Channel
from lykta.cases.rules import SafeContact, contact_refused, kept_back, ways_of
from lykta.core import clock

ALL_DAYS = tuple(str(day) for day in range(7))
NAMES = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")


@dataclass(frozen=True)
class Way:
    """A way of contact on the page: whether one may now, and what she has said of it."""

    channel: Channel
    may: bool
    said: str


def safe_of(words: dict[str, Any]) -> SafeContact:
    """The sheet as the rule wants it."""
    begin, end = words.get("hour_from", ""), words.get("hour_until", "")
    asked = words.get("asked_on", "")
    return SafeContact(
        ways={channel: Answer(words.get(channel.value) or Answer.UNKNOWN) for channel in Channel},
        days=frozenset(int(day) for day in words.get("days", ALL_DAYS)),
        hours=(time.fromisoformat(begin), time.fromisoformat(end)) if begin and end else None,
        asked_on=date.fromisoformat(asked) if asked else None,
    )


SAID = {
    "never_asked": "inte frågat än",
    "no": "aldrig",
    "unknown": "inte frågat än",
    "day": "inte i dag",
    "hour": "inte nu",
    "": "ja",
}


def strip_of(words: dict[str, Any], *, at: datetime) -> list[Way]:
    """Each way, with the verdict of this moment in Swedish time."""
    safe = safe_of(words) if words else None
    local = at.astimezone(clock.STOCKHOLM)
    ways = []
    for channel in Channel:
        why = contact_refused(safe, channel, at=local)
        ways.append(Way(channel, not why, SAID[why] + _when(words, channel, why)))
    return ways


def _when(words: dict[str, Any], channel: Channel, why: str) -> str:
    """The days and hours, where they bear on the answer."""
    if why not in ("", "day", "hour") or channel in (Channel.LETTER, Channel.MAIL):
        return ""
    days = words.get("days", ALL_DAYS)
    parts = [] if len(days) == len(ALL_DAYS) else [" ".join(NAMES[int(day)] for day in days)]
    if words.get("hour_from"):
        parts.append(f"{words['hour_from']}–{words['hour_until']}")
    return f", {', '.join(parts)}" if parts else ""


@dataclass(frozen=True)
class Line:
    """A number or an address as it is shown: its text where it may be used now, else why it is kept back."""

    text: str = field(default="", repr=False)
    kept: str = ""


@dataclass(frozen=True)
class Lines:
    """All by which the person could be reached. No page shows them but through this."""

    phone: Line
    address: Line
    to_use: Line


def lines_of(identity: dict[str, Any], words: dict[str, Any], *, at: datetime) -> Lines:
    """What may be shown at this moment. identity, words: the sheets of who it is and of safe contact."""
    to_use = words.get("to_use", "")
    return Lines(
        phone=_line(identity.get("phone", ""), words, (Channel.CALL, Channel.TEXT), at),
        address=_line(identity.get("address", ""), words, (Channel.LETTER,), at),
        to_use=_line(to_use, words, ways_of(to_use), at),
    )


def _line(text: str, words: dict[str, Any], ways: tuple[Channel, ...], at: datetime) -> Line:
    if not text:
        return Line()
    safe, local = safe_of(words) if words else None, at.astimezone(clock.STOCKHOLM)
    if why := kept_back(safe, ways, at=local):
        return Line(kept=f"visas inte: {SAID[why]}{_when(words, ways[0], why)}")
    only = Channel.CALL in ways and contact_refused(safe, Channel.CALL, at=local)
    return Line(f"{text} (bara sms, ring inte)" if only else text)


@dataclass(frozen=True)
class OnPaper:
    """What a paper for the person herself holds of how she can be reached and was called. is_masked: some is left out.

    Empty where it isn't told, and where she lives with a protected identity: a paper can be found.
    """

    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    to_use: str = field(default="", repr=False)
    earlier_names: str = field(default="", repr=False)
    is_masked: bool = False


def on_paper(identity: dict[str, Any], words: dict[str, Any]) -> OnPaper:
    """The one place that says it. identity, words: the sheets of who it is and of safe contact."""
    told = {name: identity.get(name, "") for name in ("phone", "address", "earlier_names")}
    return OnPaper(to_use=words.get("to_use", ""), **told)
