"""Rules of the call log: what is asked before saving, what a note may be, which days and whose calls can be written.

Sources: domain.md 3 (CONTACT), 4b and 4c; SoL (2025:400) 11:6, 19:1, 21:1-2.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from lykta.contact.call_enums import Group, Prompt
from lykta.contact.errors import TooLong

MOST_NOTE = 300
"""Signs of a note: two or three short sentences. It is a help for the memory and no record."""

DAYS_BACK = 14
"""How many days back a call can be logged, today included."""

KNOWN: dict[Group, frozenset[str]] = {
    Group.CHANNEL: frozenset({"phone"}),
    Group.CALLER: frozenset({"child", "exposed", "relative", "using_violence", "kast", "professional"}),
    Group.CONCERN: frozenset({"honour", "child", "protection", "treatment", "service"}),
    Group.AGE: frozenset({"under_15", "from_15"}),
    Group.CHILD: frozenset({"none", "report"}),
    Group.ADVICE: frozenset({"apply"}),
    Group.URGENCY: frozenset({"calm", "same_day", "emergency"}),
    Group.INTERPRETER: frozenset({"none"}),
}
"""Codes of which the rules know the meaning; the file of choices must have them."""


@dataclass(frozen=True)
class Facts:
    """What was answered about one call, in codes. "" or () or None: not answered, which is an answer of its own.

    minutes: 60 stands for an hour or more. named: she said who she is, which is never written here.
    """

    channel: str
    caller: str
    urgency: str
    minutes: int | None = None
    named: bool = False
    sector: str = ""
    concern: tuple[str, ...] = ()
    age: str = ""
    child: str = ""
    report_by: str = ""
    advice: tuple[str, ...] = ()
    interpreter: str = ""
    language: str = ""
    referred: tuple[str, ...] = ()
    municipality: str = ""


def concerns_child(facts: Facts) -> bool:
    """Whether a child or a young person (under 18) is part of it."""
    return facts.caller == "child" or "child" in facts.concern or facts.age in ("under_15", "from_15")


def asks_age(facts: Facts) -> bool:
    """Whether the age matters: for who may consent (SoL 21:1-2). It is asked of nobody else."""
    return facts.caller == "child" or not {"child", "honour"}.isdisjoint(facts.concern)


def trimmed(facts: Facts) -> Facts:
    """The facts without answers to questions that what else was answered leaves unasked."""
    return replace(
        facts,
        sector=facts.sector if facts.caller == "professional" else "",
        age=facts.age if asks_age(facts) else "",
        report_by=facts.report_by if facts.child == "report" else "",
        language="" if facts.interpreter in ("", "none") else facts.language,
    )


def prompts(facts: Facts, note: str = "") -> tuple[Prompt, ...]:
    """What to ask once before the call is saved, most serious first. Never a refusal: saved again, it is saved."""
    honour, asked_for_help = "honour" in facts.concern, {"protection", "treatment", "service"} & set(facts.concern)
    tests = {
        Prompt.CHILD: concerns_child(facts) and facts.child in ("", "none"),
        Prompt.REPORT_BY: facts.child == "report" and not facts.report_by,
        Prompt.GUARDIANS: honour and facts.age == "under_15",
        Prompt.AGE: honour and not facts.age and concerns_child(facts),
        Prompt.APPLY: bool(asked_for_help) and facts.caller != "professional" and "apply" not in facts.advice,
        Prompt.NOTE: looks_numbered(note),
    }
    return tuple(prompt for prompt, holds in tests.items() if holds)


_GAP = r"[\s.\-–/]?"
_PERSONAL = re.compile(rf"(?<!\d)(?:\d{{2}}{_GAP})?\d{{2}}{_GAP}[01]\d{_GAP}\d\d\s?[-+–]?\s?\d{{4}}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+|0)(?:[\s.\-–/()]{0,2}\d){6,14}(?!\d)")


def looks_numbered(note: str) -> bool:
    """Whether a note looks like holding a personal, coordination or telephone number.

    It looks at the shape alone, since a mistyped number is a number too; so it may be wrong, and only warns.
    """
    return bool(_PERSONAL.search(note) or _PHONE.search(note))


def sound_note(typed: str) -> str:
    """The note as it is kept: one line, NUL made visible, nothing around it; "" where nothing was written.

    Raises TooLong above MOST_NOTE signs (Unicode code points).
    """
    note = " ".join(typed.replace("\x00", "\ufffd").split())
    if not any(sign.isprintable() and not sign.isspace() and sign != "\ufffd" for sign in note):
        return ""
    if len(note) > MOST_NOTE:
        raise TooLong(str(len(note)))
    return note


def days_to_log(today: date) -> list[date]:
    """The days a call can be logged for, today first."""
    return [today - timedelta(days=back) for back in range(DAYS_BACK)]


def seven_days(last: date) -> list[date]:
    """The seven days that end with `last`, the first of them first."""
    return [last - timedelta(days=back) for back in range(6, -1, -1)]


class Change(StrEnum):
    """Whether a logged call may be corrected or taken away."""

    FREELY = "freely"
    WITH_REASON = "with-reason"
    NO = "no"


def may_change(*, hers: bool, inside: bool, may_log: bool) -> Change:
    """Her own freely; a colleague's with a reason, by those who work in the contact room (reception does not).

    hers: she logged it. inside: she works in the contact room today. may_log: she may write in the call log at all.
    """
    if not may_log:
        return Change.NO
    if hers:
        return Change.FREELY
    return Change.WITH_REASON if inside else Change.NO


def missing_codes(group: Group, codes: Collection[str]) -> set[str]:
    """Codes the rules know and a list of choices lacks."""
    return set(KNOWN.get(group, ())) - set(codes)
