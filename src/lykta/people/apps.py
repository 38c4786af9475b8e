"""Django's handle on the room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lykta.people"
    label = "people"

    def ready(self) -> None:
        """Listen to sign-in."""
        from lykta.people import signals  # noqa: F401  # connects on import; models must be loaded first
