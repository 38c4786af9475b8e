"""What can go wrong in a dialogue, under one parent."""


class ContactError(Exception):
    """Parent of this room's errors."""


class EmptyMessage(ContactError):
    """Nothing but space was written."""


class TooLong(ContactError):
    """More signs than a message may hold."""


class NothingThere(ContactError):
    """No dialogue for this code: never was, erased, or another's. The three look alike."""


class Closed(ContactError):
    """The dialogue has been closed: its words are gone, and a new one must be begun."""


class Muted(ContactError):
    """The dialogue takes no more messages."""


class AlreadySent(ContactError):
    """The same form came twice. The first one counts; nothing was lost and nothing doubled."""


class RefTaken(ContactError):
    """The reference that was drawn belongs to another dialogue. Nothing was written; the deed can be done again."""


class ReasonNeeded(ContactError):
    """A colleague has the dialogue, and no reason was given to do this in it."""


class StepRefused(ContactError):
    """The dialogue's state does not allow this deed."""
