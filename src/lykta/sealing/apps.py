"""Django's handle on the room."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "lykta.sealing"
    label = "sealing"
