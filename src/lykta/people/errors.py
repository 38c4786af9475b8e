"""What can go wrong in this room, under one parent."""

from lykta.sealing.enums import RingName


class PeopleError(Exception):
    """Parent of this room's errors."""


class FactsRefused(PeopleError):
    """A fact of the centre that can't be kept. `code` says why; `at` names what, as a municipality's code."""

    def __init__(self, code: str, at: str = "") -> None:
        self.code, self.at = code, at
        super().__init__(f"{code} {at}".strip())


class AddressTaken(PeopleError):
    """Somebody signs in with this address already, here or at another centre of the same house."""


class NoSuchMember(PeopleError):
    """There is no such member at the actor's centre, or nothing of the kind can be done with her now."""


class LinkSpent(PeopleError):
    """The link was used, has run out or was taken back, or there never was one: it is not told which."""


class WeakPassword(PeopleError):
    """The password is not taken. `code` says why (see people.passwords)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class NotWanting(PeopleError):
    """She should not hold this ring, or holds it already."""


class LastHolder(PeopleError):
    """Nobody else holds these rings: first somebody must be let in, or what is sealed to them is lost but for paper.

    cases: how many named cases nobody else could open, where it is those.
    """

    def __init__(self, rings: list[RingName], *, cases: int = 0) -> None:
        self.rings, self.cases = rings, cases
        super().__init__(", ".join(rings) or str(cases))


class LastHead(PeopleError):
    """Nobody would be left who lets members in."""


class NotOneself(PeopleError):
    """Nobody changes her own roles and walls, or lets herself in or out."""


class OutsideHerWalls(PeopleError):
    """Who should stand in does not work inside the same walls on all the days."""


class AwayAlready(PeopleError):
    """She, or who should stand in, is away already on some of the days."""


class StillWaiting(PeopleError):
    """The waiting is not over yet."""


class WrongPassword(PeopleError):
    """It is not her present password."""


class WrongPaper(PeopleError):
    """It is not this centre's recovery key."""


class OtherDigits(PeopleError):
    """The digits are not those of her key."""
