"""Django's handle on the room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "lykta.intake"
    label = "intake"
