"""How long a signed-in browser stays open, and for how long a shown second factor counts."""

IDLE_SECONDS = 15 * 60
WHOLE_SECONDS = 9 * 60 * 60
SHOWN_SECONDS = 5 * 60


def is_over(*, since: float, seen: float, now: float) -> bool:
    """Whether a session has ended: fifteen minutes after the last page, nine hours after sign-in. All in epoch seconds.

    At exactly fifteen minutes it still holds, a second later it does not. Source: design, section 4.
    """
    return now - seen > IDLE_SECONDS or now - since > WHOLE_SECONDS


def was_shown_lately(shown: float, *, now: float) -> bool:
    """Whether the second factor was shown at most five minutes ago, so that strong deeds may be done. Epoch seconds."""
    return now - shown <= SHOWN_SECONDS
