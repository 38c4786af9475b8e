"""What can go wrong in this room, under one parent."""


class PeopleError(Exception):
    """Parent of this room's errors."""


class FactsRefused(PeopleError):
    """A fact of the centre that can't be kept. `code` says why; `at` names what, as a municipality's code."""

    def __init__(self, code: str, at: str = "") -> None:
        self.code, self.at = code, at
        super().__init__(f"{code} {at}".strip())
