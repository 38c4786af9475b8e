"""The recovery key as it is typed on the server, for the commands that need it."""

import sys
from getpass import getpass

from lykta.sealing.paper import WHOLE, PaperError, kind_of

FAULTS = {
    "signs": "there are signs in it that no recovery key has.",
    "length": "it is too short or too long.",
    "check": "a sign is wrong somewhere.",
    "alone": "one part alone is not enough; two of the three are needed.",
    "strangers": "these rows do not belong together.",
}
"""What is wrong with what was typed, by the code of a PaperError."""


def typed_rows() -> list[str]:
    """What stands on paper: from standard input, or asked for. Not shown while it is typed."""
    if not sys.stdin.isatty():
        return sys.stdin.read(2000).splitlines()
    first = getpass("Recovery key, whole or one part: ")
    try:
        whole = kind_of(first) == WHOLE
    except PaperError:
        whole = True  # told with everything else
    return [first] if whole else [first, getpass("Another part: ")]
