"""Django's handle on the room."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "lykta.contact"
    label = "contact"

    def ready(self) -> None:
        """Listen to members leaving."""
        from lykta.contact import freeing  # noqa: F401  # connects on import; models must be loaded first
