"""The classes a field can belong to. Every model names one for each of its fields (see `lives`)."""

from enum import StrEnum


class Life(StrEnum):
    """How long a field's value stays."""

    INSTALLATION = "as long as the installation"  # roles, rings, the catalogue
    INSTALLING = "until the centre is installed"
    EMPLOYMENT = "as long as the member works here, then by the staff rule"
    SIGN_IN = "until signed out, at most nine hours"
    TRY = "until its window is over, at most a quarter of an hour"
    VISIT = "until the visitor leaves, at most to the end of the next day"
    UNREAD = "until the visitor has read it, at most the catalogue's reply days"
    DIALOGUE = "until the dialogue is erased or its days have run out; keys first, then rows"
    FILE = "five years after the last note; what the law keeps is kept (SoL ch. 16); keys first, then rows"
    CALL = "until the call log's days have run out; keys first, then rows"
    NOTE = "until a note's days have run out, long before its call's; keys first, then rows"
    LOG = "as long as the log; holds no person and no word of one"
    PUBLISHED = "public from the beginning; replaced by the next version"


def lives(default: Life, **exceptions: Life) -> dict[str, Life]:
    """A model's classes: `default` for every field not named. Kept as a plain mapping so that a test can read it."""
    return {"*": default, **exceptions}


def life_of(classes: dict[str, Life], field: str) -> Life:
    """The class of one field. Raises KeyError for a model that names no default and not the field either."""
    return classes.get(field) or classes["*"]
