"""The centre's own facts as plain values: what a form gives, what the public pages and the staff are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lykta.people.enums import PhoneUse
from lykta.people.hours import Coming, Exceptional, Spans


@dataclass(frozen=True, kw_only=True)
class CentreWords:
    """Who the centre is. municipalities: codes. address: where one may come; empty where nobody should."""

    name: str
    board: str
    municipalities: Sequence[str]
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class OwnPhone:
    """One of the centre's own numbers. checked_on: the day somebody last rang it."""

    use: PhoneUse
    number: str
    checked_on: date

    @property
    def tel(self) -> str:
        """As a telephone dials it: figures, with a plus for a country code."""
        return ("+" if self.number.lstrip().startswith("+") else "") + "".join(filter(str.isdigit, self.number))


@dataclass(frozen=True, kw_only=True)
class Hours:
    """week: weekday (0 is Monday) -> spans; a day that is left out is shut. exceptions: as they were kept, in order."""

    week: Mapping[int, Spans] = field(default_factory=dict)
    exceptions: Sequence[Exceptional] = ()
    shut_on_holidays: bool = True


@dataclass(frozen=True, kw_only=True)
class CentreFacts:
    """Everything the centre says of itself, as of one day.

    coming: what differs from the week in the time ahead, holidays too. languages: of the public side; empty is every
    one there is. opened_on: None while the centre is not open to the public.
    """

    words: CentreWords
    phones: Sequence[OwnPhone]
    hours: Hours
    coming: Sequence[Coming]
    languages: Sequence[str]
    opened_on: date | None
