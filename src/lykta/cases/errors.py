"""What can go wrong in this room, under one parent."""

from uuid import UUID


class CasesError(Exception):
    """Parent of this room's errors. Their texts hold no word of anybody's."""


class NothingThere(CasesError):
    """No such file, or not for this actor: the two can't be told apart, and must not be."""


class ReasonNeeded(CasesError):
    """The file is a colleague's: first say why."""


class Unsound(CasesError):
    """Something typed can't be taken. `faults`: field -> code, which the form turns into sentences."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__(", ".join(faults))


class Moved(CasesError):
    """Somebody else has written since the page was shown. Nothing is overwritten; both are to be seen."""


class AlreadyWritten(CasesError):
    """The very form has been taken before: nothing is lost and nothing doubled."""


class Closed(CasesError):
    """The file is closed: reopen it first."""


class Merged(Closed):
    """The file is a part of another one: it is read, and written in no more."""


class WrongStep(CasesError):
    """It stands otherwise by now: somebody was quicker, or the step is not one that can be taken from there."""


class TooOften(CasesError):
    """So many questions have been asked that a day's are used up."""


class LastOfTeam(CasesError):
    """Nobody would be left who is responsible for the file."""


class NotAble(CasesError):
    """A colleague can't be given this file: outside the wall, excluded, or without signed keys."""

    def __init__(self, code: str, member: UUID | None = None) -> None:
        self.code, self.member = code, member
        super().__init__(code)
