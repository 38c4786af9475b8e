"""What every staff page needs besides its own."""

from typing import Any

from django.http import HttpRequest

from lykta.access.enums import Permission
from lykta.access.rules import may
from lykta.people.queries import centre_of


def staff(request: HttpRequest) -> dict[str, Any]:
    """The actor, her centre (to mark demo data as such), what her menu holds, and what she has just done.

    Empty outside the staff door. `toast` is a callable, so that only a page that says it takes it away.
    """
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {
        "actor": actor,
        "centre": centre_of(actor),
        "can": {p.name: may(actor, p) for p in Permission},
        "toast": lambda: request.session.pop("toast", ""),
    }
