"""What can stand in the way of a change to the catalogue. Each says by its name what happened."""

from lykta.catalogue.layout import EntryRow


class EditingError(Exception):
    """A change could not be made; nothing was written."""


class NoSuchRow(EditingError):
    """The row is not in the draft: it never was, or a colleague has taken it away."""


class RowMoved(EditingError):
    """Somebody else has changed the row since it was shown. `now`: what it says today."""

    def __init__(self, now: EntryRow) -> None:
        super().__init__(now.ref)
        self.now = now


class NothingDiffers(EditingError):
    """There is nothing to save: the draft says what is live already."""


class NeedsTick(EditingError):
    """The edition leaves nobody a way into some service, and nobody has said that it is meant."""


class ReasonMissing(EditingError):
    """An edition is saved with one line that says why."""


class NotShowable(EditingError):
    """The public pages can't be made with the draft. The message names the page and what it lacks."""
