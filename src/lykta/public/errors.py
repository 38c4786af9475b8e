"""What can go wrong in writing and publishing, under one parent."""


class PublicError(Exception):
    """Parent of this room's errors. Nothing has been changed."""


class NotOpen(PublicError):
    """The centre has not opened to the public: nothing of it is shown yet."""


class NothingNew(PublicError):
    """What would be published is what is shown already."""


class NoRoom(PublicError):
    """The pages could not be written whole: the disk is full, or the folder is not ours to write in."""


class TimeTaken(PublicError):
    """Another time waits already."""


class NothingWaits(PublicError):
    """There is no time to take back: it has come, or a colleague has taken it back."""


class TextMoved(PublicError):
    """Somebody has saved the same text since the page was opened. latest: the number of her version."""

    def __init__(self, latest: int) -> None:
        super().__init__(latest)
        self.latest = latest


class NotShowable(PublicError):
    """The text names something that is not there, so that it can't be published. The text of it is Swedish."""
