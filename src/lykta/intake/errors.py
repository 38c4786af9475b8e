"""What can go wrong in this room, under one parent."""

from collections.abc import Collection
from uuid import UUID


class IntakeError(Exception):
    """Parent of this room's errors. Their texts hold no word of anybody's."""


class NothingThere(IntakeError):
    """No such contact or file, or not for this actor: the two can't be told apart, and must not be."""


class NoWordsLeft(IntakeError):
    """The dialogue is closed: nothing of it is left to begin from."""


class ReasonNeeded(IntakeError):
    """The dialogue is a colleague's: first say why, on its own page."""


class Meanwhile(IntakeError):
    """Somebody else has made a file of the same contact since the page was shown. files: those the actor may know."""

    def __init__(self, files: Collection[UUID]) -> None:
        self.files = files
        super().__init__(str(len(files)))


class Unsound(IntakeError):
    """Something typed can't be taken. `faults`: field -> code, which the form turns into sentences."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__(", ".join(faults))


class AlreadyDone(IntakeError):
    """The very form has been taken before, or a colleague was first: nothing is lost and nothing doubled."""
