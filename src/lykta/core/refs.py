"""Names that say nothing: random references staff can say aloud."""

import secrets

# No vowels and no look-alikes, so that no word and no doubt can arise.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"


def new_ref(prefix: str) -> str:
    """As D-7K2M4Q: six random signs of 28 (about 480 million), so a reference tells neither order nor number."""
    return f"{prefix}-" + "".join(secrets.choice(LETTERS) for _ in range(6))
