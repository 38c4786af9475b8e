"""What a handover letter tells, and until when it is waited for. Plain values in, a verdict out."""

from collections.abc import Mapping
from datetime import date, timedelta

from lykta.core.worded import Worded

LETTER_DAYS = 7
"""Days after which a letter that is not written or not read is late: the house's own routine."""
MOST_ANSWER = 3_000


class Prompt(Worded):
    """What the one who leaves is asked."""

    WHERE = "where", "Var vi är nu"
    AGREED = "agreed", "Vad vi har kommit överens om"
    URGENT = "urgent", "Vad som brådskar"
    CONTACT = "contact", "Säker kontakt: det du måste veta"
    NEXT = "next", "Nästa steg"


NEEDED = (Prompt.WHERE, Prompt.CONTACT, Prompt.NEXT)
"""Without these nobody can go on. That nothing hurries goes without saying."""


def letter_faults(told: Mapping[Prompt, str]) -> dict[str, str]:
    """What keeps answers from being a letter, prompt by prompt: "empty" or "long"."""
    faults = {p.value: "empty" for p in NEEDED if not told.get(p, "").strip()}
    return faults | {p.value: "long" for p, text in told.items() if len(text) > MOST_ANSWER}


def letter_text(told: Mapping[Prompt, str]) -> str:
    """The letter as it stands in the journal: each answer under its prompt, in their order; no prompt without one."""
    return "\n\n".join(f"{p.label}:\n{told[p].strip()}" for p in Prompt if told.get(p, "").strip())


def late_from(on: date) -> date:
    """The last day on which it is in time."""
    return on + timedelta(days=LETTER_DAYS)
