"""When a contact may become a file, what is carried over, and how much it hurries. Plain values in, a verdict out.

Sources: SoL (2025:400) 11:6 and 14:3-5; domain.md, section 3 (CONTACT); the centre's promise that nobody is made a
file of without her wish.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from lykta.intake.enums import Becomes, Urgency

MOST_WORDS = 1_000
"""Signs of what is said about a wish, an urgency or an undoing: a few sentences."""

LONGEST_AGO_DAYS = 365
"""How far back the day of a wish or of what was told can lie. Longer ago is a slip of the hand."""


def day_fault(day: date, *, on: date) -> str:
    """What is wrong with a day on which something was said: "future", "long_ago", or ""."""
    if day > on:
        return "future"
    return "long_ago" if on - day > timedelta(days=LONGEST_AGO_DAYS) else ""


def wish_fault(wished: bool) -> str:
    """Nobody becomes a file without her wish: "wish" where it is not ticked, or ""."""
    return "" if wished else "wish"


def urgency_fault(urgency: Urgency | None, why: str) -> str:
    """What is wrong with how much it hurries: "urgency" where nothing is chosen, "why" where what can't wait has no
    reason, "long", or "". What can be planned speaks for itself.
    """
    if urgency is None:
        return "urgency"
    if len(why) > MOST_WORDS:
        return "long"
    return "why" if urgency != Urgency.PLANNED and not why.strip() else ""


def choices_for(*, files: bool) -> tuple[Becomes, ...]:
    """What a contact can become, the least first. files: whether the actor works behind any wall with files."""
    return tuple(Becomes) if files else (Becomes.ADVICE,)


def carried_text(origin: str, typed: str, pieces: Sequence[tuple[str, str]]) -> str:
    """The opening note: where it comes from, what the counsellor wrote, and what she chose to copy, word for word.

    pieces: whose words or what they are about, and the words.
    """
    quoted = [f"{whose}:\n{words.strip()}" for whose, words in pieces]
    return "\n\n".join(part for part in (origin, typed.strip(), *quoted) if part)
