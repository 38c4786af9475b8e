"""Django's handle on the room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "lykta.core"
    label = "core"
