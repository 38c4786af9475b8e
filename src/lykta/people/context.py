"""What every staff page needs besides its own."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lykta.access.enums import Permission
from lykta.access.menu import chapter_about, house_menu, main_menu
from lykta.access.rules import may
from lykta.people.queries import centre_of


def is_staff(request: HttpRequest) -> bool:
    """Whether the page is one of the staff's."""
    return request.path.startswith("/personal/")


def staff(request: HttpRequest) -> dict[str, Any]:
    """The actor, whether the centre is invented or not open yet (to say so), her menu, where the handbook tells of the
    page, and what she has just done.

    Empty outside the staff door. `toast` is a callable, so that only a page that says it takes it away; `demo` is one,
    so that a page shown in the dark asks nothing of the database. Before the sign-in the file of accounts tells.
    """
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"demo": (settings.LYKTA_DATA / "demo-accounts.json").exists} if is_staff(request) else {}
    centre = SimpleLazyObject(lambda: centre_of(actor))
    return {
        "actor": actor,
        "demo": lambda: centre.demo,
        "not_open": lambda: centre.opened_on is None,
        "can": {p.name: may(actor, p) for p in Permission},
        "menu": main_menu(actor),
        "house": house_menu(actor),
        "told_in": chapter_about(actor, request.path),
        "toast": lambda: request.session.pop("toast", ""),
    }
