"""What can go wrong in this room, under one parent."""


class CentreError(Exception):
    """Parent of this room's errors."""


class AlreadyInstalled(CentreError):
    """A centre stands: another browser was quicker, or nothing was ever to be installed here."""


class NotReady(CentreError):
    """Something stops the opening, or it is open already."""
