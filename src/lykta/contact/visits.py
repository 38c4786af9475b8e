"""A visitor's browser between two pages: what it is in the middle of, sealed under the cookie's own key.

The database knows the day, and nothing else; the quarter of an hour after which a visit is over stands inside the seal.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings

from lykta.contact.models import Visit
from lykta.core import clock
from lykta.core.doors import become
from lykta.sealing.errors import CannotOpen
from lykta.sealing.tokens import Held, held_by, seal_for, unseal_for

KIND = "visit"
IDLE_SECONDS = 15 * 60


@dataclass(frozen=True)
class Visitor:
    """Who writes: the case her code led to, and the private key the code opened. Never a name."""

    case: UUID
    lookup: str
    private: bytes = field(repr=False)


@dataclass
class Progress:
    """Everything a visitor's next page needs. Kept as JSON inside the seal.

    error: key of a text in contact/texts under `errors`, with its numbers. notice: what has just been done.
    draft: what was typed and not yet sent, by field. asks: a question that must be answered first
    (call_first, erase). new_code: shown once, then forgotten. replies: what she has collected and not yet removed.
    """

    seen: float = 0.0
    case: str = ""
    lookup: str = ""
    private: str = ""
    error: str = ""
    error_values: dict[str, Any] = field(default_factory=dict)
    notice: str = ""
    asks: str = ""
    draft: dict[str, str] = field(default_factory=dict)
    new_code: str = ""
    renewed: bool = False
    code_was_shown: bool = False
    code_was_written: bool = False
    replies: list[dict[str, str]] = field(default_factory=list)

    def visitor(self) -> Visitor | None:
        """The visitor who showed her code in this visit, if she did."""
        return Visitor(UUID(self.case), self.lookup, bytes.fromhex(self.private)) if self.case else None

    def let_in(self, visitor: Visitor) -> None:
        """Remember for this visit whom the code let in."""
        self.case, self.lookup, self.private = str(visitor.case), visitor.lookup, visitor.private.hex()

    def fault(self, error: str, *, draft: dict[str, str], **values: Any) -> None:
        """Say what is wrong, and keep what was typed."""
        self.error, self.error_values, self.draft = error, values, draft


@dataclass
class Sitting:
    """One browser's visit within one transaction. stored: its row is there already."""

    browser: Held
    progress: Progress
    stored: bool = False

    def save(self) -> None:
        """Seal and write the visit. Must be within the public door that holds it."""
        self.progress.seen = clock.now().timestamp()
        sealed = seal_for(KIND, self.browser, json.dumps(asdict(self.progress)).encode())
        values = {"centre_id": settings.LYKTA_CENTRE, "on": clock.today(), "sealed": sealed}
        if self.stored:
            Visit.objects.filter(row=self.browser.row).update(**values)
        else:
            Visit.objects.create(row=self.browser.row, **values)
            self.stored = True


def held(token: str) -> Held:
    """Row and key of the browser that shows this token."""
    return held_by(token, KIND)


def find(browser: Held) -> Sitting | None:
    """The living visit of this browser, its row locked; one that has run out is destroyed.

    Within the public door, as whoever holds this visit.
    """
    row = Visit.objects.select_for_update().filter(row=browser.row).first()
    if row is None:
        return None
    try:
        progress = Progress(**json.loads(unseal_for(KIND, browser, bytes(row.sealed))))
    except (CannotOpen, TypeError):  # TypeError: written by another version of this program
        progress = Progress()
    if clock.now().timestamp() - progress.seen > IDLE_SECONDS:
        row.delete()
        return None
    return Sitting(browser, progress, stored=True)


def find_or_begin(token: str) -> Sitting:
    """The living visit of whoever shows this token, or a fresh one that is not yet stored. Within the public door."""
    browser = held(token)
    become(visit=browser.row)
    return find(browser) or Sitting(browser, Progress())


def end(browser: Held) -> None:
    """Destroy the visit: what the browser still holds opens nothing. Within the public door, as its holder."""
    Visit.objects.filter(row=browser.row).delete()
