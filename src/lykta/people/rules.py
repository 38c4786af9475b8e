"""How long a signed-in browser stays open."""

IDLE_SECONDS = 15 * 60
WHOLE_SECONDS = 9 * 60 * 60


def is_over(*, since: float, seen: float, now: float) -> bool:
    """Whether a session has ended: fifteen minutes after the last page, nine hours after sign-in. All in epoch seconds.

    At exactly fifteen minutes it still holds, a second later it does not. Source: design, section 4.
    """
    return now - seen > IDLE_SECONDS or now - since > WHOLE_SECONDS
