"""What every staff page needs besides its own."""

from typing import Any

from django.http import HttpRequest

from lykta.access.enums import Permission
from lykta.access.rules import may
from lykta.people.queries import centre_of


def staff(request: HttpRequest) -> dict[str, Any]:
    """The actor, her centre (to mark demo data as such) and what her menu holds. Empty outside the staff door."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {"actor": actor, "centre": centre_of(actor), "can": {p.name: may(actor, p) for p in Permission}}
