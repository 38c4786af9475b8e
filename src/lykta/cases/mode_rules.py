"""How much may be documented about somebody: the one place of that rule. Plain values in, a verdict out.

Sources: SoL (2025:400) 14:3 (carrying out a service is documented), 14:4 (advice is not), 14:5 (the board may decide,
for special reasons, that identity is not documented in a service without assessment). domain.md 4a and 4b.
"""

from enum import StrEnum

from lykta.cases.enums import Mode
from lykta.catalogue.enums import Decision, Keeping


class May(StrEnum):
    """Whether a file may be kept so. ASK: nothing forbids it, and nobody has written the board's decision in."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


def may_keep(mode: Mode, *, decision: Decision | None, keeping: Keeping | None) -> May:
    """Whether a file may be kept in this mode.

    decision: whether the service takes one; None where no service is chosen yet. keeping: what the board has decided
    about it on the day, None where nobody has said. Advice needs no file, and is never asked about here.
    """
    if keeping == Keeping.ADVICE_ONLY:
        return May.NO
    if mode == Mode.FULL:
        return May.YES
    if decision == Decision.REQUIRED or keeping == Keeping.FULL_FILE:
        return May.NO
    return May.YES if keeping == Keeping.NO_IDENTITY and decision == Decision.NONE else May.ASK
